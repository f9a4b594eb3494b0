/** A board of cells that fills the scene, named by numbers row by row, and trees that grow on it. */
import type { Random } from '../../../util/random.ts';
import type { Item } from '../graph.ts';
import { THUMB_PLAN } from '../layout.ts';
import type { SceneObject } from '../objects.ts';

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** The cells beside a cell. */
  readonly beside: readonly (readonly number[])[];
  /** All pairs of them. */
  readonly links: readonly Link[];
}

export function gridOf(columns: number, rows: number): Grid {
  const beside = Array.from({ length: columns * rows }, (_, cell) => {
    const column = cell % columns;
    return [
      ...(column > 0 ? [cell - 1] : []),
      ...(column < columns - 1 ? [cell + 1] : []),
      ...(cell >= columns ? [cell - columns] : []),
      ...(cell + columns < columns * rows ? [cell + columns] : []),
    ];
  });
  const links = beside.flatMap((all, cell) =>
    all.flatMap((other): Link[] => (other > cell ? [[cell, other]] : [])),
  );
  return { columns, rows, beside, links };
}

const { left, top, right, bottom } = THUMB_PLAN.scene;

/** The middle of a cell in pixels; parts of a cell are allowed. */
function middleOf({ columns, rows }: Grid, column: number, row: number): [x: number, y: number] {
  return [left + ((column + 0.5) * (right - left)) / columns, top + ((row + 0.5) * (bottom - top)) / rows];
}

export function centerOf(grid: Grid, cell: number): [x: number, y: number] {
  return middleOf(grid, cell % grid.columns, Math.floor(cell / grid.columns));
}

/** The cell that a point lies in. */
export function cellAt({ columns, rows }: Grid, x: number, y: number): number {
  const column = Math.floor(((x - left) / (right - left)) * columns);
  return column + columns * Math.floor(((y - top) / (bottom - top)) * rows);
}

/** A thing as it is: upright, in its own colours. */
export function upright(object: SceneObject, [x, y]: readonly [number, number], size: number): Item {
  return { object, x: Math.round(x), y: Math.round(y), size, angle: 0, flip: false, coat: undefined };
}

/** `count` cells no two of which touch, not even at a corner; every such set in every order is equally likely. */
export function scattered(random: Random, { columns, rows }: Grid, count: number): number[] {
  const apart = (a: number, b: number) =>
    Math.abs((a % columns) - (b % columns)) > 1 ||
    Math.abs(Math.floor(a / columns) - Math.floor(b / columns)) > 1;
  for (;;) {
    const cells = Array.from({ length: count }, () => random.below(columns * rows));
    if (cells.every((a, i) => cells.slice(0, i).every((b) => apart(a, b)))) return cells;
  }
}

/** A way between two neighbours. */
export type Link = readonly [number, number];

/** A tree over all cells of a board, as the cell before each on its way from the root. The root's own is −1. */
export type Tree = Int8Array;

/** While a tree grows: cells that it has not reached, and the last cells of trails. */
const [NOT_YET, LAST] = [-2, -3];

/**
 * A tree over all cells from which some trails hang by their last cells. It grows from its newest cell, at times from any: long ways with
 * some branches. Undefined when a trail finds nothing to hang on.
 */
export function growTree(
  random: Random,
  { beside }: Grid,
  root: number,
  trails: readonly (readonly number[])[],
): Tree | undefined {
  const tree: Tree = new Int8Array(beside.length).fill(NOT_YET);
  tree[root] = -1;
  for (const trail of trails)
    for (const [i, cell] of trail.entries()) tree[cell] = i + 1 < trail.length ? trail[i + 1]! : LAST;
  const body = new Set([root]);
  const open = [root];
  const free: number[] = [];
  while (open.length > 0) {
    const at = random.chance(0.7) ? open.length - 1 : random.below(open.length);
    const from = open[at]!;
    free.length = 0;
    for (const cell of beside[from]!) if (tree[cell] === NOT_YET) free.push(cell);
    if (free.length === 0) {
      open.splice(at, 1);
      continue;
    }
    const cell = random.pick(free);
    tree[cell] = from;
    open.push(cell);
    body.add(cell);
  }
  for (const trail of trails) {
    const last = trail.at(-1)!;
    const near = beside[last]!.filter((cell) => body.has(cell));
    if (near.length === 0) return undefined;
    tree[last] = random.pick(near);
  }
  // Pockets that trails enclose join on cell by cell, but not to where a trail begins
  const begins = new Set(trails.map(([first]) => first!));
  const left = new Set([...beside.keys()].filter((cell) => tree[cell] === NOT_YET));
  while (left.size > 0)
    for (const cell of left) {
      const near = beside[cell]!.filter((one) => !left.has(one) && !begins.has(one));
      if (near.length === 0) continue;
      tree[cell] = random.pick(near);
      left.delete(cell);
    }
  return tree;
}

/** From each of some cells a trail of so many, itself the first, that meets no other and nothing that is taken. Undefined when one has nowhere to go. */
export function trailsFrom(
  random: Random,
  { beside }: Grid,
  cells: readonly number[],
  taken: readonly number[],
  length: readonly [number, number],
): number[][] | undefined {
  const used = new Set([...cells, ...taken]);
  const trails: number[][] = [];
  for (const cell of cells) {
    const trail = [cell];
    for (let left = random.integer(...length) - 1; left > 0; left--) {
      const free = beside[trail.at(-1)!]!.filter((next) => !used.has(next));
      if (free.length === 0) return undefined;
      const next = random.pick(free);
      used.add(next);
      trail.push(next);
    }
    trails.push(trail);
  }
  return trails;
}

/** The cells from one, itself included, back to the root, which is left out: one for each link between. */
export function wayBack(tree: Tree, from: number): number[] {
  const way: number[] = [];
  for (let cell = from; tree[cell]! >= 0; cell = tree[cell]!) way.push(cell);
  return way;
}

/** The link that joins a cell to the one before it. */
export const linkOf = (tree: Tree, cell: number): Link => [tree[cell]!, cell];
