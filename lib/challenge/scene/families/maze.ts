/**
 * "Who can walk to the house": paths in several islands, or paths with gaps and planks.
 *
 * The house and four animals are set down first, and one of the animals is chosen by lot; then a tree of paths grows that joins
 * them all, whoever is right; only then each wrong way is cut somewhere. So nothing but the cuts tells the animals apart:
 * not where they stand, not how far from the house, not which way their path sets out.
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
  wayBetween,
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
  { columns: 7, rows: 5, cuts: 4, planks: 5, far: 4 },
  { columns: 8, rows: 6, cuts: 5, planks: 8, far: 6 },
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

function draft(random: Random, size: Size, question: 'maze' | 'gaps'): Draft {
  const grid = gridOf(size.columns, size.rows);
  const right = random.below(4);
  const goal = random.pick(GOALS);
  const animals = gather(random, WALKERS, 4, [goal]);
  const [home, ...cells] = scattered(random, grid, 5) as [number, ...number[]];
  // Every wrong way has a gap, so the nearest gap would tell: how many animals have one nearer than the right one is drawn first
  const rank = question === 'gaps' ? random.below(4) : undefined;
  const fits = (cut: readonly Link[]) =>
    rank === undefined || rankOf(random, grid, cells, right, cut) === rank;
  for (;;) {
    const tree = growTree(random, grid, cells);
    const ways = cells.map((cell) => wayBetween(tree, home, cell));
    if (ways.some((way) => way.length < size.far)) continue;
    let cut: Link[] | undefined;
    for (let tries = 0; tries < 8 && !cut; tries++) {
      cut = cuts(random, tree, ways, right, size.cuts);
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

/** How many of the animals have a gap nearer to them than the right one has; equals come in any order. */
function rankOf(
  random: Random,
  grid: Grid,
  cells: readonly number[],
  right: number,
  cut: readonly Link[],
): number {
  const gaps = cut.map(([a, b]) => {
    const [ax, ay] = centerOf(grid, a);
    const [bx, by] = centerOf(grid, b);
    return [(ax + bx) / 2, (ay + by) / 2] as const;
  });
  const nearest = cells.map((cell) => {
    const [x, y] = centerOf(grid, cell);
    return Math.min(...gaps.map(([gapX, gapY]) => (x - gapX) ** 2 + (y - gapY) ** 2));
  });
  const own = nearest[right]!;
  const equals = nearest.filter((distance) => Math.abs(distance - own) < 1).length;
  return nearest.filter((distance) => distance <= own - 1).length + random.below(equals);
}

/** `count` links to cut: none on the right way, at least one on each wrong one; undefined when that cannot be done. */
function cuts(
  random: Random,
  tree: readonly Link[],
  ways: readonly Link[][],
  right: number,
  count: number,
): Link[] | undefined {
  const free = (link: Link) => !ways[right]!.includes(link);
  const chosen = new Set<Link>();
  for (const [i, way] of ways.entries()) {
    if (i === right || way.some((link) => chosen.has(link))) continue;
    const places = way.slice(0, -STUB).filter(free);
    if (places.length === 0) return undefined;
    chosen.add(random.pick(places));
  }
  const inner = (link: Link) => !ways.some((way) => way.slice(-STUB).includes(link));
  const others = random.shuffle(tree.filter((link) => free(link) && inner(link) && !chosen.has(link)));
  for (const link of others) if (chosen.size < count) chosen.add(link);
  return chosen.size === count ? [...chosen] : undefined;
}
