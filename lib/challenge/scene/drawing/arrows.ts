/** A board of arrows. Whoever starts at the circled one and goes where each arrow points comes to the thing that is asked for. */
import type { PaintSurface } from '../../../render/types.ts';
import { type Theme, WHITE } from '../colors.ts';
import type { Drawing, Item } from '../graph.ts';
import { cellAt, centerOf, type Grid } from './grid.ts';
import { INK } from './inks.ts';

export interface Arrows {
  readonly grid: Grid;
  readonly start: number;
  /** Where the arrow of a cell points: a cell beside it. Cells with things have none. */
  readonly next: ReadonlyMap<number, number>;
}

/** The cells from the start to where there is no arrow; undefined when they go round in a circle. */
function walk({ start, next }: Arrows): number[] | undefined {
  const cells = [start];
  for (let cell = next.get(start); cell !== undefined; cell = next.get(cell)) {
    if (cells.includes(cell)) return undefined;
    cells.push(cell);
  }
  return cells;
}

export function arrowsDrawing(arrows: Arrows): Drawing {
  const end = walk(arrows)?.at(-1);
  const cellOf = ({ x, y }: Item) => cellAt(arrows.grid, x, y);
  return {
    holds: (item) => cellOf(item) === end,
    flaw(items) {
      const { grid, next } = arrows;
      if (items.some((item) => next.has(cellOf(item)))) return 'a thing lies on an arrow';
      const stray = [...next].some(([from, to]) => !grid.beside[from]!.includes(to));
      return stray ? 'an arrow points off the board' : undefined;
    },
    paint: (surface, theme) => paintArrows(surface, theme, arrows),
  };
}

const [TILE_GAP, CIRCLE] = [5, 29];
/** From the middle, the arrow pointing right. */
const SHAPE = [-19, -4.5, 2, -4.5, 2, -14, 20, 0, 2, 14, 2, 4.5, -19, 4.5] as const;

function paintArrows(surface: PaintSurface, { shade, hue }: Theme, { grid, start, next }: Arrows): void {
  const [ax, ay] = centerOf(grid, 0);
  const [bx, by] = centerOf(grid, grid.columns + 1);
  const [wide, high] = [bx - ax - TILE_GAP, by - ay - TILE_GAP];
  for (const color of [WHITE, shade]) {
    for (const cell of grid.beside.keys()) {
      if (next.has(cell) !== (color === shade)) continue;
      const [x, y] = centerOf(grid, cell);
      surface.slab(x - wide / 2, y - high / 2, wide, high, 10, color);
    }
  }
  surface.disc(...centerOf(grid, start), CIRCLE, hue);
  for (const [from, to] of next) if (from !== start) arrow(surface, grid, from, to);
  surface.fill(INK);
  arrow(surface, grid, start, next.get(start)!);
  surface.fill(WHITE);
}

function arrow(surface: PaintSurface, grid: Grid, from: number, to: number): void {
  const [x, y] = centerOf(grid, from);
  const [tx, ty] = centerOf(grid, to);
  const [a, b] = [Math.sign(Math.round(tx - x)), Math.sign(Math.round(ty - y))];
  for (let i = 0; i < SHAPE.length; i += 2) {
    const [along, aside] = [SHAPE[i]!, SHAPE[i + 1]!];
    const [px, py] = [x + a * along - b * aside, y + b * along + a * aside];
    if (i === 0) surface.moveTo(px, py);
    else surface.lineTo(px, py);
  }
  surface.close();
}
