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

/**
 * A tree over all cells in which the `leaves` hang on one link each. It grows from its newest cell, at times from any: long ways
 * with some branches. The leaves must not touch each other.
 */
export function growTree(random: Random, { beside }: Grid, leaves: readonly number[]): Link[] {
  const inTree = new Uint8Array(beside.length);
  for (const leaf of leaves) inTree[leaf] = 1;
  const inner = beside.flatMap((_, cell) => (inTree[cell] ? [] : [cell]));
  const links: Link[] = [];
  const open = [random.pick(inner)];
  inTree[open[0]!] = 1;
  const free: number[] = [];
  while (open.length > 0) {
    const at = random.chance(0.7) ? open.length - 1 : random.below(open.length);
    const from = open[at]!;
    free.length = 0;
    for (const cell of beside[from]!) if (!inTree[cell]) free.push(cell);
    if (free.length === 0) {
      open.splice(at, 1);
      continue;
    }
    const cell = random.pick(free);
    links.push([from, cell]);
    inTree[cell] = 1;
    open.push(cell);
  }
  for (const leaf of leaves) links.push([random.pick(beside[leaf]!), leaf]);
  return links;
}

/** In a tree: the links from one cell to each of others, in order. */
export function waysFrom(links: readonly Link[], from: number, to: readonly number[]): Link[][] {
  const at = new Map<number, Link[]>();
  for (const link of links)
    for (const cell of link) {
      const known = at.get(cell);
      if (known) known.push(link);
      else at.set(cell, [link]);
    }
  /** By which link a cell is reached. */
  const by = new Map<number, Link | undefined>([[from, undefined]]);
  for (const cell of by.keys())
    for (const link of at.get(cell) ?? []) {
      const next = link[0] === cell ? link[1] : link[0];
      if (!by.has(next)) by.set(next, link);
    }
  return to.map((end) => {
    const way: Link[] = [];
    let cell = end;
    for (let link = by.get(cell); link; link = by.get(cell)) {
      way.push(link);
      cell = link[0] === cell ? link[1] : link[0];
    }
    return way.reverse();
  });
}
