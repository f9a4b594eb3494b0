/**
 * How far the sliding-window counter is from an exact log of arrivals, and that the cache of refusals changes no decision. The figures
 * stand in docs/limits.md; fixed seeds, so they are these to the last digit.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createRateLimiter, type RateLimiter } from '../../lib/rate-limit/limiter.ts';
import { withLimits } from '../../lib/rate-limit/rules.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Hit } from '../../lib/store/store.ts';
import { countHit } from '../../lib/store/window.ts';
import { createKeyset } from '../../lib/token/keys.ts';
import { seededRandom } from '../../lib/util/random.ts';

const LIMIT = 30;
const WINDOW = 60_000;
const HIT: Hit = { key: 'k', shard: 0, limit: LIMIT, windowMs: WINDOW, cost: 1 };
const LENGTH = 200 * WINDOW;

/** Arrivals of a Poisson stream at `rate` times the limit. */
function poisson(rate: number): number[] {
  const random = seededRandom(`poisson ${rate}`, 'limits');
  const arrivals: number[] = [];
  for (let at = 0; at < LENGTH; ) {
    at += (-Math.log(1 - random.unit()) * WINDOW) / (LIMIT * rate);
    arrivals.push(at);
  }
  return arrivals;
}

/** All at once at the end of one window, then each request at the first moment at which it is let through. */
function adversary(): number[] {
  const counter = { index: 0, current: 0, previous: 0 };
  const arrivals = Array.from({ length: LIMIT }, () => WINDOW - 1);
  for (const now of arrivals) countHit(counter, HIT, now);
  for (let now = WINDOW; now < 3 * WINDOW; now++)
    while (countHit(counter, { ...HIT, cost: 0 }, now).allowed) {
      countHit(counter, HIT, now);
      arrivals.push(now);
    }
  return arrivals;
}

/** An exact log of every request, refused ones too, as the counter counts them. */
function exactLog() {
  let log: number[] = [];
  return (now: number) => {
    log = log.filter((at) => at > now - WINDOW);
    log.push(now);
    return log.length <= LIMIT;
  };
}

function compare(arrivals: readonly number[]) {
  const counter = { index: 0, current: 0, previous: 0 };
  const exact = exactLog();
  const allowed: number[] = [];
  let [differ, exactAllowed] = [0, 0];
  for (const now of arrivals) {
    const ours = countHit(counter, HIT, now).allowed;
    const theirs = exact(now);
    if (ours) allowed.push(now);
    if (theirs) exactAllowed++;
    if (ours !== theirs) differ++;
  }
  let most = 0;
  for (let from = 0, to = 0; to < allowed.length; to++) {
    while (allowed[from]! <= allowed[to]! - WINDOW) from++;
    most = Math.max(most, to - from + 1);
  }
  return {
    differ: `${((100 * differ) / arrivals.length).toFixed(1)} %`,
    allowed: `${((100 * allowed.length) / exactAllowed).toFixed(1)} %`,
    most: (most / LIMIT).toFixed(2),
  };
}

const row = (name: string, { differ, allowed, most }: ReturnType<typeof compare>) =>
  `| ${name} | ${differ} | ${allowed} | ${most} |`;

it('docs/limits.md says what is measured', () => {
  const docs = readFileSync('docs/limits.md', 'utf8');
  for (const rate of [0.5, 0.9, 1.1, 2, 5])
    expect(docs).toContain(row(`random, ${rate} × the limit`, compare(poisson(rate))));
  const worst = compare(adversary());
  expect(docs).toContain(row('burst at a window’s end, then all that is let through', worst));
  expect(Number(worst.most)).toBeLessThan(2);
});

it('the cache of refusals changes no decision, and spares the store', async () => {
  const random = seededRandom('cache', 'limits');
  const keys = createKeyset('k'.repeat(32));
  let now = 0;
  const clock = () => now;
  const make = () =>
    createRateLimiter({
      rules: withLimits({ generate: { limit: 5, windowMs: 1000 } }),
      pseudonym: (name) => keys.mac('address', name),
      clock,
    });
  const [withCache, without] = [make(), make()];
  const [a, b] = [createMemoryStore({ clock }), createMemoryStore({ clock })];
  let [calls, asked] = [0, 0];
  const decide = async (limiter: RateLimiter, store: typeof a, cached: boolean, address: string) => {
    const hits = limiter.plan('generate', { address });
    const recalled = cached ? limiter.recall(hits) : undefined;
    if (recalled) return recalled.allowed;
    if (cached) calls++;
    return limiter.judge(hits, await store.hit(hits))!.allowed;
  };
  for (let i = 0; i < 20_000; i++) {
    now += random.below(60);
    const address = random.pick(['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8:0:1::1']);
    asked++;
    expect(await decide(withCache, a, true, address)).toBe(await decide(without, b, false, address));
  }
  expect(calls).toBeLessThan(asked * 0.9);
});
