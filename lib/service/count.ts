/** Counts that no record takes along. */
import { type Decision, isBrake, type PlannedHit } from '../rate-limit/limiter.ts';
import type { ServiceParts } from './contract.ts';

/** Undefined: the count could not be made, and its rule lets that pass. */
export async function countAlone(
  { store, limiter }: ServiceParts,
  hits: readonly PlannedHit[],
): Promise<Decision | undefined> {
  try {
    return limiter.judge(hits, await store.hit(hits));
  } catch (error) {
    if (hits.some(({ bucket }) => !isBrake(bucket) && limiter.rules[bucket].onStoreError === 'deny'))
      throw error;
    return undefined;
  }
}
