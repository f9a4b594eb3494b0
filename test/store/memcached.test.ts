import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMemcachedStore, type MemcachedStoreOptions } from '../../lib/store/memcached.ts';
import type { Hit, Store } from '../../lib/store/store.ts';
import { startFaultProxy } from '../backends/fault-proxy.ts';
import { type Memcached, type MemcachedSettings, startMemcached } from '../backends/memcached.ts';
import { faultConformance } from '../conformance/faults.ts';
import { storeJourney } from '../conformance/journey.ts';
import { limiterTrace } from '../conformance/limiter-trace.ts';
import { storeConformance } from '../conformance/store.ts';
import { rig } from '../http/rig.ts';

let server: Memcached;
beforeAll(async () => {
  server = await startMemcached();
});
afterAll(() => server.close());

const openOn = (options: Partial<MemcachedStoreOptions> = {}, on = server) =>
  createMemcachedStore({ servers: [on.address], ...options });

async function behindProxy(options: Partial<MemcachedStoreOptions> = {}) {
  const proxy = await startFaultProxy(server);
  const store = openOn({ servers: [`127.0.0.1:${proxy.port}`], timeoutMs: 3000, ...options });
  const close = async () => {
    await store.close();
    await proxy.close();
  };
  return { store, proxy, close };
}

storeConformance('memcached', () => {
  let now = Date.UTC(2026, 0, 1);
  const store = openOn({ clock: () => now });
  return {
    store,
    advance: (ms) => {
      now += ms;
    },
    close: () => store.close(),
  };
});

limiterTrace('memcached', (clock) => {
  const store = openOn({ clock });
  return { store, close: () => store.close() };
});

/** What changes something; reading is another matter. */
const isWrite = (request: Buffer) => /^m[sa] /m.test(request.toString('latin1'));
const isStep = (request: Buffer) => /^ms /m.test(request.toString('latin1'));

faultConformance('memcached', behindProxy, { isCall: isWrite });
faultConformance('memcached with little patience', () => behindProxy({ timeoutMs: 300 }), {
  isCall: isWrite,
  givesUpMs: 1500,
});

storeJourney(
  'memcached',
  async (clock) => ({ ...(await behindProxy({ clock })), dump: () => server.dump() }),
  { isCall: isStep },
);

