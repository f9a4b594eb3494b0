/**
 * "Who can walk to the house": paths in several islands, or paths with gaps and planks.
 *
 * The house and four animals are set down first, and one of the animals is chosen by lot; then a tree of paths grows that joins
 * them all, whoever is right; only then each wrong way is cut somewhere. So nothing but the cuts tells the animals apart:
 * not where they stand, not how far from the house, not which way their path sets out. Gaps are set down as if nobody were right, one on
 * each way; that of the right way then moves off it, no nearer to its animal and no farther: how near gaps are says nothing either.
 */
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { gather } from '../choose.ts';
import {
  centerOf,
  type Grid,
  gridOf,
  growTree,
  type Link,
  linkOf,
  scattered,
  type Tree,
  trailsFrom,
  upright,
  wayBack,
} from '../drawing/grid.ts';
import { pathsDrawing } from '../drawing/paths.ts';
import type { Draft, Family } from '../graph.ts';
import { OBJECTS } from '../objects.ts';

interface Board {
  readonly grid: Grid;
  readonly cuts: number;
  readonly planks: number;
  /** Fewest links from an animal to the house. */
  readonly far: number;
  /** How many cells of its way an animal has for itself, at least: from, to. */
  readonly trail: readonly [number, number];
}

const MAZE: Board = { grid: gridOf(7, 5), cuts: 4, planks: 0, far: 4, trail: [3, 4] };
const GAPS: readonly [Board, Board] = [
  { grid: gridOf(7, 5), cuts: 10, planks: 5, far: 4, trail: [3, 4] },
  { grid: gridOf(8, 6), cuts: 13, planks: 8, far: 6, trail: [3, 5] },
];

/** What cannot be reached is not joined at all. */
export const maze: Family = (random) => draft(random, MAZE, 'maze');

/** What cannot be reached lies behind a gap. */
export const gaps: Family = (random, difficulty) => draft(random, GAPS[difficulty === 3 ? 1 : 0], 'gaps');

/** Who walks, and can be told on a white disc. */
export const WALKERS = OBJECTS.filter(
  ({ sort, typical, alike, name }) =>
    sort === 'animal' && typical && alike !== 'sea' && !['swan', 'ewe', 'bat'].includes(name),
);
const GOALS = OBJECTS.filter(({ name }) =>
  ['house', 'castle', 'bed', 'basket', 'wrapped-gift', 'shortcake', 'palm-tree', 'tent'].includes(name),
);
const ICON = 42;
/** Nothing is cut so near to an animal: that would be seen without following anything. Nor beside the house, under whose disc it would half disappear. */
const STUB = 2;

function draft(random: Random, board: Board, question: 'maze' | 'gaps'): Draft {
  const { grid } = board;
  const right = random.below(4);
  const goal = random.pick(GOALS);
  const animals = gather(random, WALKERS, 4, [goal]);
  // Places too are drawn anew: what is asked of them is asked of all animals alike
  for (;;) {
    const [home, ...cells] = scattered(random, grid, 5) as [number, ...number[]];
    const trails = trailsFrom(random, grid, cells, [home], board.trail);
    const tree = trails && growTree(random, grid, home, trails);
    if (!tree) continue;
    const places = cutsFor(random, board, tree, cells);
    if (!places) continue;
    const cut = (question === 'gaps' ? gapsFrom : cutsFrom)(random, board, { tree, cells, places, right });
    if (!cut) continue;
    const isCut = new Set(cut.map(keyOf));
    const all = grid.beside.flatMap((_, cell) => (cell === home ? [] : [linkOf(tree, cell)]));
    const open = all.filter((link) => !isCut.has(keyOf(link)));
    const drawing = pathsDrawing({
      grid,
      goal: home,
      open,
      cut: question === 'gaps' ? cut : [],
      planks: random.sample(open, board.planks),
    });
    const items = [goal, ...animals].map((object, i) =>
      upright(object, centerOf(grid, [home, ...cells][i]!), ICON),
    );
    const claims = animals.map((object) => ({ says: 'one', object }) as const);
    return { drawing, items, question: ask(random, question, goal), claims, right };
  }
}

