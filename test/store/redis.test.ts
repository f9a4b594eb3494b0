import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRedisStore, type RedisStoreOptions } from '../../lib/store/redis.ts';
import type { Hit, Store } from '../../lib/store/store.ts';
import { startFaultProxy } from '../backends/fault-proxy.ts';
import { dumpRedis, type RedisConfig, type RedisServer, startRedis } from '../backends/redis.ts';
import { faultConformance } from '../conformance/faults.ts';
import { storeJourney } from '../conformance/journey.ts';
import { limiterTrace } from '../conformance/limiter-trace.ts';
import { storeConformance } from '../conformance/store.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const isCall = (request: Buffer) => request.includes('EVAL');

async function behindProxy(options: Partial<RedisStoreOptions> = {}) {
  const proxy = await startFaultProxy(server);
  const store = createRedisStore({ url: `redis://127.0.0.1:${proxy.port}`, ...options });
  const close = async () => {
    await store.close();
    await proxy.close();
  };
  return { store, proxy, close };
}

storeConformance('redis', () => {
  let now = Date.UTC(2026, 0, 1);
  const store = createRedisStore({ url: server.url, clock: () => now });
  return {
    store,
    advance: (ms) => {
      now += ms;
    },
    close: () => store.close(),
  };
});

limiterTrace('redis', (clock) => {
  const store = createRedisStore({ url: server.url, clock });
  return { store, close: () => store.close() };
});

faultConformance('redis', behindProxy, { isCall, roundTrips: { put: 1, get: 1, transition: 1 } });
faultConformance('redis with little patience', () => behindProxy({ stallMs: 300 }), {
  isCall,
  givesUpMs: 1500,
});

storeJourney(
  'redis',
  async (clock) => {
    await server.command('FLUSHALL');
    return { ...(await behindProxy({ clock })), dump: () => dumpRedis(server) };
  },
  { isCall, roundTrips: { generate: 1, verify: 2, siteverify: 1 } },
);

