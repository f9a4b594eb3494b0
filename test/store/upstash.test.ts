import { inspect } from 'node:util';
import { Redis } from '@upstash/redis/cloudflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUpstashStore, type UpstashStoreOptions } from '../../lib/store/upstash.ts';
import { startFaultProxy } from '../backends/fault-proxy.ts';
import { dumpRedis, type RedisServer, startRedis } from '../backends/redis.ts';
import { startUpstashBridge, type UpstashBridge } from '../backends/upstash-bridge.ts';
import { faultConformance } from '../conformance/faults.ts';
import { storeJourney } from '../conformance/journey.ts';
import { limiterTrace } from '../conformance/limiter-trace.ts';
import { storeConformance } from '../conformance/store.ts';

let server: RedisServer;
let bridge: UpstashBridge;
beforeAll(async () => {
  server = await startRedis();
  bridge = await startUpstashBridge(server);
});
afterAll(async () => {
  await bridge.close();
  await server.stop();
});

const open = (options: Partial<UpstashStoreOptions> = {}) =>
  createUpstashStore({ url: bridge.url, token: bridge.token, ...options });

async function behindProxy(options: Partial<UpstashStoreOptions> = {}) {
  const proxy = await startFaultProxy(bridge);
  const store = open({ url: `http://127.0.0.1:${proxy.port}`, ...options });
  const close = async () => {
    await store.close();
    await proxy.close();
  };
  return { store, proxy, close };
}

storeConformance('upstash', () => {
  let now = Date.UTC(2026, 0, 1);
  const store = open({ clock: () => now });
  return {
    store,
    advance: (ms) => {
      now += ms;
    },
    close: () => store.close(),
  };
});

limiterTrace('upstash', (clock) => {
  const store = open({ clock });
  return { store, close: () => store.close() };
});

const isCall = (request: Buffer) => request.includes('EVAL');
faultConformance('upstash', behindProxy, { isCall, roundTrips: { put: 1, get: 1, transition: 1 } });
faultConformance('upstash with little patience', () => behindProxy({ stallMs: 300 }), {
  isCall,
  givesUpMs: 1500,
});

storeJourney(
  'upstash',
  async (clock) => {
    await server.command('FLUSHALL');
    return { ...(await behindProxy({ clock })), dump: () => dumpRedis(server) };
  },
  { isCall, roundTrips: { generate: 1, verify: 2, siteverify: 1 } },
);

describe('upstash', () => {
  const BODY = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  const answered = (mark: string) => ({ to: 'answered', mark, ttlMs: 10_000 }) as const;

  it('makes one REST call an operation, by hash after the first', async () => {
    await server.command('SCRIPT', 'FLUSH');
    const store = open();
    const from = bridge.requests;
    const hit = { key: 'k', shard: 3, limit: 10, windowMs: 60_000, cost: 1 } as const;
    await store.put('a', BODY, 10_000, [hit]);
    await store.transition('a', answered('n'), [hit, { ...hit, key: 'l', shard: 4 }]);
    await store.transition('a', { to: 'redeemed', mark: 'c', extendMs: 1 });
    await store.get('a');
    await store.hit([hit]);
    await store.ping();
    expect(bridge.commands.slice(from)).toEqual([
      'EVALSHA',
      'EVAL',
      'EVALSHA',
      'EVALSHA',
      'EVALSHA',
      'EVALSHA',
      'PING',
    ]);
  });

  it('sends a script that Upstash runs without locking the database; the bridge refuses any other', async () => {
    const client = new Redis({ url: bridge.url, token: bridge.token, enableAutoPipelining: false });
    await expect(client.eval('return 1', [], [])).rejects.toThrow('allow-key-locking');
  });

  it('takes values for text, whatever they look like', async () => {
    const store = open();
    await store.put('looks', BODY, 10_000);
    for (const mark of ['12345678901234567890', 'null', '{"a":1}', 'OK', 'T0s='])
      expect((await store.put(`looks-${mark.length}`, BODY, 10_000)).outcome).toMatch(/stored|exists/);
    expect(await store.transition('looks', answered('12345678901234567890'))).toMatchObject({
      record: { nonce: '12345678901234567890' },
    });
    expect(await store.transition('looks', { to: 'redeemed', mark: 'OK', extendMs: 1 })).toMatchObject({
      record: { claim: 'OK', body: BODY },
    });
  });

  it('lets one of 300 concurrent transitions through', async () => {
    const [first, second] = [open(), open()];
    await first.put('crowd', BODY, 10_000);
    const all = await Promise.all(
      Array.from({ length: 300 }, (_, i) => (i % 2 ? first : second).transition('crowd', answered(`n${i}`))),
    );
    expect(all.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === 'refused')).toHaveLength(299);
  });

  it('says that the database is full', async () => {
    const store = open();
    await store.put('kept', BODY, 10_000);
    await server.command('CONFIG', 'SET', 'maxmemory', 1);
    try {
      await expect(store.put('more', BODY, 10_000)).rejects.toMatchObject({ code: 'store_full' });
      expect((await store.get('kept'))?.body).toEqual(BODY);
    } finally {
      await server.command('CONFIG', 'SET', 'maxmemory', 0);
    }
  });

  it('says what failed, without token and without the command', async () => {
    const from = bridge.requests;
    const failure = await open({ token: 'wrong-horse' })
      .put('some-id', BODY, 1000)
      .catch((error) => error);
    expect(failure).toMatchObject({ code: 'store_unavailable', message: 'upstash: Unauthorized' });
    const away = await open({ url: 'http://127.0.0.1:1', token: 'wrong-horse' })
      .ping()
      .catch((error) => error);
    expect(away).toMatchObject({ code: 'store_unavailable' });
    expect(bridge.requests).toBe(from);
    expect(inspect([failure, away], { depth: 10, showHidden: true })).not.toMatch(/wrong-horse|some-id/);
  });

  it.each([
    { url: 'upstash.io', token: 't' },
    { url: 'redis://host', token: 't' },
    { url: 'https://host', token: '' },
    { url: 'https://host', token: 'a token' },
  ])('refuses $url with "$token"', (options) => {
    expect(() => createUpstashStore(options)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });
});
