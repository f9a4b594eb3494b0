/**
 * Counters that lie beside a record: how often something was done with one challenge. Their window is twice as long as the challenge lives,
 * so that two adjoining ones hold every count; what they add up to decides, not the limit, for a sliding window would give counts back.
 */
import type { Hit, Tally } from '../store/store.ts';

/** `name`: what is counted, `most`: how often it may be. */
export const countersBeside =
  (id: string, shard: number, ttlSeconds: number) =>
  (name: string, most: number) =>
  (cost: 0 | 1): Hit => {
    const windowMs = 2000 * ttlSeconds;
    return { key: `${name}:${windowMs}:${id}`, shard, limit: most, windowMs, cost };
  };

/** All that was counted. */
export const total = ({ previous, current }: Tally): number => previous + current;
