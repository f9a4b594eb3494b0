/**
 * One closed fence that winds through the scene: the outline of a tree of rooms. Who stands inside is shut in; who stands
 * outside can walk away. Told by counting how often a straight line from where somebody stands to the border meets the fence.
 */
import type { PaintSurface } from '../../../render/types.ts';
import type { Drawing, Item } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import type { Grid, Link } from './grid.ts';
import { WOOD, WOOD_EDGE } from './inks.ts';

/** Corners of the fence in pixels; the last joins the first. */
export type Loop = readonly (readonly [x: number, y: number])[];

const { scene } = THUMB_PLAN;
/** Room around the whole fence, so that outside is seen to be outside. */
const MARGIN = 18;
const [FENCE, EDGED] = [5, 10];
/** How far a corner is rounded. */
const ROUND = 13;

/** A point of the board on which the tree grows, in pixels: whole numbers are the middles of its cells. The fence runs to the edges. */
export function spotOn({ columns, rows }: Grid, column: number, row: number): [x: number, y: number] {
  const wide = (scene.right - scene.left - 2 * MARGIN) / (columns - 0.5);
  const high = (scene.bottom - scene.top - 2 * MARGIN) / (rows - 0.5);
  return [scene.left + MARGIN + (column + 0.25) * wide, scene.top + MARGIN + (row + 0.25) * high];
}

/**
 * Around a tree, a quarter of a cell off its cells' middles on every side: the ways inside and outside are equally wide.
 * Corners in units of cells.
 */
export function outlineOf({ columns, rows }: Grid, tree: readonly Link[]): [column: number, row: number][] {
  const linked = new Set(tree.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  // Four corners a cell, on a board twice as fine. From each the fence goes on with the tree on its right
  const next = (x: number, y: number): [number, number] => {
    const cell = (y >> 1) * columns + (x >> 1);
    const open = (step: number) => linked.has(`${cell} ${cell + step}`);
    if (x % 2 === 0 && y % 2 === 0) return open(-columns) ? [x, y - 1] : [x + 1, y];
    if (y % 2 === 0) return open(1) ? [x + 1, y] : [x, y + 1];
    if (x % 2 === 1) return open(columns) ? [x, y + 1] : [x - 1, y];
    return open(-1) ? [x - 1, y] : [x, y - 1];
  };
  const corners: [number, number][] = [];
  let [x, y] = [0, 0];
  do {
    corners.push([x / 2 - 0.25, y / 2 - 0.25]);
    [x, y] = next(x, y);
  } while ((x !== 0 || y !== 0) && corners.length <= 4 * columns * rows);
  return corners;
}

export function fenceDrawing(loop: Loop, asked: 'free' | 'shut'): Drawing {
  return {
    holds: (item) => inside(loop, item) === (asked === 'shut'),
    flaw: (items) => items.find((item) => touches(loop, item)) && 'somebody stands on the fence',
    paint: (surface) => paintFence(surface, loop),
  };
}

/** An odd number of crossings between here and the left border. */
function inside(loop: Loop, { x, y }: Item): boolean {
  const crossings = loop.filter(([ax, ay], i) => {
    const [bx, by] = loop[(i + 1) % loop.length]!;
    return ay > y !== by > y && ax + ((y - ay) * (bx - ax)) / (by - ay) < x;
  });
  return crossings.length % 2 === 1;
}

/** Whether a thing, taken as a circle, comes nearer to the fence than can be seen. */
function touches(loop: Loop, { x, y, object, size }: Item): boolean {
  const clear = Math.min(object.radius, 0.5) * size + EDGED / 2;
  return loop.some(([ax, ay], i) => {
    const [bx, by] = loop[(i + 1) % loop.length]!;
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    const [ex, ey] = [ax + along * dx - x, ay + along * dy - y];
    return ex * ex + ey * ey < clear * clear;
  });
}

function paintFence(surface: PaintSurface, loop: Loop): void {
  const line = loop.flatMap((corner, i) => rounded(loop.at(i - 1)!, corner, loop[(i + 1) % loop.length]!));
  line.push(line[0]!, line[1]!);
  surface.polyline(line, EDGED);
  surface.fill(WOOD_EDGE);
  surface.polyline(line, FENCE);
  surface.fill(WOOD);
}

const BEND = [0, 0.25, 0.5, 0.75, 1] as const;

/** A corner between two others as a short curve. */
function rounded(before: Loop[number], corner: Loop[number], after: Loop[number]): number[] {
  const [a, b] = [towards(corner, before), towards(corner, after)];
  return BEND.flatMap((t) =>
    [0, 1].map((axis) => (1 - t) ** 2 * a[axis]! + 2 * t * (1 - t) * corner[axis]! + t * t * b[axis]!),
  );
}

/** ROUND pixels from one corner towards another; they are nearly upright or level to each other. */
function towards([x, y]: Loop[number], [gx, gy]: Loop[number]): [number, number] {
  const far = Math.abs(gx - x) + Math.abs(gy - y);
  return [x + ((gx - x) * ROUND) / far, y + ((gy - y) * ROUND) / far];
}
