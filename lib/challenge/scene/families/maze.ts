/**
 * "Who can walk to the house": paths in several islands, or paths with gaps and planks.
 *
 * The house and four animals are set down first, and one of the animals is chosen by lot; then a tree of paths grows that joins
 * them all, whoever is right; only then each wrong way is cut somewhere. So nothing but the cuts tells the animals apart:
 * not where they stand, not how far from the house, not which way their path sets out. For the right one a gap is cut where no way
 * leads, as far from it as one on its own way would have been: how near the gaps are says nothing either.
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
  scattered,
  upright,
  waysFrom,
} from '../drawing/grid.ts';
import { pathsDrawing } from '../drawing/paths.ts';
import type { Draft, Family } from '../graph.ts';
import { OBJECTS } from '../objects.ts';

interface Size {
  readonly columns: number;
  readonly rows: number;
  readonly cuts: number;
  readonly planks: number;
  /** Fewest links from an animal to the house. */
  readonly far: number;
}

const MAZE: Size = { columns: 7, rows: 5, cuts: 4, planks: 0, far: 4 };
const GAPS: readonly [Size, Size] = [
  { columns: 7, rows: 5, cuts: 10, planks: 5, far: 4 },
  { columns: 8, rows: 6, cuts: 13, planks: 8, far: 6 },
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
/** Nothing is cut so near to an animal: that would be seen without following anything. */
const STUB = 2;
/** After so many trees any gaps will do: some places hardly allow the rank that was drawn. */
const PATIENCE = 500;

function draft(random: Random, size: Size, question: 'maze' | 'gaps'): Draft {
  const grid = gridOf(size.columns, size.rows);
  const right = random.below(4);
  const goal = random.pick(GOALS);
  const animals = gather(random, WALKERS, 4, [goal]);
  const [home, ...cells] = scattered(random, grid, 5) as [number, ...number[]];
  // Every wrong way has a gap, so near gaps would tell: how many animals have nearer ones than the right one is drawn first
  const rank = question === 'gaps' ? random.below(4) : undefined;
  let trees = 0;
  const fits = (cut: readonly Link[]) =>
    rank === undefined || trees > PATIENCE || rankOf(random, grid, cells, right, cut) === rank;
  for (;;) {
    const tree = growTree(random, grid, cells);
    trees++;
    const ways = waysFrom(tree, home, cells);
    if (ways.some((way) => way.length < size.far)) continue;
    let cut: Link[] | undefined;
    for (let tries = 0; tries < 8 && !cut; tries++) {
      cut = cuts(random, { grid, tree, cells, ways, right, count: size.cuts, decoy: rank !== undefined });
      if (!cut) break;
      if (!fits(cut)) cut = undefined;
    }
    if (!cut) continue;
    const open = tree.filter((link) => !cut.includes(link));
    const drawing = pathsDrawing({
      grid,
      goal: home,
      open,
      cut: question === 'gaps' ? cut : [],
      planks: random.sample(open, size.planks),
    });
    return {
      drawing,
      items: [goal, ...animals].map((object, i) =>
        upright(object, centerOf(grid, [home, ...cells][i]!), ICON),
      ),
      question: ask(random, question, goal),
      claims: animals.map((object) => ({ says: 'one', object })),
      right,
    };
  }
}

/** How many of the animals have their two nearest gaps nearer to them than the right one has; equals come in any order. */
function rankOf(
  random: Random,
  grid: Grid,
  cells: readonly number[],
  right: number,
  cut: readonly Link[],
): number {
  const near = cells.map((cell) => {
    const [first, second] = cut.map((link) => Math.sqrt(distance(grid, cell, link))).sort((a, b) => a - b);
    return first! + second!;
  });
  const own = near[right]!;
  const equals = near.filter((each) => Math.abs(each - own) < 0.01).length;
  return near.filter((each) => each <= own - 0.01).length + random.below(equals);
}

interface Ways {
  readonly grid: Grid;
  readonly tree: readonly Link[];
  readonly cells: readonly number[];
  /** From the house to each animal. */
  readonly ways: readonly Link[][];
  readonly right: number;
  readonly count: number;
  /** Whether cuts are seen: then there is one for the right animal too. */
  readonly decoy: boolean;
}

/** `count` links to cut: none on the right way, at least one on each wrong one; undefined when that cannot be done. */
function cuts(random: Random, { grid, tree, cells, ways, right, count, decoy }: Ways): Link[] | undefined {
  const own = ways[right]!;
  const inner = (link: Link) => !own.includes(link) && !ways.some((way) => way.slice(-STUB).includes(link));
  const chosen = new Set<Link>();
  for (const [i, way] of ways.entries()) {
    // The right one as if somebody else were right
    const rival = i === right ? random.pick(ways.filter((other) => other !== own)) : own;
    const places = way.slice(0, -STUB).filter((link) => !rival.includes(link));
    if (places.length === 0) return undefined;
    const place = random.pick(places);
    if (i !== right) chosen.add(place);
    else if (decoy) {
      const wanted = distance(grid, cells[i]!, place);
      const alike = grid.links.filter(
        (link) =>
          distance(grid, cells[i]!, link) === wanted &&
          !isIn(tree, link) &&
          !link.some((cell) => cells.includes(cell)),
      );
      if (alike.length === 0) return undefined;
      chosen.add(random.pick(alike));
    }
  }
  const loose = decoy
    ? grid.links.filter((link) => !isIn(tree, link) && !link.some((cell) => cells.includes(cell)))
    : [];
  const others = random.shuffle([...tree.filter(inner), ...loose].filter((link) => !chosen.has(link)));
  for (const link of others) if (chosen.size < count) chosen.add(link);
  return chosen.size === count ? [...chosen] : undefined;
}

const isIn = (links: readonly Link[], [a, b]: Link) =>
  links.some((link) => link.includes(a) && link.includes(b));

/** From a cell to the middle of a link: the square of the distance, in steps. */
function distance({ columns }: Grid, cell: number, [a, b]: Link): number {
  const across = ((a % columns) + (b % columns)) / 2 - (cell % columns);
  const down = (Math.floor(a / columns) + Math.floor(b / columns)) / 2 - Math.floor(cell / columns);
  return across * across + down * down;
}
