/**
 * "What is to the left of the cat": the cat has one neighbour on each of its four sides, and those are the options; which side is asked
 * about is drawn last. So every option is right for one of four questions about the same picture.
 */
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { centerOf, type Grid, gridOf, upright } from '../drawing/grid.ts';
import type { Draft, Drawing, Family, Item } from '../graph.ts';
import { OBJECTS, type SceneObject } from '../objects.ts';

interface Style {
  readonly grid: Grid;
  /** How many lie there beside the five in question. */
  readonly others: readonly [number, number];
  readonly size: number;
  /** How far off its place a thing may lie, in pixels. */
  readonly loose: number;
}

const STYLES: readonly Style[] = [
  { grid: gridOf(4, 3), others: [3, 5], size: 82, loose: 8 },
  { grid: gridOf(5, 4), others: [9, 12], size: 66, loose: 5 },
];

const SIDES = [
  { asks: 'left', x: -1, y: 0 },
  { asks: 'right', x: 1, y: 0 },
  { asks: 'above', x: 0, y: -1 },
  { asks: 'below', x: 0, y: 1 },
] as const;
type Side = (typeof SIDES)[number];

export const beside: Family = (random, difficulty): Draft => {
  const { grid, others, size, loose } = STYLES[difficulty === 1 ? 0 : 1]!;
  const column = random.integer(1, grid.columns - 2);
  const row = random.integer(1, grid.rows - 2);
  const around = SIDES.map(({ x, y }): Cell => [column + x, row + y]);
  const free = freeCells(grid, [[column, row], ...around], difficulty === 1);
  const cells = [[column, row] as const, ...around, ...random.sample(free, random.integer(...others))];
  const objects = gather(random, OBJECTS, cells.length);
  const items = cells.map(([x, y], i) => {
    const [middleX, middleY] = centerOf(grid, x + y * grid.columns);
    const at = [middleX + random.between(-loose, loose), middleY + random.between(-loose, loose)] as const;
    return upright(objects[i]!, at, size);
  });
  const asked = random.below(4);
  const order = random.shuffle([0, 1, 2, 3]);
  return {
    items,
    drawing: drawingOf(items[0]!, SIDES[asked]!, objects.slice(1, 5)),
    question: ask(random, SIDES[asked]!.asks, objects[0]!),
    claims: order.map((i) => ({ says: 'one', object: objects[1 + i]! })),
    right: order.indexOf(asked),
  };
};

type Cell = readonly [column: number, row: number];

/** All others; `clear`: not in the row or the column of the first of those taken. */
function freeCells({ columns, rows }: Grid, taken: readonly Cell[], clear: boolean): Cell[] {
  const [column, row] = taken[0]!;
  return Array.from(
    { length: columns * rows },
    (_, i): Cell => [i % columns, Math.floor(i / columns)],
  ).filter(
    ([x, y]) =>
      !taken.some((cell) => cell[0] === x && cell[1] === y) && !(clear && (x === column || y === row)),
  );
}

/** Least distance of an option from the diagonals through the thing asked about, where one side ends and the next begins. */
const CLEAR = 60;

function drawingOf(from: Item, { x, y }: Side, options: readonly SceneObject[]): Drawing {
  /** How far an item is inside the quarter that is asked about; below 0: outside. */
  const inside = (item: Item) => {
    const [dx, dy] = [item.x - from.x, item.y - from.y];
    return (dx * x + dy * y - Math.abs(dx * y + dy * x)) * Math.SQRT1_2;
  };
  return {
    holds: (item) => inside(item) > 0,
    flaw: (items) =>
      items.some((item) => options.includes(item.object) && Math.abs(inside(item)) < CLEAR)
        ? 'on the diagonal'
        : undefined,
  };
}
