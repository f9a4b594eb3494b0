/**
 * "Follow the arrows". The start, four things and the right one among them are drawn first. Then a way is found to the right one, and
 * as if they were right too, a trail of arrows leads to each of the others: every thing is pointed at from somewhere.
 */
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { arrowsDrawing } from '../drawing/arrows.ts';
import { centerOf, type Grid, gridOf, scattered, upright } from '../drawing/grid.ts';
import type { Family } from '../graph.ts';
import { OBJECTS } from '../objects.ts';

interface Board {
  readonly columns: number;
  readonly rows: number;
  /** Steps from the start to the thing: fewest, most. */
  readonly steps: readonly [number, number];
  readonly turns: number;
}

const BOARDS: readonly [Board, Board] = [
  { columns: 6, rows: 5, steps: [6, 8], turns: 3 },
  { columns: 7, rows: 6, steps: [7, 10], turns: 4 },
];
const ICON = 52;
/** Arrows that lead to a wrong thing. */
const TRAIL = 4;

export const arrows: Family = (random, difficulty) => {
  const board = BOARDS[difficulty === 3 ? 1 : 0];
  const grid = gridOf(board.columns, board.rows);
  const right = random.below(4);
  const things = gather(random, OBJECTS, 4);
  const [start, ...cells] = spots(random, grid, board.steps[1]);
  const taken = new Set(cells);
  const way = wayTo(random, grid, start!, cells[right]!, taken, board);
  const next = new Map(way.slice(0, -1).map((cell, i) => [cell, way[i + 1]!]));
  for (const [i, cell] of cells.entries()) {
    let at = cell;
    for (let step = 0; i !== right && step < TRAIL; step++) {
      const free = grid.beside[at]!.filter((one) => !next.has(one) && !taken.has(one));
      if (free.length === 0) break;
      const from = random.pick(free);
      next.set(from, at);
      at = from;
    }
  }
  for (const [cell, beside] of grid.beside.entries())
    if (!next.has(cell) && !taken.has(cell)) next.set(cell, random.pick(beside));
  return {
    drawing: arrowsDrawing({ grid, start: start!, next }),
    items: cells.map((cell, i) => upright(things[i]!, centerOf(grid, cell), ICON)),
    question: ask(random, 'arrows'),
    claims: things.map((object) => ({ says: 'one', object })),
    right,
  };
};

/** A start and four cells for things, all of them within reach of the start. */
function spots(random: Random, grid: Grid, reach: number): number[] {
  for (;;) {
    const [start, ...cells] = scattered(random, grid, 5);
    if (cells.every((cell) => distance(grid, start!, cell) <= reach)) return [start!, ...cells];
  }
}

/** Cells from one to another that keep off the things; as many steps as asked for (one more or less where the board wants it), with turns. */
function wayTo(
  random: Random,
  grid: Grid,
  start: number,
  goal: number,
  things: ReadonlySet<number>,
  { steps, turns }: Board,
): number[] {
  const near = distance(grid, start, goal);
  for (;;) {
    const length = random.integer(Math.max(steps[0], near), steps[1]);
    if ((length - near) % 2 !== 0) continue;
    const way = [start];
    while (way.length <= length) {
      const at = way.at(-1)!;
      const left = length - way.length;
      const free = grid.beside[at]!.filter(
        (cell) =>
          !way.includes(cell) &&
          distance(grid, cell, goal) <= left &&
          (things.has(cell) ? cell === goal && left === 0 : true),
      );
      if (free.length === 0) break;
      way.push(random.pick(free));
    }
    if (way.at(-1) === goal && way.length === length + 1 && turnsOf(way) >= turns) return way;
  }
}

function distance({ columns }: Grid, a: number, b: number): number {
  return (
    Math.abs((a % columns) - (b % columns)) + Math.abs(Math.floor(a / columns) - Math.floor(b / columns))
  );
}

const turnsOf = (way: readonly number[]) =>
  way.filter((cell, i) => i > 1 && cell - way[i - 1]! !== way[i - 1]! - way[i - 2]!).length;
