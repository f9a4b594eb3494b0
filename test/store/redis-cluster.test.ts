import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedisStore } from '../../lib/store/redis.ts';
import type { Hit } from '../../lib/store/store.ts';
import { toBase32 } from '../../lib/util/bytes.ts';
import { SHARD_AT } from '../../lib/util/shard.ts';
import { type RedisServer, startRedis } from '../backends/redis.ts';
import { limiterTrace } from '../conformance/limiter-trace.ts';
import { storeConformance } from '../conformance/store.ts';

/** One node that owns all slots: as strict as a large cluster about calls that reach into two of them. */
let server: RedisServer;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'glyphgate-cluster-'));
  server = await startRedis({ dir, 'cluster-enabled': 'yes', 'cluster-announce-ip': '127.0.0.1' });
  await server.command('CLUSTER', 'ADDSLOTSRANGE', 0, 16383);
  while (!String(await server.command('CLUSTER', 'INFO')).includes('cluster_state:ok')) await sleep(20);
});
afterAll(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

storeConformance('redis cluster', () => {
  let now = Date.UTC(2026, 0, 1);
  const store = createRedisStore({ url: server.url, cluster: true, clock: () => now });
  return {
    store,
    advance: (ms) => {
      now += ms;
    },
    close: () => store.close(),
  };
});

limiterTrace('redis cluster', (clock) => {
  const store = createRedisStore({ url: server.url, cluster: true, clock });
  return { store, close: () => store.close() };
});

describe('a redis cluster', () => {
  const idIn = (shard: number, serial: number) => {
    const bytes = new Uint8Array(20).fill(serial);
    bytes[SHARD_AT] = shard;
    return toBase32(bytes);
  };
  const hit = (shard: number, limit: number): Hit => ({ key: 'k', shard, limit, windowMs: 60_000, cost: 1 });
  const scripts = async () =>
    Number(
      /cmdstat_evalsha:calls=(\d+)/.exec(String(await server.command('INFO', 'commandstats')))?.[1] ?? 0,
    );

  it('reaches record and counters in one call when they share a partition, else in two', async () => {
    const store = createRedisStore({ url: server.url, cluster: true, clock: () => Date.UTC(2026, 0, 1) });
    const count = async (call: () => Promise<unknown>) => {
      const before = await scripts();
      await call();
      return (await scripts()) - before;
    };
    const body = Uint8Array.of(1);
    expect(await count(() => store.put(idIn(7, 1), body, 10_000, [hit(7, 9)]))).toBe(1);
    expect(await count(() => store.put(idIn(8, 2), body, 10_000, [hit(7, 9)]))).toBe(2);
    const far = await store.transition(idIn(8, 2), { to: 'answered', mark: 'n', ttlMs: 10_000 }, [
      hit(9, 9),
      hit(7, 9),
    ]);
    expect(far).toMatchObject({ outcome: 'done', tallies: [{ current: 1 }, { current: 3 }] });
    const refused = await store.transition(idIn(7, 1), { to: 'answered', mark: 'n', ttlMs: 10_000 }, [
      hit(9, 1),
    ]);
    expect(refused).toMatchObject({ outcome: 'limited', tallies: [{ current: 2, allowed: false }] });
    expect((await store.get(idIn(7, 1)))?.nonce).toBeUndefined();
    await store.close();
  });

  it('fails at once without the server and returns with it', async () => {
    const store = createRedisStore({ url: server.url, cluster: true });
    await store.put('here', Uint8Array.of(1), 60_000);
    await server.kill();
    await expect(store.get('here')).rejects.toMatchObject({ code: 'store_unavailable' });
    await server.start();
    await expect.poll(() => store.get('here').catch(() => 'away'), { timeout: 10_000 }).toBeUndefined();
    await store.close();
  });
});
