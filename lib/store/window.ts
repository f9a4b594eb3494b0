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
  counter.current += hit.cost;
  return tallyOf(counter, hit, now);
}

/** What the counter says after the hit has been counted in its current window. */
function tallyOf(counter: WindowCounter, hit: Hit, now: number): Tally {
  const windowEndsAt = (counter.index + 1) * hit.windowMs;
  const share = Math.min(1, Math.max(0, (windowEndsAt - now) / hit.windowMs));
  const before = Math.min(counter.previous, hit.limit) * share + (counter.current - hit.cost);
  return {
    allowed: before + 1 <= hit.limit,
    previous: counter.previous,
    current: counter.current,
    windowEndsAt,
    now,
  };
}

/** Whether a call is refused: by any of its hits. */
export const isLimited = (tallies: readonly Tally[]): boolean => tallies.some(({ allowed }) => !allowed);

/**
 * The same as `countHit` for a store that keeps one count per window and has counted the hit where the caller's clock stood. If somebody whose
 * clock is ahead has begun the next window, that one is current and the hit is the last of the previous one.
 */
export function tallyOfWindows(countIn: (index: number) => number, hit: Hit, now: number): Tally {
  const index = Math.floor(now / hit.windowMs);
  const here = countIn(index);
  const ahead = countIn(index + 1);
  return ahead > 0
    ? tallyOf({ index: index + 1, current: ahead, previous: here - hit.cost }, { ...hit, cost: 0 }, now)
    : tallyOf({ index, current: here, previous: countIn(index - 1) }, hit, now);
}
