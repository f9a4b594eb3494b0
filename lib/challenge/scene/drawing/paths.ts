/** Paths on a board: some are cut, over some lie planks. Whoever can be reached from the goal without crossing a cut is right. */
import type { PaintSurface } from '../../../render/types.ts';
import { type Theme, WHITE } from '../colors.ts';
import type { Drawing, Item } from '../graph.ts';
import { cellAt, centerOf, type Grid, type Link } from './grid.ts';
import { SAND, SAND_EDGE, WOOD, WOOD_EDGE } from './inks.ts';

export interface Paths {
  readonly grid: Grid;
  /** Where everybody wants to go. */
  readonly goal: number;
  readonly open: readonly Link[];
  /** Drawn with a gap; nobody gets across. */
  readonly cut: readonly Link[];
  /** Those of `open` that a plank lies across. */
  readonly planks: readonly Link[];
}

/** Width of a path without and with its edges, of the disc under a thing, of a gap. */
const [PATH, EDGED, DISC, GAP] = [22, 28, 29, 13];

export function pathsDrawing(paths: Paths): Drawing {
  const reached = reachedFrom(paths);
  const cellOf = ({ x, y }: Item) => cellAt(paths.grid, x, y);
  return {
    holds: (item) => cellOf(item) !== paths.goal && reached.has(cellOf(item)),
    flaw(items) {
      const cells = items.map(cellOf);
      if (new Set(cells).size < cells.length) return 'two things in one cell';
      return cells.includes(paths.goal) ? undefined : 'nothing at the goal';
    },
    paint(surface, theme, items) {
      paintPaths(surface, theme, paths);
      paintDiscs(surface, items);
    },
  };
}

function reachedFrom({ goal, open }: Paths): Set<number> {
  const reached = new Set([goal]);
  for (const cell of reached)
    for (const [a, b] of open) {
      if (a === cell) reached.add(b);
      if (b === cell) reached.add(a);
    }
  return reached;
}

function paintPaths(surface: PaintSurface, { ground }: Theme, { grid, open, cut, planks }: Paths): void {
  const runs = straightRuns(grid, [...open, ...cut]);
  for (const [width, color] of [
    [EDGED, SAND_EDGE],
    [PATH, SAND],
  ] as const) {
    for (const [a, b] of runs) surface.polyline([...centerOf(grid, a), ...centerOf(grid, b)], width);
    surface.fill(color);
  }
  for (const link of cut) across(surface, grid, link, GAP + 6, EDGED + 8, SAND_EDGE);
  for (const link of cut) across(surface, grid, link, GAP, EDGED + 12, ground);
  for (const link of planks) {
    across(surface, grid, link, 20, EDGED + 8, WOOD_EDGE, 3);
    for (const at of [-5.5, 0, 5.5]) across(surface, grid, link, 4, EDGED + 4, WOOD, 0, at);
  }
}

/** Links in one line become one stroke: faster, and without a seam at every cell. */
function straightRuns(grid: Grid, links: readonly Link[]): Link[] {
  const key = (from: number, step: number) => from * grid.rows * grid.columns + step;
  const left = new Set(links.map(([a, b]) => key(Math.min(a, b), Math.abs(a - b))));
  return links.flatMap(([a, b]) => {
    const step = Math.abs(a - b);
    const from = Math.min(a, b);
    if (left.has(key(from - step, step))) return [];
    let to = from;
    while (left.has(key(to, step))) to += step;
    return [[from, to] as const];
  });
}

/** A bar across the middle of a link: so long along the path, so wide across it. */
function across(
  surface: PaintSurface,
  grid: Grid,
  [a, b]: Link,
  long: number,
  wide: number,
  color: number,
  radius = 0,
  shift = 0,
): void {
  const [ax, ay] = centerOf(grid, a);
  const [bx, by] = centerOf(grid, b);
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  if (Math.abs(ay - by) < 1) surface.rect(x + shift - long / 2, y - wide / 2, long, wide, radius);
  else surface.rect(x - wide / 2, y + shift - long / 2, wide, long, radius);
  surface.fill(color);
}

/** The white discs that things stand on. */
export function paintDiscs(surface: PaintSurface, items: readonly Item[]): void {
  for (const { x, y } of items) surface.disc(x, y, DISC, WHITE);
}
