/** The stores to be measured, each on its real backend, beside the plainest use of the same client: set a value, get a value. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../lib/store/store.ts';

export interface Stage {
  readonly store: Store;
  /** What the plain calls are. */
  readonly plain: string;
  set(key: string, value: Uint8Array): Promise<unknown>;
  get(key: string): Promise<unknown>;
  close(): void | Promise<void>;
}

/** An hour, so that nothing expires while it is measured. */
const LIFE_SECONDS = 3600;

export const STAGES: Readonly<Record<string, () => Promise<Stage>>> = {
  async memory() {
    const { createMemoryStore } = await import('../../lib/store/memory.ts');
    const map = new Map<string, Uint8Array>();
    return {
      store: createMemoryStore({ maxRecords: 5_000_000, maxBytes: 2 ** 32 }),
      plain: 'a Map',
      set: async (key, value) => map.set(key, value),
      get: async (key) => map.get(key),
      close() {},
    };
  },

  async sqlite() {
    const { createSqliteStore } = await import('../../lib/store/sqlite.ts');
    const { DatabaseSync } = await import('node:sqlite');
    const folder = mkdtempSync(join(tmpdir(), 'glyphgate-bench-'));
    const store = createSqliteStore({ path: join(folder, 'store.db') });
    const plain = new DatabaseSync(join(folder, 'plain.db'));
    plain.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (k TEXT PRIMARY KEY, v BLOB)',
    );
    const set = plain.prepare('INSERT OR REPLACE INTO t VALUES (?, ?)');
    const get = plain.prepare('SELECT v FROM t WHERE k = ?');
    return {
      store,
      plain: 'INSERT, SELECT, a flush each',
      set: async (key, value) => set.run(key, value),
      get: async (key) => get.get(key),
      async close() {
        await store.close();
        plain.close();
        rmSync(folder, { recursive: true });
      },
    };
  },

  async redis() {
    const { startRedis } = await import('../backends/redis.ts');
    const { createRedisStore } = await import('../../lib/store/redis.ts');
    const { createClient } = await import('redis');
    const server = await startRedis();
    const store = createRedisStore({ url: server.url });
    const client = await createClient({ url: server.url }).connect();
    return {
      store,
      plain: 'SET … EX, GET',
      set: (key, value) =>
        client.set(key, Buffer.from(value), { expiration: { type: 'EX', value: LIFE_SECONDS } }),
      get: (key) => client.get(key),
      async close() {
        await store.close();
        client.destroy();
        await server.stop();
      },
    };
  },

  async upstash() {
    const { startRedis } = await import('../backends/redis.ts');
    const { startUpstashBridge } = await import('../backends/upstash-bridge.ts');
    const { createUpstashStore } = await import('../../lib/store/upstash.ts');
    const { Redis } = await import('@upstash/redis/cloudflare');
    const server = await startRedis();
    const bridge = await startUpstashBridge(server);
    const store = createUpstashStore({ ...bridge, stallMs: 10_000 });
    const client = new Redis({ url: bridge.url, token: bridge.token, enableAutoPipelining: false });
    return {
      store,
      plain: 'SET … EX, GET; a bridge in this process',
      set: (key, value) => client.set(key, Buffer.from(value).toString('base64url'), { ex: LIFE_SECONDS }),
      get: (key) => client.get(key),
      async close() {
        await store.close();
        await bridge.close();
        await server.stop();
      },
    };
  },

  async memcached() {
    const { startMemcached } = await import('../backends/memcached.ts');
    const { createMemcachedStore } = await import('../../lib/store/memcached.ts');
    const { createMemcachedClient } = await import('../../lib/store/memcached-client.ts');
    const server = await startMemcached({ memory: 512 });
    const servers = [server.address];
    const store = createMemcachedStore({ servers });
    const client = createMemcachedClient({ servers });
    return {
      store,
      plain: 'ms, mg',
      set: (key, value) => client.send(key, { verb: 'ms', key, value, flags: [`T${LIFE_SECONDS}`] }),
      get: (key) => client.send(key, { verb: 'mg', key, flags: ['v'] }),
      async close() {
        await store.close();
        client.close();
        await server.close();
      },
    };
  },

  async dynamodb() {
    const { startDynalite } = await import('../backends/dynalite.ts');
    const { createDynamoStore } = await import('../../lib/store/dynamodb.ts');
    const { GetItemCommand, PutItemCommand } = await import('@aws-sdk/client-dynamodb');
    const server = await startDynalite();
    const TableName = await server.newTable();
    const client = server.client();
    const store = createDynamoStore({ table: TableName, client, timeoutMs: 30_000 });
    return {
      store,
      plain: 'PutItem, GetItem; dynalite in this process',
      set: (key, value) =>
        client.send(new PutItemCommand({ TableName, Item: { pk: { S: key }, b: { B: value } } })),
      get: (key) => client.send(new GetItemCommand({ TableName, Key: { pk: { S: key } } })),
      close: () => server.close(),
    };
  },

  async 'durable-object'() {
    const { bundleWorker, startBare } = await import('../runtime/workerd/bare.ts');
    const { openLine } = await import('../runtime/workerd/store-lab-client.ts');
    const folder = mkdtempSync(join(tmpdir(), 'glyphgate-bench-'));
    const modules = [await bundleWorker(new URL('store-worker.ts', import.meta.url), folder)];
    const objects = { STORE: 'ChallengeStore', PLAIN: 'PlainStore' };
    const bare = await startBare([{ name: 'stores', folder, modules, objects }]);
    const webSocket = new WebSocket(bare.url('stores').replace('http', 'ws'));
    await once(webSocket, 'open');
    const line = openLine(webSocket);
    return {
      store: line.store(),
      plain: 'storage.put, storage.get of one object; over a WebSocket',
      set: (key, value) => line.send('plain set', key, value),
      get: (key) => line.send('plain read', key),
      async close() {
        line.close();
        await bare.stop();
        rmSync(folder, { recursive: true });
      },
    };
  },
};