describe('redis by its own clock', () => {
  const BODY = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  const answered = (mark: string, ttlMs = 10_000) => ({ to: 'answered', mark, ttlMs }) as const;
  const hit = (key: string, windowMs = 60_000): Hit => ({ key, shard: 0, limit: 10, windowMs, cost: 1 });
  const stores: Store[] = [];
  const open = (options: Partial<RedisStoreOptions> = {}, url = server.url) => {
    const store = createRedisStore({ url, ...options });
    stores.push(store);
    return store;
  };
  /** A server for one test, gone with it however that ends. */
  const ownServer = async (config?: RedisConfig) => {
    const own = await startRedis(config);
    onTestFinished(() => own.stop());
    return own;
  };
  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

  it('tells the time, forgets what has expired and gives the memory back', async () => {
    const store = open({ prefix: 'short:' });
    const put = await store.put('a', BODY, 800, [hit('k', 100)]);
    expect(Math.abs(put.expiresAt - 800 - Date.now())).toBeLessThan(1000);
    expect((await store.transition('a', answered('n', 150))).outcome).toBe('done');
    await sleep(170);
    expect(await store.get('a')).toBeUndefined();
    expect((await store.transition('a', answered('n'))).outcome).toBe('refused');
    await sleep(100);
    expect(await server.command('EXISTS', 'short:c:{0}:a', 'short:h:{0}:k')).toBe(0);
  });

  it('refuses what has expired and is still there', async () => {
    const store = open({ prefix: 'late:' });
    await store.put('a', BODY, 400);
    expect(await server.command('PERSIST', 'late:c:{0}:a')).toBe(1);
    await sleep(420);
    expect((await store.transition('a', answered('n'))).outcome).toBe('refused');
    expect(await store.get('a')).toBeUndefined();
    expect((await store.put('a', Uint8Array.of(1), 10_000)).outcome).toBe('stored');
    expect((await store.transition('a', answered('n'))).outcome).toBe('done');
  });

  it('keeps no key without an end', async () => {
    const store = open({ prefix: 'ends:' });
    await store.put('a', BODY, 10_000, [hit('k')]);
    await store.transition('a', answered('n', 20_000));
    await store.transition('a', { to: 'redeemed', mark: 'c', extendMs: 30_000 });
    const record = Number(await server.command('PTTL', 'ends:c:{0}:a'));
    expect(record).toBeGreaterThan(45_000);
    expect(record).toBeLessThanOrEqual(50_000);
    const counter = Number(await server.command('PTTL', 'ends:h:{0}:k'));
    expect(counter).toBeGreaterThan(115_000);
    expect(counter).toBeLessThanOrEqual(120_000);
  });

  it('sends its script again to a server that has forgotten it', async () => {
    const store = open();
    await store.put('flushed', BODY, 10_000);
    await server.command('SCRIPT', 'FLUSH');
    expect((await store.transition('flushed', answered('n'))).outcome).toBe('done');
    await server.command('SCRIPT', 'FLUSH');
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) => store.transition('flushed', answered(`n${i}`))),
    );
    expect(outcomes.every(({ outcome }) => outcome === 'refused')).toBe(true);
  });

  it('lets one of 1,000 concurrent transitions over four connections through', async () => {
    const [first, ...others] = Array.from({ length: 4 }, () => open());
    await first!.put('crowd', BODY, 10_000);
    const all = await Promise.all(
      Array.from({ length: 1000 }, (_, i) =>
        [first!, ...others][i % 4]!.transition('crowd', answered(`n${i}`)),
      ),
    );
    expect(all.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === 'refused')).toHaveLength(999);
  });

  it('asks for the primary anew when its server has become a replica', async () => {
    const own = await ownServer();
    const store = open({}, own.url);
    await store.put('a', BODY, 10_000);
    await own.command('REPLICAOF', '127.0.0.1', '1');
    await expect(store.put('b', BODY, 10_000)).rejects.toMatchObject({ code: 'store_unavailable' });
    await own.command('REPLICAOF', 'NO', 'ONE');
    expect((await store.put('b', BODY, 10_000)).outcome).toBe('stored');
  });

  it('refuses new records when the server is full, and loses no live one', async () => {
    const own = await ownServer({ maxmemory: '3mb', 'maxmemory-policy': 'noeviction' });
    const store = open({}, own.url);
    const body = new Uint8Array(4096);
    const kept: string[] = [];
    const full = async () => {
      for (let i = 0; ; i++) {
        await store.put(`full-${i}`, body, 60_000, [hit(`k${i}`)]);
        kept.push(`full-${i}`);
      }
    };
    await expect(full()).rejects.toMatchObject({ code: 'store_full' });
    expect(kept.length).toBeGreaterThan(20);
    const records = await Promise.all(kept.map((id) => store.get(id)));
    expect(records.every((record) => record?.body.length === body.length)).toBe(true);
    await own.command('CONFIG', 'SET', 'maxmemory', '1mb');
    await expect(store.transition(kept[0]!, answered('n'))).rejects.toMatchObject({ code: 'store_full' });
    expect((await store.get(kept[0]!))?.nonce).toBeUndefined();
    await own.command('CONFIG', 'SET', 'maxmemory', '64mb');
    expect((await store.transition(kept[0]!, answered('n'))).outcome).toBe('done');
  });

  it('only ever refuses what an evicting or a restarted server has lost', async () => {
    const own = await ownServer({ maxmemory: '3mb', 'maxmemory-policy': 'allkeys-lru' });
    const store = open({}, own.url);
    const ids = Array.from({ length: 400 }, (_, i) => `evict-${i}`);
    for (const id of ids) expect((await store.put(id, new Uint8Array(8192), 60_000)).outcome).toBe('stored');
    const outcomes = await Promise.all(ids.map((id) => store.transition(id, answered('n'))));
    const counts = (what: string) => outcomes.filter(({ outcome }) => outcome === what).length;
    expect(counts('refused')).toBeGreaterThan(100);
    expect(counts('refused') + counts('done')).toBe(ids.length);
    const alive = ids[outcomes.findLastIndex(({ outcome }) => outcome === 'done')]!;
    await own.kill();
    await expect(store.get(alive)).rejects.toMatchObject({ code: 'store_unavailable' });
    await own.start();
    expect(await store.get(alive)).toBeUndefined();
    expect((await store.transition(alive, answered('n'))).outcome).toBe('refused');
  });

  it('keeps what it has acknowledged through kill -9 when the server logs every write', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'glyphgate-redis-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const own = await ownServer({ dir, appendonly: 'yes', appendfsync: 'always' });
    const store = open({}, own.url);
    await store.put('kept', BODY, 60_000);
    await store.transition('kept', answered('n'));
    await own.kill();
    await own.start();
    expect((await store.transition('kept', answered('other'))).outcome).toBe('refused');
    expect(await store.transition('kept', answered('n'))).toMatchObject({ outcome: 'repeated' });
  });

  it('says what failed and never the password', async () => {
    const own = await ownServer({ requirepass: 'right-horse' });
    expect((await open({}, `redis://:right-horse@127.0.0.1:${own.port}`).put('a', BODY, 1000)).outcome).toBe(
      'stored',
    );
    const wrong = open({}, `redis://someone:wrong-horse@127.0.0.1:${own.port}`);
    const failure = await wrong.ping().catch((error) => error);
    expect(failure).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('WRONGPASS'),
    });
    await own.stop();
    const away = await wrong.ping().catch((error) => error);
    expect(away).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    const bad = [
      'redis://:wrong-horse@',
      'http://:wrong-horse@host',
      'redis://a:wrong-horse%@host',
      'wrong-horse',
    ];
    const errors = bad.map((url) => {
      try {
        return createRedisStore({ url });
      } catch (error) {
        return error;
      }
    });
    for (const error of errors) expect(error).toMatchObject({ code: 'config_invalid' });
    expect(inspect([failure, away, ...errors], { depth: 10, showHidden: true })).not.toContain('wrong-horse');
  });
});
