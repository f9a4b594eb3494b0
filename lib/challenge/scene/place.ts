/** Where things lie: in loose rows that fill the scene, each in a cell of its own, so that nothing hides behind anything. */
import type { Random } from '../../util/random.ts';
import { COATS } from './colors.ts';
import type { Item } from './graph.ts';
import { type Plan, SCENE } from './layout.ts';
import type { Level } from './levels.ts';
import type { SceneObject } from './objects.ts';
import { flawInView } from './proof.ts';

/**
 * Puts the objects into the scene, in random order. A crowded try is repeated here, with the same objects: to throw the whole
 * challenge away instead would make answers that crowd more easily rarer than the others.
 */
export function place(
  random: Random,
  objects: readonly SceneObject[],
  level: Level,
  scene: Plan['scene'] = SCENE,
): Item[] {
  for (let tries = 1; ; tries++) {
    const items = attempt(random, objects, level, scene);
    if (tries === TRIES || !flawInView(items, level.overlap, scene)) return items;
  }
}

const TRIES = 60;
const ZOOM = 0.78;

function attempt(
  random: Random,
  objects: readonly SceneObject[],
  level: Level,
  scene: Plan['scene'],
): Item[] {
  const cells = cellsFor(random, objects.length, scene);
  // A size of its own for every picture: else ink and file size would tell how many of the larger things there are
  const zoom = random.between(ZOOM, 1);
  return random.shuffle(objects).map((object, i) => {
    const [left, top, width, height] = cells[i]!;
    const room = Math.min(width, height) * zoom * random.between(level.fill[0], level.fill[1]);
    // Between equal boxes and equal circles: long things may reach into the corners of their cell
    const size = Math.round(room / (0.5 + object.radius));
    const reach = object.radius * size;
    const loose = (from: number, length: number) => {
      const slack = Math.max(0, length / 2 - reach);
      return Math.round(from + length / 2 + slack * random.between(-1, 1));
    };
    return {
      object,
      x: within(loose(left, width), Math.ceil(scene.left + reach), Math.floor(scene.right - reach)),
      y: within(loose(top, height), Math.ceil(scene.top + reach), Math.floor(scene.bottom - reach)),
      size,
      angle: random.between(-level.tilt, level.tilt),
      flip: random.chance(),
      coat: object.tint ? random.below(COATS.length) : undefined,
    };
  });
}

type Cell = readonly [left: number, top: number, width: number, height: number];

/** `count` cells in rows of nearly equal length; a longer row has narrower cells. */
function cellsFor(random: Random, count: number, scene: Plan['scene']): Cell[] {
  const width = scene.right - scene.left;
  const height = scene.bottom - scene.top;
  const rows = Math.max(1, Math.round(Math.sqrt((count * height) / width)));
  const short = Math.floor(count / rows);
  const lengths = random.shuffle(Array.from({ length: rows }, (_, i) => short + (i < count % rows ? 1 : 0)));
  return lengths.flatMap((length, row) =>
    Array.from({ length }, (_, column): Cell => {
      const cell = width / length;
      return [scene.left + column * cell, scene.top + (row * height) / rows, cell, height / rows];
    }),
  );
}

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
