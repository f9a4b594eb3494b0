import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hit } from '../../lib/store/store.ts';
import { countHit, type WindowCounter } from '../../lib/store/window.ts';

const hit: Hit = { key: 'k', shard: 0, limit: 10, windowMs: 1000, cost: 1 };
const fresh = (): WindowCounter => ({ index: 0, current: 0, previous: 0 });

describe('the sliding-window counter', () => {
  it('weighs the last window by what is left of it', () => {
    const counter = fresh();
    for (let i = 0; i < 10; i++) expect(countHit(counter, hit, 500).allowed).toBe(true);
    expect(countHit(counter, hit, 500).allowed).toBe(false);
    // 11 were counted, capped at 10: half a window later they weigh 5, so 5 more fit.
    for (let i = 0; i < 5; i++) expect(countHit(counter, hit, 1500).allowed).toBe(true);
    expect(countHit(counter, hit, 1500).allowed).toBe(false);
  });

  it('forgets after two windows', () => {
    const counter = fresh();
    for (let i = 0; i < 50; i++) countHit(counter, hit, 0);
    expect(countHit(counter, hit, 2000)).toMatchObject({ allowed: true, previous: 0, current: 1 });
  });

  it('does not give anything for a clock that steps back', () => {
    const counter = fresh();
    for (let i = 0; i < 10; i++) countHit(counter, hit, 5500);
    expect(countHit(counter, hit, 4000).allowed).toBe(false);
  });

  it('allows less than twice the limit in any one window, whatever the arrivals', () => {
    let worst = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 20, maxLength: 200 }), (gaps) => {
        const counter = fresh();
        const allowed: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (countHit(counter, hit, now).allowed) allowed.push(now);
        }
        for (const from of allowed) {
          const within = allowed.filter((at) => at >= from && at < from + hit.windowMs).length;
          worst = Math.max(worst, within);
          expect(within).toBeLessThan(2 * hit.limit);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(worst).toBeGreaterThan(hit.limit);
  });
});
