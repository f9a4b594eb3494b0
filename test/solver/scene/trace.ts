/** Scripts that solve by following pixels. Each takes a picture (and who is asked about) and names an option, 0 to 3. */
import { INK, WOOD, WOOD_EDGE } from '../../../lib/challenge/scene/drawing/inks.ts';
import { WIDTH } from '../../../lib/challenge/scene/layout.ts';
import type { SceneObject } from '../../../lib/challenge/scene/objects.ts';
import { type Area, alike, blobs, flood, keyOf, type Pixels, SCENE, type Spot, WHITE } from './pixels.ts';
import { spotOf, spotsOfOptions } from './things.ts';

export type Tracer = (pixels: Pixels, asked: SceneObject | undefined) => number;

const DISC = 29;
/** How far from the sides ropes end. */
const SIDE = 44;
/** From the end of a strand to the beginning of the next one. */
const GAP = 20;
const far = (a: Spot, b: Spot) => Math.hypot(a.x - b.x, a.y - b.y);

/** White discs under things. */
const discs = ({ at }: Pixels) => blobs((x, y) => at(x, y) === WHITE, 50, 62);

/** All but the bare ground can be walked on: paths, planks, discs. */
export const tracePaths: Tracer = (pixels, asked) => {
  const spots = discs(pixels);
  const goal = spotOf(pixels, spots, DISC - 4, asked!);
  const options = spotsOfOptions(
    pixels,
    spots.filter((spot) => spot !== goal),
    DISC - 4,
  );
  const { ground } = pixels.theme;
  const reached = flood([goal], (x, y) => pixels.at(x, y) !== ground);
  return options.findIndex((spot) => reached.has(keyOf(spot)));
};

/** Water is poured in at the border: one animal gets wet, or one stays dry. */
export const traceFence: Tracer = (pixels) => {
  const walls = alike([WOOD_EDGE], 24);
  const wood = alike([WOOD, WOOD_EDGE], 24);
  const { ground } = pixels.theme;
  const isFence = (x: number, y: number) => wood.has(pixels.at(x, y));
  const edges = [{ x: SCENE.left, y: SCENE.top }];
  // A fence is two pixels of edge wide at least; blends between are no way through
  const fence = flood(fenceStart(isFence), isFence);
  const wet = flood(
    edges,
    (x, y) => !fence.has(keyOf({ x, y })) && !(walls.has(pixels.at(x, y)) && nearFence(fence, x, y)),
  );
  const spots = blobs(
    (x, y) => pixels.at(x, y) !== ground && !fence.has(keyOf({ x, y })) && !nearFence(fence, x, y),
    20,
    60,
  );
  const options = spotsOfOptions(pixels, spots, 24).map((spot) => {
    for (let x = spot.x; x > 0; x--)
      if (pixels.at(x, spot.y) === ground) return wet.has(keyOf({ x, y: spot.y }));
    return false;
  });
  const rare = options.filter(Boolean).length === 1;
  return options.indexOf(rare);
};

/** The first pixel of the fence from the left, in the middle rows. */
function fenceStart(isFence: (x: number, y: number) => boolean): Spot[] {
  for (let x = SCENE.left; x < SCENE.right; x++)
    for (let y = SCENE.top + 10; y < SCENE.bottom - 10; y += 5)
      if (isFence(x, y) && isFence(x + 3, y)) return [{ x, y }];
  return [];
}

const nearFence = (fence: Area, x: number, y: number) =>
  [-2, -1, 1, 2].some((by) => fence.has(keyOf({ x: x + by, y })) || fence.has(keyOf({ x, y: y + by })));

/**
 * Where one rope runs below another it is cut off on either side: the ink falls into strands that run from left to right. From the end
 * of one, straight on, comes the beginning of the next.
 */
