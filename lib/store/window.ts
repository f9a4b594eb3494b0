/**
 * The sliding-window counter that every store keeps: two adjoining fixed windows, the older weighted by what is left of it
 * ("Approximate sliding window", as Cloudflare published it in 2017):
 *
 *     estimate = min(previous, limit) · (share of the window still to come) + current
 *
 * A hit is allowed while the estimate, itself included, is at most the limit. Every hit that reaches the store counts, refused ones too,
 * so `current` may pass the limit; `previous` is capped, so that a burst is not punished for longer than one window. Against an
 * exact log the worst case within any one window is below twice the limit.
 */
import type { Hit, Tally } from './store.ts';

export interface WindowCounter {
  /** Index of the current window: floor(now / window). */
  index: number;
  current: number;
  previous: number;
}

/** Rolls the counter forward to `now`, counts the hit, and says whether it is allowed. Changes `counter`. */
export function countHit(counter: WindowCounter, hit: Hit, now: number): Tally {
  const index = Math.floor(now / hit.windowMs);
  if (index > counter.index) {
    counter.previous = index === counter.index + 1 ? counter.current : 0;
    counter.current = 0;
    counter.index = index;
  }
  // A clock that stepped back by less than a window still counts here: never against the visitor twice, never for free.
  const windowEndsAt = (counter.index + 1) * hit.windowMs;
  const share = Math.min(1, Math.max(0, (windowEndsAt - now) / hit.windowMs));
  const before = Math.min(counter.previous, hit.limit) * share + counter.current;
  counter.current += hit.cost;
  return {
    allowed: before + 1 <= hit.limit,
    previous: counter.previous,
    current: counter.current,
    windowEndsAt,
    now,
  };
}
