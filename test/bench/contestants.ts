/** Everybody on the drawing bench, ours first. */
import type { Contestant } from './contestant.ts';
import { ours } from './ours.ts';
import { peers } from './peers.ts';

export const contestants: readonly Contestant[] = [...ours, ...peers];