/** For each animal a cell before which its way may be cut, and nobody else's: the right one's too. Undefined when one has none. */
function cutsFor(
  random: Random,
  { grid, far }: Board,
  tree: Tree,
  cells: readonly number[],
): number[] | undefined {
  const ways = cells.map((cell) => wayBack(tree, cell));
  if (ways.some((way) => way.length < far)) return undefined;
  const walkers = new Uint8Array(grid.beside.length);
  for (const way of ways) for (const cell of way) walkers[cell]!++;
  const fit = ways.map((way) => way.slice(STUB, -1).filter((cell) => walkers[cell] === 1));
  return fit.every((some) => some.length > 0) ? fit.map((some) => random.pick(some)) : undefined;
}

interface Found {
  readonly tree: Tree;
  readonly cells: readonly number[];
  /** Of each animal, see cutsFor. */
  readonly places: readonly number[];
  readonly right: number;
}

/** A link of each wrong way and others that do not matter: none on the right way, and none close to an animal. */
function cutsFrom(
  random: Random,
  { grid, cuts }: Board,
  { tree, cells, places, right }: Found,
): Link[] | undefined {
  const ways = cells.map((cell) => wayBack(tree, cell));
  const kept = new Set([...ways[right]!, ...ways.flatMap((way) => way.slice(0, STUB))]);
  const others = grid.beside.flatMap((_, cell) => (tree[cell]! < 0 || kept.has(cell) ? [] : [cell]));
  const chosen = new Set(places.toSpliced(right, 1));
  for (const cell of random.shuffle(others)) if (chosen.size < cuts) chosen.add(cell);
  return chosen.size === cuts ? [...chosen].map((cell) => linkOf(tree, cell)) : undefined;
}

/**
 * Where cuts are seen: all others are where nobody walks, and for each way there is a place off all ways, no nearer to its animal and no
 * farther, for the gap that must not be on it. That is asked of every way, whoever is right.
 */
function gapsFrom(
  random: Random,
  { grid, cuts }: Board,
  { tree, cells, places, right }: Found,
): Link[] | undefined {
  const walked = new Set(cells.flatMap((cell) => wayBack(tree, cell).map((one) => keyOf(linkOf(tree, one)))));
  const free = grid.links.filter(
    (link) => !walked.has(keyOf(link)) && !link.some((cell) => tree[cell] === -1 || cells.includes(cell)),
  );
  if (free.length < cuts) return undefined;
  const mixed = random.shuffle(free);
  const others = mixed.slice(0, cuts - cells.length);
  const rest = mixed.slice(others.length);
  const on = places.map((cell) => linkOf(tree, cell));
  const off = on.map((gap, i) => {
    const away = distance(grid, cells[i]!, gap);
    const fit = rest.filter((link) => distance(grid, cells[i]!, link) === away);
    if (fit.length < 2) return fit[0];
    // Of several that by which least changes for the other animals: how far their two nearest gaps are
    const left = [...others, ...on.toSpliced(i, 1)];
    const change = fit.map(() => 0);
    for (const [j, cell] of cells.entries()) {
      if (j === i) continue;
      const two = left
        .map((link) => distance(grid, cell, link))
        .sort((a, b) => a - b)
        .slice(0, 2);
      const was = nearest(two, distance(grid, cell, gap));
      for (const [k, link] of fit.entries()) {
        const is = nearest(two, distance(grid, cell, link));
        change[k]! += Math.abs(is[0]! - was[0]!) + Math.abs(is[1]! - was[1]!);
      }
    }
    return fit[change.indexOf(Math.min(...change))];
  });
  return off.every((link) => link !== undefined) ? [...others, ...on.with(right, off[right]!)] : undefined;
}

const nearest = ([a, b]: number[], c: number) => (c < a! ? [c, a!] : c < b! ? [a!, c] : [a!, b!]);

const keyOf = ([a, b]: Link) => Math.min(a, b) * 64 + Math.max(a, b);

/** From a cell to the middle of a link: the square of the distance, in steps. */
function distance({ columns }: Grid, cell: number, [a, b]: Link): number {
  const across = ((a % columns) + (b % columns)) / 2 - (cell % columns);
  const down = (Math.floor(a / columns) + Math.floor(b / columns)) / 2 - Math.floor(cell / columns);
  return across * across + down * down;
}
