/**
 * "Which animal can walk away", "which is shut in". Everybody stands halfway between two cells of a board; where, and who is right,
 * is drawn first. The fence is the outline of a tree on that board: whoever stands on a link of the tree is inside, whoever
 * stands where it has none is outside. So the places say nothing, and those outside are all as deep in the windings as is asked.
 */
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import { fenceDrawing, outlineOf, spotOn } from '../drawing/fence.ts';
import { gridOf, type Link, upright } from '../drawing/grid.ts';
import type { Family } from '../graph.ts';
import { WALKERS } from './maze.ts';

const GRID = gridOf(5, 4);
/** Corners of cells in a row. */
const WIDE = GRID.columns + 1;
const ICON = 42;
/** Fewest steps between the links of the board from somebody outside to the border. */
const DEEP = 2;

const LINKS: readonly Link[] = GRID.beside.flatMap((cells, a) =>
  cells.flatMap((b) => (a < b ? [[a, b] as const] : [])),
);
/** Links that do not lie along the border. */
const PLACES = LINKS.filter((link) => !endsOf(link).some(isBorder));
/** Both corners of each link, and all corners on the border; there are thirty. */
const CORNERS = LINKS.map(cornersOf);
const BORDER = LINKS.flatMap(endsOf).reduce(
  (all, corner) => (isBorder(corner) ? all | (1 << corner) : all),
  0,
);

export const fence: Family = (random) => {
  const asked = random.pick(['free', 'shut'] as const);
  const right = random.below(4);
  const animals = gather(random, WALKERS, 4);
  const { places, tree } = wind(random, (i) => (i === right) === (asked === 'shut'));
  const loop = outlineOf(GRID, tree).map(([column, row]): [number, number] => {
    const [x, y] = spotOn(GRID, column, row);
    return [x + random.between(-3, 3), y + random.between(-3, 3)];
  });
  return {
    drawing: fenceDrawing(loop, asked),
    items: places.map(([a, b], i) => upright(animals[i]!, halfway(a, b), ICON)),
    question: ask(random, asked),
    claims: animals.map((object) => ({ says: 'one', object })),
    right,
  };
};

/** Four places, no two side by side, and a tree that has those links that are to be within and not the others. */
function wind(random: Random, within: (i: number) => boolean): { places: Link[]; tree: Link[] } {
  for (;;) {
    const places = random.sample(PLACES, 4);
    if (places.some((a, i) => places.some((b, j) => j > i && a.some((cell) => b.includes(cell))))) continue;
    const outside = places.filter((_, i) => !within(i));
    // The places stay while the tree changes: to draw both anew would prefer places that are deep by nature
    for (let tries = 0; tries < 400; tries++) {
      const tree = grow(
        random,
        places.filter((_, i) => within(i)),
        outside,
      );
      if (outside.every((place) => depth(tree, place) >= DEEP)) return { places, tree };
    }
  }
}

/** A tree over all cells, of random links, that has the ones and not the others. */
function grow(random: Random, wanted: readonly Link[], unwanted: readonly Link[]): Link[] {
  const group = GRID.beside.map((_, cell) => cell);
  const tree: Link[] = [];
  const join = (link: Link) => {
    const from = group[link[0]]!;
    const to = group[link[1]]!;
    if (from === to) return;
    for (let cell = 0; cell < group.length; cell++) if (group[cell] === from) group[cell] = to;
    tree.push(link);
  };
  for (const link of wanted) join(link);
  for (const link of random.shuffle(LINKS.filter((one) => !unwanted.includes(one)))) join(link);
  return tree;
}

/** How many more links somebody who stands outside walks through before the border. Sets of corners are numbers, a bit a corner. */
function depth(tree: readonly Link[], place: Link): number {
  const ways = CORNERS.filter((_, i) => !tree.includes(LINKS[i]!));
  let seen = cornersOf(place);
  for (let steps = 0; ; steps++) {
    if (seen & BORDER) return steps;
    let more = 0;
    for (const way of ways) if (way & seen) more |= way;
    // Walled in: the tree does not reach all cells
    if ((more & ~seen) === 0) return 0;
    seen |= more;
  }
}

function cornersOf(link: Link): number {
  const [a, b] = endsOf(link);
  return (1 << a) | (1 << b);
}

/** The corners of cells between which somebody stands who stands on a link that the tree does not have. */
function endsOf([a, b]: Link): [number, number] {
  const corner = Math.floor(b / GRID.columns) * WIDE + (b % GRID.columns);
  return b === a + 1 ? [corner, corner + WIDE] : [corner, corner + 1];
}

function isBorder(corner: number): boolean {
  const [column, row] = [corner % WIDE, Math.floor(corner / WIDE)];
  return column === 0 || column === GRID.columns || row === 0 || row === GRID.rows;
}

function halfway(a: number, b: number): [number, number] {
  const [ax, ay] = spotOn(GRID, a % GRID.columns, Math.floor(a / GRID.columns));
  const [bx, by] = spotOn(GRID, b % GRID.columns, Math.floor(b / GRID.columns));
  return [(ax + bx) / 2, (ay + by) / 2];
}
