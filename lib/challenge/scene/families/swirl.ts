/**
 * "What do the sticks turn around", "from what do they fly out": a field of sticks, some of them at random, the rest around one of four
 * things. The four lie where they lie before one of them is chosen by lot. Colours mean nothing here.
 */
import type { Random } from '../../../util/random.ts';
import { cosTurns, sinTurns } from '../../../util/trig.ts';
import type { Difficulty } from '../../challenge.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { COATS } from '../colors.ts';
import { type Dash, ISLAND, paintDashes, paintIslands } from '../drawing/dashes.ts';
import { upright } from '../drawing/grid.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import { OBJECTS } from '../objects.ts';

/** Share of the sticks that lie at random. */
const RANDOM: Readonly<Record<Difficulty, readonly [number, number]>> = {
  1: [0.28, 0.32],
  2: [0.36, 0.42],
  3: [0.45, 0.5],
};
const STEP = 24;
const JITTER = 6;
/** Of those that turn, in turns to either side: ten degrees. */
const WOBBLE = 0.028;
const SIZE = 46;

export const swirl: Family = (random, difficulty): Draft => {
  const objects = gather(random, OBJECTS, 4);
  const items = corners(random).map((at, i) => upright(objects[i]!, at, SIZE));
  const right = random.below(4);
  const turning = random.chance();
  const share = random.between(...RANDOM[difficulty]);
  // Drawn anew with the same answer: chance must not make one thing the centre less often than another
  let drawing: Drawing;
  do drawing = drawingOf(field(random, items, items[right]!, { turning, share }), turning);
  while (drawing.flaw(items) || items.some((item, i) => drawing.holds(item) !== (i === right)));
  const order = random.shuffle([0, 1, 2, 3]);
  return {
    items,
    drawing,
    question: ask(random, turning ? 'swirl' : 'burst'),
    claims: order.map((i) => ({ says: 'one', object: objects[i]! })),
    right: order.indexOf(right),
  };
};

const { left, top, right: end, bottom } = THUMB_PLAN.scene;

/** One in each quarter of the scene, well away from its edges. */
function corners(random: Random): [number, number][] {
  const [width, height] = [(end - left) / 2, (bottom - top) / 2];
  return [0, 1, 2, 3].map((i) => [
    left + width * ((i % 2) + random.between(0.32, 0.68)),
    top + height * ((i >> 1) + random.between(0.32, 0.68)),
  ]);
}

/** A stick of each of so many colours in turn. */
const INKS = [COATS[1]![2]!, COATS[4]![2]!];

interface Manner {
  readonly turning: boolean;
  readonly share: number;
}

function field(random: Random, items: readonly Item[], center: Item, { turning, share }: Manner): Dash[] {
  const dashes: Dash[] = [];
  for (let row = 0; top + row * STEP < bottom; row++)
    for (let column = 0; column * STEP < end; column++) {
      const x = left + (column + (row % 2) / 2) * STEP + random.between(-JITTER, JITTER);
      const y = top + row * STEP + random.between(-JITTER, JITTER);
      const astray = random.chance(share);
      const turn = random.unit();
      const isHidden = items.some((item) => near(item, x, y));
      if (isHidden || x > end) continue;
      const [c, s] = astray
        ? [cosTurns(turn), sinTurns(turn)]
        : [cosTurns((turn * 2 - 1) * WOBBLE), sinTurns((turn * 2 - 1) * WOBBLE)];
      const [outX, outY] = direction(center, x, y);
      const [fromX, fromY] = turning ? [-outY, outX] : [outX, outY];
      dashes.push({ x, y, dx: fromX * c - fromY * s, dy: fromX * s + fromY * c });
    }
  return dashes;
}

/** Room for the disc, and for a stick that points at it. */
function near(item: Item, x: number, y: number): boolean {
  const reach = ISLAND + 11;
  return (item.x - x) * (item.x - x) + (item.y - y) * (item.y - y) < reach * reach;
}

function direction(from: Item, x: number, y: number): [number, number] {
  const length = Math.sqrt((x - from.x) * (x - from.x) + (y - from.y) * (y - from.y));
  return [(x - from.x) / length, (y - from.y) / length];
}

function drawingOf(dashes: readonly Dash[], turning: boolean): Drawing {
  /** Share of the sticks within sight of a thing that lie as if they turned around it, or flew out of it; 15 degrees are granted. */
  const fits = (item: Item, reach = 1000) => {
    let seen = 0;
    let fit = 0;
    for (const { x, y, dx, dy } of dashes) {
      const outX = x - item.x;
      const outY = y - item.y;
      if (Math.abs(outX) >= reach || Math.abs(outY) >= reach) continue;
      seen++;
      const cross = turning ? outX * dx + outY * dy : outX * dy - outY * dx;
      if (cross * cross < 0.26 * 0.26 * (outX * outX + outY * outY)) fit++;
    }
    return fit / seen;
  };
  return {
    holds: (item) => fits(item, 90) > 0.42 && fits(item) > 0.45,
    flaw: (items) => {
      const shares = items.map((item) => fits(item, 90)).sort((a, b) => b - a);
      return shares[0]! - shares[1]! < 0.12 ? 'two things could be the centre' : undefined;
    },
    paint: (surface, _theme, items) => {
      for (const [i, ink] of INKS.entries())
        paintDashes(
          surface,
          dashes.filter((_, j) => (j * 5 + (j >> 2)) % INKS.length === i),
          ink,
        );
      paintIslands(surface, items);
    },
  };
}
