import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../lib/rate-limit/limiter.ts';
import { withLimits } from '../../lib/rate-limit/rules.ts';
import type { Brakes } from '../../lib/site/brakes.ts';
import { POLICIES } from '../../lib/site/policy.ts';
import type { Site } from '../../lib/site/site.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import { createKeyset } from '../../lib/token/keys.ts';
import { seededRandom } from '../../lib/util/random.ts';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 0, 1, 12);
const site = (brakes: Omit<Brakes, 'beyond'>, key = 'shop'): Site => ({
  key,
  secrets: [],
  origins: [],
  policy: POLICIES.standard,
  brakes: { ...brakes, beyond: 'refuse' },
});

function setUp() {
  let now = NOON;
  const clock = () => now;
  const keys = createKeyset('k'.repeat(32));
  const random = seededRandom('brakes', 'sample');
  const limiterOf = () =>
    createRateLimiter({
      rules: withLimits({}),
      pseudonym: (name) => keys.mac('address', name),
      clock,
      unit: () => random.unit(),
    });
  const store = createMemoryStore({ clock });
  /** Asks through one of several instances that share the store. */
  const ask = async (limiter: ReturnType<typeof limiterOf>, of: Site) => {
    const { hits, known } = limiter.brakes(of);
    return known ?? (hits.length > 0 ? limiter.judge(hits, await store.hit(hits))! : { allowed: true });
  };
  return { limiterOf, store, ask, advance: (ms: number) => (now += ms) };
}

describe('the daily budget', () => {
  it('counts exactly up to 10,000, over every instance', async () => {
    const { limiterOf, ask } = setUp();
    const instances = [limiterOf(), limiterOf(), limiterOf()];
    const shop = site({ dailyChallenges: 100 });
    let allowed = 0;
    for (let i = 0; i < 300; i++) if ((await ask(instances[i % 3]!, shop)).allowed) allowed++;
    expect(allowed).toBe(100);
  });

  it('begins anew at midnight UTC, and says when that is', async () => {
    const { limiterOf, ask, advance } = setUp();
    const limiter = limiterOf();
    const shop = site({ dailyChallenges: 1 });
    await ask(limiter, shop);
    const first = await ask(limiter, shop);
    const recalled = await ask(limiter, shop);
    for (const refused of [first, recalled])
      expect(refused).toMatchObject({ allowed: false, bucket: 'daily', limit: 1, resetSeconds: 12 * 3600 });
    advance(DAY / 2 - 1);
    expect((await ask(limiter, shop)).allowed).toBe(false);
    advance(1);
    expect((await ask(limiter, shop)).allowed).toBe(true);
  });

  it('is each site’s own', async () => {
    const { limiterOf, ask } = setUp();
    const limiter = limiterOf();
    await ask(limiter, site({ dailyChallenges: 1 }));
    expect((await ask(limiter, site({ dailyChallenges: 1 }))).allowed).toBe(false);
    expect((await ask(limiter, site({ dailyChallenges: 1 }, 'blog'))).allowed).toBe(true);
  });

  it('counts a sample of a large one: within 3 %, with a tenth of the store calls', async () => {
    const { limiterOf, store, ask } = setUp();
    const limiter = limiterOf();
    const shop = site({ dailyChallenges: 100_000 });
    let calls = 0;
    const { hit } = store;
    store.hit = (hits) => {
      calls++;
      return hit(hits);
    };
    let allowed = 0;
    let refused: unknown;
    for (let i = 0; i < 130_000; i++) {
      const decision = await ask(limiter, shop);
      if (decision.allowed) allowed++;
      else refused = decision;
    }
    expect(allowed).toBeGreaterThan(97_000);
    expect(allowed).toBeLessThan(103_000);
    expect(calls).toBeLessThan(10_400);
    expect(refused).toMatchObject({ limit: 100_000, remaining: 0 });
  });
});

describe('the bound on wrong answers', () => {
  it('is looked at by a challenge and counted by an answer', async () => {
    const { limiterOf, store, ask, advance } = setUp();
    const limiter = limiterOf();
    const shop = site({ failed: { limit: 3, windowMs: 60_000 } });
    for (let i = 0; i < 20; i++) expect((await ask(limiter, shop)).allowed).toBe(true);
    for (let i = 0; i < 3; i++) await store.hit(limiter.failedBrake(shop, 1));
    await store.hit(limiter.failedBrake(shop, 0));
    expect(await ask(limiter, shop)).toMatchObject({ allowed: false, bucket: 'site-failed' });
    advance(120_000);
    expect((await ask(limiter, shop)).allowed).toBe(true);
  });

  it('is silent where a site has none', () => {
    const limiter = setUp().limiterOf();
    expect(limiter.failedBrake(site({ dailyChallenges: 5 }), 1)).toEqual([]);
    const { brakes: _, ...bare } = site({});
    expect(limiter.brakes(bare)).toEqual({ hits: [], known: undefined });
  });
});

it('a visitor’s own limit speaks before a brake', async () => {
  const { limiterOf, store } = setUp();
  const limiter = limiterOf();
  const shop: Site = {
    ...site({ dailyChallenges: 1 }),
    limits: { generate: { limit: 2, windowMs: 60_000 } },
  };
  const ask = async (address: string) => {
    const hits = [...limiter.plan('generate', { address }, 1, shop), ...limiter.brakes(shop).hits];
    return limiter.judge(hits, await store.hit(hits))!;
  };
  expect(await ask('192.0.2.1')).toMatchObject({ allowed: true, bucket: 'generate', limit: 2, remaining: 1 });
  expect(await ask('192.0.2.1')).toMatchObject({ allowed: false, bucket: 'daily' });
  expect(await ask('192.0.2.1')).toMatchObject({ allowed: false, bucket: 'generate', limit: 2 });
});
