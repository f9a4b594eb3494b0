/**
 * "What is at the other end of the rope". Where the rope begins, which four ends are options and which of them is right is drawn
 * first; then ropes are tangled until they fit. So where a rope ends says nothing about where it began.
 */
import type { Random } from '../../../util/random.ts';
import { ask } from '../asked.ts';
import { BY_WEIGHT, gather } from '../choose.ts';
import { upright } from '../drawing/grid.ts';
import { endOf, laneEnd, ropesDrawing, type Swap } from '../drawing/ropes.ts';
import type { Family } from '../graph.ts';

interface Tangle {
  readonly lanes: number;
  readonly columns: number;
  /** Fewest times that the rope in question changes lanes. */
  readonly turns: number;
  /** Share of the meetings of two ropes that are no crossing. */
  readonly shy: number;
}

const TANGLES: readonly [Tangle, Tangle] = [
  { lanes: 5, columns: 6, turns: 3, shy: 0.25 },
  { lanes: 6, columns: 7, turns: 4, shy: 0.35 },
];
const ICON = 44;

const HOLDERS = BY_WEIGHT.filter(
  ({ sort, typical, name }) => sort === 'animal' && typical && name !== 'swan',
);
const TIED = BY_WEIGHT.filter(({ sort }) => sort !== 'animal' && sort !== 'sky');

export const rope: Family = (random, difficulty) => {
  const { lanes, columns, turns, shy } = TANGLES[difficulty === 3 ? 1 : 0];
  const from = random.below(lanes);
  const ends = random.sample(
    Array.from({ length: lanes }, (_, lane) => lane),
    4,
  );
  const right = random.below(4);
  const holders = gather(random, HOLDERS, lanes);
  const tied = gather(random, TIED, lanes, holders);
  let tangle: Swap[][];
  do tangle = Array.from({ length: columns }, () => column(random, lanes, shy));
  while (endOf({ columns: tangle }, from) !== ends[right] || turnsOf(tangle, from) < turns);
  return {
    drawing: ropesDrawing({
      lanes,
      columns: tangle,
      stray: Array.from({ length: columns + 1 }, () =>
        Array.from({ length: lanes }, () => random.between(-5, 5)),
      ),
      from,
    }),
    items: [
      ...holders.map((object, lane) => upright(object, laneEnd(lanes, lane, 'left'), ICON)),
      ...tied.map((object, lane) => upright(object, laneEnd(lanes, lane, 'right'), ICON)),
    ],
    question: ask(random, 'rope', holders[from]!),
    claims: ends.map((lane) => ({ says: 'one', object: tied[lane]! })),
    right,
  };
};

/** Some neighbours meet, no rope twice. */
function column(random: Random, lanes: number, shy: number): Swap[] {
  const swaps: Swap[] = [];
  for (let lane = random.below(2); lane + 1 < lanes; lane++) {
    if (!random.chance(0.72)) continue;
    swaps.push({ lane, over: random.chance(shy) ? undefined : random.chance() });
    lane++;
  }
  return swaps;
}

function turnsOf(columns: readonly (readonly Swap[])[], from: number): number {
  return columns.filter(
    (_, i) =>
      endOf({ columns: columns.slice(0, i) }, from) !== endOf({ columns: columns.slice(0, i + 1) }, from),
  ).length;
}
