/**
 * The routes of `strong`: through a grid of two rows, from place to neighbouring place, sideways, straight up or down or slantwise, and now
 * and then past one, between the rows. One route is asked for and begins in the first column; another takes up what is left, and begins there too where there is room.
 */
import type { Random } from '../../util/random.ts';

/** Row by row from the left: 2 · column + row. */
export type Place = number;

export interface Routes {
  readonly columns: number;
  /** In the order in which the line passes them. */
  readonly asked: readonly Place[];
  readonly other: readonly Place[];
}

export const columnOf = (place: Place): number => place >> 1;
export const rowOf = (place: Place): 0 | 1 => (place & 1) as 0 | 1;

/** Whether a line from one to the other has to pass a place. */
export const isLeap = (from: Place, to: Place): boolean => Math.abs(columnOf(from) - columnOf(to)) === 2;

const TRIES = 60;

/** Routes of so many places. `leaps`: how likely a line passes a place where it can. */
export function routesOf(asked: number, other: number, leaps: number, random: Random): Routes {
  const columns = Math.ceil((asked + other) / 2);
  const spare = (asked + other) % 2 === 1;
  for (let i = 0; i < TRIES; i++) {
    const grid = new Grid(columns);
    if (spare) grid.take(random.integer(2, 2 * columns - 1));
    const start = random.below(2);
    const first = grid.walk(start, asked, leaps, random);
    if (!first) continue;
    const second = grid.walk(grid.isFree(1 - start) ? 1 - start : grid.any(random), other, leaps, random);
    if (second) return { columns, asked: first, other: second };
  }
  return plainRoutes(columns, asked, other, random.below(2));
}

class Grid {
  /** A bit for each place. */
  #free: number;
  /** Two lines that leap would be hard to tell apart. */
  #leaped = false;

  constructor(columns: number) {
    this.#free = 4 ** columns - 1;
  }

  isFree(place: Place): boolean {
    return (this.#free & (1 << place)) !== 0;
  }

  any(random: Random): Place {
    return pick(this.#free, random);
  }

  take(place: Place): void {
    this.#free &= ~(1 << place);
  }

  /** Takes what it passes; undefined where it got stuck. */
  walk(start: Place, length: number, leaps: number, random: Random): Place[] | undefined {
    this.take(start);
    const route = [start];
    for (let at = start; route.length < length; route.push(at)) {
      const far = leaps > 0 && !this.#leaped && random.chance(leaps) ? this.#free & twoAway(at) : 0;
      this.#leaped ||= far !== 0;
      const next = far || this.#free & near(at);
      if (next === 0) return undefined;
      at = pick(next, random);
      this.take(at);
    }
    return route;
  }
}

/** The places of its column and of those beside it. */
const near = (place: Place): number => (0b111111 << (2 * columnOf(place))) >> 2;

/** In the same row. */
const twoAway = (place: Place): number => (1 << (place + 4)) | ((1 << place) >> 4);

/** One of the places in a set. */
function pick(set: number, random: Random): Place {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  let rest = set;
  for (let skip = random.below(count); skip > 0; skip--) rest &= rest - 1;
  return 31 - Math.clz32(rest & -rest);
}

/** There and back: what is asked along one row and then the other, from its end, until it meets the other route. */
function plainRoutes(columns: number, asked: number, other: number, row: number): Routes {
  const there = Array.from({ length: columns }, (_, k) => 2 * k + row);
  const back = Array.from({ length: columns }, (_, k) => 2 * k + 1 - row);
  return { columns, asked: [...there, ...back.toReversed()].slice(0, asked), other: back.slice(0, other) };
}