describe('memcached as it is', () => {
  const BODY = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  const answered = (mark: string, ttlMs = 10_000) => ({ to: 'answered', mark, ttlMs }) as const;
  const hit = (key: string, limit = 10): Hit => ({ key, shard: 0, limit, windowMs: 60_000, cost: 1 });
  const opened: { close(): Promise<void> }[] = [];
  const open = (options: Partial<MemcachedStoreOptions> = {}, on = server): Store => {
    const store = openOn(options, on);
    opened.unshift(store);
    return store;
  };
  const own = async (settings: MemcachedSettings = {}) => {
    const started = await startMemcached(settings);
    opened.push(started);
    return started;
  };
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  it('refuses what has expired and is still there, and in the end it is gone', async () => {
    const store = open({ prefix: 'short:' });
    await store.put('a', BODY, 150);
    await store.put('b', BODY, 150);
    expect((await store.transition('a', answered('n', 150))).outcome).toBe('done');
    await sleep(170);
    const there = () => server.ask('mg short:r:a\r\nmn\r\n', 'MN\r\n');
    expect(await there()).toContain('HD');
    expect(await store.get('a')).toBeUndefined();
    expect((await store.transition('a', answered('n'))).outcome).toBe('refused');
    const again = await Promise.all([1, 2, 3].map((i) => store.put('b', Uint8Array.of(i), 10_000)));
    expect(again.map(({ outcome }) => outcome).sort()).toEqual(['exists', 'exists', 'stored']);
    await expect.poll(there, { timeout: 5000, interval: 200 }).toBe('EN\r\nMN\r\n');
    expect((await store.get('b'))?.body).toHaveLength(1);
  });

  it('keeps no key without an end, and none shorter than it was promised', async () => {
    const mine = await own();
    const store = open({}, mine);
    await store.put('a', BODY, 10_000, [hit('k')]);
    await store.transition('a', answered('n', 20_000));
    await store.transition('a', { to: 'redeemed', mark: 'c', extendMs: 30_000 });
    const left = async (key: string) => {
      const text = await mine.ask(`mg ${key} t\r\nmn\r\n`, 'MN\r\n');
      return Number(/ t(-?\d+)/.exec(text)?.[1]);
    };
    expect(await left('r:a')).toBeGreaterThanOrEqual(50);
    expect(await left('r:a')).toBeLessThanOrEqual(52);
    const index = Math.floor(Date.now() / 60_000);
    const counter = Math.max(await left(`c:k:${index}`), 0) || (await left(`c:k:${index - 1}`));
    expect(counter).toBeGreaterThanOrEqual(119);
    expect(counter).toBeLessThanOrEqual(182);
  });

  it('lets one of 10,000 concurrent transitions over four connections through', async () => {
    // A patient client: the machine that runs the tests may be busy.
    const stores = Array.from({ length: 4 }, () => open({ timeoutMs: 15_000 }));
    await stores[0]!.put('crowd', BODY, 10_000);
    const all = await Promise.all(
      Array.from({ length: 10_000 }, (_, i) => stores[i % 4]!.transition('crowd', answered(`n${i}`))),
    );
    expect(all.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === 'refused')).toHaveLength(9999);
  });

  it('started with -M refuses new records when full, and loses none that it leaves alone', async () => {
    const mine = await own({ memory: 4, noEviction: true });
    const store = open({}, mine);
    const body = new Uint8Array(4096);
    const kept: string[] = [];
    const fill = async () => {
      for (let i = 0; i < 5000; i++) {
        await store.put(`full-${i}`, body, 60_000);
        kept.push(`full-${i}`);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'store_full' });
    expect(kept.length).toBeGreaterThan(100);
    const records = await Promise.all(kept.map((id) => store.get(id)));
    expect(records.every((record) => record?.body.length === body.length)).toBe(true);
    // The exact loss that the store's head names: a step that finds no room refuses, and from then on the record does.
    await expect(store.transition(kept[0]!, answered('n'))).rejects.toMatchObject({ code: 'store_full' });
    expect(await store.get(kept[0]!)).toBeUndefined();
    expect((await store.transition(kept[0]!, answered('n'))).outcome).toBe('refused');
    const count = async () => {
      for (let i = 0; i < 20; i++)
        await Promise.all(Array.from({ length: 2000 }, (_, j) => store.hit([hit(`full-${i}-${j}`)])));
    };
    await expect(count()).rejects.toMatchObject({ code: 'store_full' });
  });

  it('started without -M evicts: a lost record refuses, a lost counter has forgotten', async () => {
    const mine = await own({ memory: 4 });
    const store = open({}, mine);
    await store.hit([hit('k', 1)]);
    expect((await store.hit([hit('k', 1)]))[0]?.allowed).toBe(false);
    const ids = Array.from({ length: 1500 }, (_, i) => `evict-${i}`);
    for (const id of ids) expect((await store.put(id, new Uint8Array(8192), 60_000)).outcome).toBe('stored');
    const outcomes = await Promise.all(ids.map((id) => store.transition(id, answered('n'))));
    const counts = (what: string) => outcomes.filter(({ outcome }) => outcome === what).length;
    expect(counts('refused')).toBeGreaterThan(100);
    expect(counts('refused') + counts('done')).toBe(ids.length);
  });

  it('comes back empty from a restart, and what is gone refuses', async () => {
    const mine = await own();
    const store = open({}, mine);
    await store.put('a', BODY, 60_000);
    await store.transition('a', answered('n'));
    await store.hit([hit('k', 1)]);
    await mine.restart();
    await expect.poll(() => store.ping().then(() => 'back', String)).toBe('back');
    expect(await store.get('a')).toBeUndefined();
    expect((await store.transition('a', answered('n'))).outcome).toBe('refused');
    expect((await store.transition('a', { to: 'redeemed', mark: 'c', extendMs: 0 })).outcome).toBe('refused');
    expect((await store.hit([hit('k', 1)]))[0]).toMatchObject({ allowed: true, current: 1 });
  });

  it('spreads keys over several servers, and only those of a dead one fail', async () => {
    const others = [await own(), await own()];
    const servers = [server, ...others].map(({ address }) => address);
    const store = open({ servers, prefix: 'many:' });
    const ids = Array.from({ length: 300 }, (_, i) => `id-${i}`);
    await Promise.all(ids.map((id) => store.put(id, BODY, 60_000)));
    const backwards = open({ servers: servers.toReversed(), prefix: 'many:' });
    expect((await Promise.all(ids.map((id) => backwards.get(id)))).every(Boolean)).toBe(true);

    await others[0]!.kill();
    const results = await Promise.allSettled(ids.map((id) => store.transition(id, answered('n'))));
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(failed.length).toBeGreaterThan(50);
    expect(failed.length).toBeLessThan(150);
    for (const error of failed) expect(error).toMatchObject({ code: 'store_unavailable' });
    const done = results.filter((result) => result.status === 'fulfilled' && result.value.outcome === 'done');
    expect(done).toHaveLength(ids.length - failed.length);
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  it('queues nothing for a server that is away', async () => {
    const mine = await own();
    const store = open({}, mine);
    await store.ping();
    await mine.kill();
    const since = performance.now();
    const all = await Promise.allSettled(Array.from({ length: 1000 }, () => store.get('a')));
    expect(all.every(({ status }) => status === 'rejected')).toBe(true);
    expect(performance.now() - since).toBeLessThan(1000);
    await mine.restart();
    await expect.poll(() => store.ping().then(() => 'back', String)).toBe('back');
    const busy = open({ maxPending: 10 });
    const some = await Promise.allSettled(Array.from({ length: 15 }, () => busy.get('a')));
    expect(some.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  });

  it('does not take its own being busy for the silence of a server', async () => {
    const store = open({ timeoutMs: 200 });
    await store.ping();
    const asked = store.get('a');
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect(await asked).toBeUndefined();
  });

  it('costs generate 1 round trip, verify 3 and siteverify 2', async () => {
    let clock = Date.now;
    const under = await behindProxy({ clock: () => clock() });
    opened.push(under);
    const r = rig({ wrap: () => under.store });
    clock = r.now;
    await under.store.ping();
    const count = async <T>(call: () => Promise<T>) => {
      const before = under.proxy.roundTrips;
      const result = await call();
      return { result, trips: under.proxy.roundTrips - before };
    };
    const issued = await count(() => r.generate('kind=text'));
    expect(issued.trips).toBe(1);
    const id = issued.result.body.captcha_id;
    const answer = await r.answerOf(id);
    const verdict = await count(() => r.verify({ captcha_id: id, answer }));
    expect(verdict.trips).toBe(3);
    const redeemed = await count(() => r.siteverify(verdict.result.body.token));
    expect(redeemed.result.body.success).toBe(true);
    expect(redeemed.trips).toBe(2);
  });

  it('takes no step on a server without cas', async () => {
    const mine = await own({ noCas: true });
    const store = open({}, mine);
    await store.put('a', BODY, 60_000);
    await expect(store.transition('a', answered('n'))).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await store.get('a'))?.nonce).toBeUndefined();
  });

  it('tells doctor how its servers were started', async () => {
    const [bare, good, away] = [await own({ noCas: true }), await own({ noEviction: true }), await own()];
    await away.kill();
    const told = async (on: Memcached, clock = Date.now) =>
      (await open({ clock }, on).inspect!()).map(({ level, text }) => `${level}: ${text}`).join('\n');
    expect(await told(good)).not.toMatch(/^(warn|error)/m);
    expect(await told(good)).toMatch(/^ok: 127\.0\.0\.1:\d+: version 1\.6/);
    expect(await told(good, () => Date.now() - 60_000)).toMatch(/warn: .*its clock is about (59|60|61) s/);
    expect(await told(bare)).toMatch(/error: .*started with -C/);
    expect(await told(bare)).toMatch(/warn: .*evicts when full/);
    expect(await told(away)).toMatch(/^error: .*does not answer: .*ECONNREFUSED/);
  });

  it('refuses keys, prefixes and servers that the protocol cannot carry', async () => {
    expect(() => open({ prefix: 'a b' })).toThrow(/prefix/);
    for (const servers of [[], ['host:0'], ['host:70000'], ['a b:1'], ['http://host'], ['::1']])
      expect(() => open({ servers })).toThrow(/memcached: expected/);
    const store = open();
    for (const id of ['a b', 'a\r\nflush_all', 'x'.repeat(250), 'ü'])
      await expect(store.get(id)).rejects.toMatchObject({ code: 'store_key_invalid' });
  });
});
