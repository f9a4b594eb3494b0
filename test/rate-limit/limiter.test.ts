import { describe, expect, it } from 'vitest';
import { canonicalAddress, maskAddress, networksOf } from '../../lib/rate-limit/address.ts';
import { createRateLimiter } from '../../lib/rate-limit/limiter.ts';
import { withLimits } from '../../lib/rate-limit/rules.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import { createKeyset } from '../../lib/token/keys.ts';

function setUp(limit = 3) {
  let now = Date.UTC(2026, 0, 1);
  const clock = () => now;
  const keys = createKeyset('k'.repeat(32));
  const limiter = createRateLimiter({
    rules: withLimits({ generate: { limit, windowMs: 60_000 } }),
    pseudonym: (name) => keys.mac('address', name),
    clock,
  });
  const store = createMemoryStore({ clock });
  const ask = async (address: string) => {
    const hits = limiter.plan('generate', { address });
    return limiter.recall(hits) ?? limiter.judge(hits, await store.hit(hits))!;
  };
  return { limiter, store, ask, advance: (ms: number) => (now += ms) };
}

describe('addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('%s is %s', (given, canonical) => expect(canonicalAddress(given)).toBe(canonical));

  it.each(['', 'localhost', '192.0.2', '192.0.2.256', '0x7f.1', '1', ':::', '192.0.2.1, 192.0.2.2'])(
    '%j is no address',
    (given) => expect(canonicalAddress(given)).toBeUndefined(),
  );

  it('counts IPv6 by /64, /56 and /48', () => {
    expect(networksOf('2001:db8:1:23ff::5')).toEqual([
      { name: '2001:db8:1:23ff::/64', factor: 1 },
      { name: '2001:db8:1:2300::/56', factor: 4 },
      { name: '2001:db8:1::/48', factor: 16 },
    ]);
  });

  it('masks for logs', () => {
    expect(maskAddress('192.0.2.77')).toBe('192.0.2.0/24');
    expect(maskAddress('2001:db8:1:2::5')).toBe('2001:db8:1::/48');
  });
});

describe('the limiter', () => {
  it('refuses past the limit and says when to come back', async () => {
    const { ask, advance } = setUp(3);
    expect((await ask('192.0.2.1')).remaining).toBe(2);
    await ask('192.0.2.1');
    expect(await ask('192.0.2.1')).toMatchObject({ allowed: true, remaining: 0 });
    const refused = await ask('192.0.2.1');
    expect(refused).toMatchObject({ allowed: false, remaining: 0, limit: 3, windowSeconds: 60 });
    expect((await ask('192.0.2.2')).allowed).toBe(true);
    // From the cache until the window ends, then from the store; both must be kept to for success.
    advance(refused.resetSeconds * 1000);
    const second = await ask('192.0.2.1');
    if (!second.allowed) advance(second.resetSeconds * 1000);
    expect((await ask('192.0.2.1')).allowed).toBe(true);
  });

  it('catches one who changes the lower half of an IPv6 address', async () => {
    const { ask } = setUp(3);
    for (let i = 1; i <= 3; i++) expect((await ask(`2001:db8::${i}`)).allowed).toBe(true);
    expect((await ask('2001:db8::ffff')).allowed).toBe(false);
  });

  it('catches one who walks through the /64s of a /56', async () => {
    const { ask } = setUp(3);
    let allowed = 0;
    for (let i = 0; i < 50; i++) if ((await ask(`2001:db8:0:${i.toString(16)}::1`)).allowed) allowed++;
    expect(allowed).toBe(12);
  });

  it('does not ask the store while a counter stands at its limit, and never changes a decision', async () => {
    const { limiter, ask } = setUp(2);
    await ask('192.0.2.1');
    await ask('192.0.2.1');
    expect(limiter.recall(limiter.plan('generate', { address: '192.0.2.1' }))?.allowed).toBe(false);
    expect(limiter.recall(limiter.plan('generate', { address: '192.0.2.9' }))).toBeUndefined();
  });

  it('never lets an address through to the store in clear', () => {
    const { limiter } = setUp();
    const keys = limiter.plan('generate', { address: '192.0.2.1' }).map(({ key }) => key);
    expect(keys.join()).not.toContain('192');
  });
});

describe('what the limiter keeps in memory is bounded', () => {
  it('refusals: the oldest goes first, and is asked of the store again', async () => {
    const keys = createKeyset('k'.repeat(32));
    const clock = () => Date.UTC(2026, 0, 1);
    const limiter = createRateLimiter({
      rules: withLimits({ generate: { limit: 1, windowMs: 60_000 } }),
      pseudonym: (name) => keys.mac('address', name),
      clock,
      maxRecalled: 2,
    });
    const store = createMemoryStore({ clock });
    const hitsOf = (address: string) => limiter.plan('generate', { address });
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
      limiter.judge(hitsOf(address), await store.hit(hitsOf(address)));
    const known = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => limiter.recall(hitsOf(address)));
    expect(known.map((each) => each?.allowed)).toEqual([undefined, false, false]);
  });

  it('pseudonyms: hashed again after many others', () => {
    const hashed: string[] = [];
    const limiter = createRateLimiter({
      rules: withLimits({}),
      pseudonym: (name) => {
        hashed.push(name);
        return new Uint8Array(32);
      },
      clock: Date.now,
    });
    for (let i = 0; i < 1000; i++) limiter.plan('generate', { address: `10.0.${i >> 8}.${i & 255}` });
    expect(hashed).toHaveLength(1000);
    limiter.plan('generate', { address: '10.0.0.0' });
    expect(hashed).toHaveLength(1001);
  });
});

it('a rule with another window starts a counter of its own', () => {
  const keyFor = (windowMs: number) =>
    createRateLimiter({
      rules: withLimits({ generate: { limit: 1, windowMs } }),
      pseudonym: () => new Uint8Array(32),
      clock: Date.now,
    }).plan('generate', { address: '192.0.2.1' })[0]!.key;
  expect(keyFor(60_000)).not.toBe(keyFor(30_000));
});