export const traceRope: Tracer = (pixels, asked) => {
  const spots = discs(pixels);
  // A long thing can cut its disc in two; the one at the other end of the lane shows where it is
  const lanes = spots.filter((a, i) => !spots.slice(0, i).some((b) => Math.abs(a.y - b.y) < 20));
  const ends = lanes.map(({ y }) => ({ x: WIDTH - SIDE, y }));
  const options = spotsOfOptions(pixels, ends, DISC - 4);
  const start = spotOf(
    pixels,
    lanes.map(({ y }) => ({ x: SIDE, y })),
    DISC - 4,
    asked!,
  );
  const rest = strands(pixels);
  let at: Spot = { x: SIDE + DISC, y: start.y };
  let ahead = at;
  for (;;) {
    const next = rest.toSorted((a, b) => far(a.from, ahead) - far(b.from, ahead))[0];
    if (!next || far(next.from, ahead) > 16 || next.from.x < at.x) break;
    rest.splice(rest.indexOf(next), 1);
    at = next.to;
    ahead = { x: at.x + next.slope.x * GAP, y: at.y + next.slope.y * GAP };
  }
  return options.indexOf(ends.reduce((a, b) => (far(a, at) < far(b, at) ? a : b)));
};

interface Strand {
  readonly from: Spot;
  readonly to: Spot;
  /** Which way it runs at its end. */
  readonly slope: Spot;
}

function strands({ at }: Pixels): Strand[] {
  const dark = alike([INK], 60);
  const isInk = (x: number, y: number) => dark.has(at(x, y)) && x > SIDE + DISC && x < WIDTH - SIDE - DISC;
  const seen = new Set<number>();
  const found: Strand[] = [];
  for (let y = SCENE.top; y < SCENE.bottom; y += 2)
    for (let x = SIDE + DISC; x < WIDTH - SIDE - DISC; x += 2) {
      if (seen.has(keyOf({ x, y })) || !isInk(x, y)) continue;
      const strand = flood([{ x, y }], isInk);
      for (const key of strand.keys) seen.add(key);
      const ink = strand.keys
        .map((key) => ({ x: key % WIDTH, y: Math.floor(key / WIDTH) }))
        .sort((a, b) => a.x - b.x);
      if (ink.length < 30) continue;
      const [to, before] = [middle(ink.slice(-24)), middle(ink.slice(-96, -72))];
      const length = far(to, before) || 1;
      const slope = { x: (to.x - before.x) / length, y: (to.y - before.y) / length };
      found.push({ from: middle(ink.slice(0, 24)), to, slope });
    }
  return found;
}

function middle(spots: readonly Spot[]): Spot {
  const sum = spots.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / spots.length, y: sum.y / spots.length };
}

/** Reads each arrow from where its ink lies, then walks. */
export const traceArrows: Tracer = (pixels) => {
  const { ground, hue } = pixels.theme;
  const tiles = blobs((x, y) => pixels.at(x, y) !== ground, 40, 110);
  const ink = alike([INK], 60);
  const things = tiles.filter((tile) => far(tile, nearestCorner(pixels, tile)) === 0);
  const start = tiles.find((tile) => pixels.at(tile.x - 24, tile.y) === hue)!;
  const options = spotsOfOptions(pixels, things, 30);
  let at = start;
  for (let steps = 0; steps < 50 && !things.includes(at); steps++) {
    const body = (x: number, y: number) =>
      at === start ? pixels.at(x, y) === WHITE : ink.has(pixels.at(x, y));
    const [dx, dy] = lean(body, at);
    const ahead = tiles.filter((tile) =>
      Math.abs(dx) > Math.abs(dy)
        ? Math.abs(tile.y - at.y) < 9 && (tile.x - at.x) * dx > 9
        : Math.abs(tile.x - at.x) < 9 && (tile.y - at.y) * dy > 9,
    );
    if (ahead.length === 0) return 0;
    at = ahead.reduce((a, b) => (far(b, at) < far(a, at) ? b : a));
  }
  return options.indexOf(at);
};

/** A tile with a thing on it is white in its corner: then itself. */
const nearestCorner = ({ at }: Pixels, tile: Spot): Spot =>
  at(tile.x - 24, tile.y - 24) === WHITE ? tile : { x: -1, y: -1 };

/** Which way the wide end of an arrow lies from its middle. */
function lean(body: (x: number, y: number) => boolean, { x, y }: Spot): [number, number] {
  let [along, across, wide, high] = [0, 0, 0, 0];
  for (let dy = -22; dy <= 22; dy++)
    for (let dx = -22; dx <= 22; dx++) {
      if (!body(x + dx, y + dy)) continue;
      along += dx * dy * dy;
      across += dy * dx * dx;
      wide += dx * dx;
      high += dy * dy;
    }
  return wide > high ? [Math.sign(along), 0] : [0, Math.sign(across)];
}
