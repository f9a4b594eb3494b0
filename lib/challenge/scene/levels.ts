/** What the three difficulties mean. 1 takes a person 2–4 s, 2 takes 4–6 s, 3 takes 6–9 s. */
import type { Difficulty } from '../challenge.ts';

export interface Level {
  /** How many things lie in a scene of "what is there" and "what is not there": from, to. */
  readonly things: readonly [number, number];
  /** How many lie in one where something is counted: a wide range, so that the total says nothing. */
  readonly counted: readonly [number, number];
  /** Lowest number of the window of four that a count is drawn from: from, to. */
  readonly window: readonly [number, number];
  /** Tilt in radians, to either side. */
  readonly tilt: number;
  /** Size of a thing against the room it has: from, to. */
  readonly fill: readonly [number, number];
  /** How far two things may run into each other, in parts of the sum of their radii. */
  readonly overlap: number;
  /** Soft shapes on the ground, and specks. */
  readonly blobs: number;
  readonly specks: number;
}

export const LEVELS: Readonly<Record<Difficulty, Level>> = {
  1: {
    things: [6, 7],
    counted: [6, 10],
    window: [1, 2],
    tilt: 0.14,
    fill: [0.78, 0.92],
    overlap: 0.06,
    blobs: 4,
    specks: 0,
  },
  2: {
    things: [12, 15],
    counted: [11, 17],
    window: [2, 4],
    tilt: 0.4,
    fill: [0.8, 0.98],
    overlap: 0.12,
    blobs: 6,
    specks: 12,
  },
  3: {
    things: [22, 26],
    counted: [20, 27],
    window: [4, 6],
    tilt: 0.65,
    fill: [0.78, 0.96],
    overlap: 0.24,
    blobs: 5,
    specks: 12,
  },
};
