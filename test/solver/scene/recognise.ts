/**
 * A recogniser of things. The icons are public and drawn flat, so nothing has to be learned: which palette colours a thing has, and how far
 * from its middle each lies, names it however it is turned, mirrored and scaled. White and the colours of the ground count for nothing.
 */
import { COATS } from '../../../lib/challenge/scene/colors.ts';
import type { Item } from '../../../lib/challenge/scene/graph.ts';
import { OBJECTS, type SceneObject } from '../../../lib/challenge/scene/objects.ts';
import { paintItem, palette } from '../../../lib/challenge/scene/paint.ts';
import { type Pixels, pixelsOf, type Spot, WHITE } from './pixels.ts';
import { look } from './specimen.ts';

/** The inked pixels of one thing. */
export interface Seen {
  readonly middle: Spot;
  /** Mean distance from the middle. */
  readonly reach: number;
  readonly pixels: readonly (readonly [x: number, y: number, color: number])[];
}

/** Shares of the ink: of each colour, and of each colour in each of six rings (keys are colour × 8 + ring). */
interface Portrait {
  readonly colors: ReadonlyMap<number, number>;
  readonly rings: ReadonlyMap<number, number>;
}

const RINGS = 6;

export function seen(pixels: Seen['pixels']): Seen {
  const mean = (measure: (pixel: Seen['pixels'][number]) => number) =>
    pixels.reduce((sum, pixel) => sum + measure(pixel), 0) / pixels.length;
  const middle = { x: mean(([x]) => x), y: mean(([, y]) => y) };
  const reach = mean(([x, y]) => Math.hypot(x - middle.x, y - middle.y));
  return { middle, reach, pixels };
}

function portrait({ middle, reach, pixels }: Seen): Portrait {
  const colors = new Map<number, number>();
  const rings = new Map<number, number>();
  const add = (shares: Map<number, number>, key: number) =>
    shares.set(key, (shares.get(key) ?? 0) + 1 / pixels.length);
  for (const [x, y, color] of pixels) {
    const ring = Math.min(RINGS - 1, Math.floor((Math.hypot(x - middle.x, y - middle.y) / reach) * 2.5));
    add(colors, color);
    add(rings, color * 8 + ring);
  }
  return { colors, rings };
}

/** Half of what two sets of shares differ in: 0 … 1. */
function apart(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  let common = 0;
  for (const [key, share] of a) common += Math.min(share, b.get(key) ?? 0);
  return 1 - common;
}

/** 0 for the same picture, 1 for nothing in common. Colours in the wrong ring count half; they need no look where colours differ. */
function distance(a: Portrait, b: Portrait): number {
  const tint = apart(a.colors, b.colors);
  return tint > 0.6 ? tint : (tint + apart(a.rings, b.rings)) / 2;
}

/** All inked pixels that a test lets through. */
export function inkIn(
  { at, theme }: Pixels,
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  holds: (x: number, y: number) => boolean = () => true,
): Seen['pixels'] {
  const found: [number, number, number][] = [];
  for (let y = Math.ceil(box.top); y < box.bottom; y++)
    for (let x = Math.ceil(box.left); x < box.right; x++) {
      const color = at(x, y);
      if (color !== WHITE && color !== theme.ground && color !== theme.shade && holds(x, y))
        found.push([x, y, color]);
    }
  return found;
}

const SIDE = 130;

/** An object alone on white, as it is drawn: upright, or mirrored. */
export function drawn(object: SceneObject, flip = false, coat?: number): Seen {
  const surface = look.renderer.paint(SIDE, SIDE, palette, WHITE);
  const item: Item = { object, x: SIDE / 2, y: SIDE / 2, size: 80, angle: 0, flip, coat };
  paintItem(surface, look.icons.get(object.name)!, item);
  return seen(inkIn(pixelsOf(surface.encode('png')), { left: 0, top: 0, right: SIDE, bottom: SIDE }));
}

const album = OBJECTS.flatMap((object) =>
  [undefined, ...(object.tint ? COATS.keys() : [])].map((coat) => ({
    object,
    portrait: portrait(drawn(object, false, coat)),
  })),
);

/** How unlike each object a thing looks, in the order of OBJECTS: 0 … 1. */
export function likeness(thing: Seen): ReadonlyMap<SceneObject, number> {
  const own = portrait(thing);
  const found = new Map<SceneObject, number>();
  for (const { object, portrait: known } of album)
    found.set(object, Math.min(found.get(object) ?? 1, distance(own, known)));
  return found;
}

export function nameOf(like: ReadonlyMap<SceneObject, number>): SceneObject {
  return [...like].reduce((a, b) => (b[1] < a[1] ? b : a))[0];
}

const sides = new Map<SceneObject, readonly [left: Seen, right: Seen]>();

/** Whether a thing is mirrored, by laying it over its picture both ways. */
export function isMirrored(thing: Seen, object: SceneObject): boolean {
  const both = sides.get(object) ?? [drawn(object), drawn(object, true)];
  sides.set(object, both);
  const [asItIs, mirrored] = both.map((picture) => agreement(thing, picture)) as [number, number];
  return mirrored > asItIs;
}

function agreement(a: Seen, b: Seen): number {
  const scale = b.reach / a.reach;
  const known = new Map(b.pixels.map(([x, y, color]) => [Math.round(x) + SIDE * Math.round(y), color]));
  return a.pixels.filter(([x, y, color]) => {
    const [px, py] = [b.middle.x + (x - a.middle.x) * scale, b.middle.y + (y - a.middle.y) * scale];
    return known.get(Math.round(px) + SIDE * Math.round(py)) === color;
  }).length;
}

/** Pixels this near to each other are of one thing. */
const BRIDGE = 3;
/** Fewer inked pixels are nothing. */
const LEAST = 150;

/** Cuts a picture into things: inked pixels that hang together, over small gaps too. */
export function things(pixels: Pixels, box: Parameters<typeof inkIn>[1]): Seen[] {
  const left = new Map(inkIn(pixels, box).map((pixel) => [pixel[0] + 1024 * pixel[1], pixel]));
  const found: Seen[] = [];
  for (const [start, first] of left) {
    left.delete(start);
    const group = [first];
    for (const [x, y] of group)
      for (let dy = -BRIDGE; dy <= BRIDGE; dy++)
        for (let dx = -BRIDGE; dx <= BRIDGE; dx++) {
          const key = x + dx + 1024 * (y + dy);
          const pixel = left.get(key);
          if (!pixel) continue;
          left.delete(key);
          group.push(pixel);
        }
    if (group.length >= LEAST) found.push(seen(group));
  }
  return found;
}

/** The same, told where things are. */
export function thingsAt(pixels: Pixels, items: readonly Item[]): Seen[] {
  return items.flatMap(({ x, y, size, object }) => {
    const reach = object.radius * size;
    const box = { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach };
    const ink = inkIn(pixels, box, (px, py) => (px - x) ** 2 + (py - y) ** 2 < reach * reach);
    return ink.length > 0 ? [seen(ink)] : [];
  });
}
