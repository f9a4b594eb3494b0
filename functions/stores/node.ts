/** The stores of a Node process: all of them. */
import { guardStore } from '../../lib/store/guard.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Openers } from './open.ts';

export const nodeStores: Openers = {
  memory: async () => createMemoryStore(),
  dynamodb: async ({ table, prefix }) => {
    const { createDynamoStore } = await import('../../lib/store/dynamodb.ts');
    return guardStore(createDynamoStore({ table, prefix }));
  },
  sqlite: async ({ path }) => (await import('../../lib/store/sqlite.ts')).createSqliteStore({ path }),
  redis: async (config) => {
    const { createRedisStore } = await import('../../lib/store/redis.ts');
    return guardStore(createRedisStore(config));
  },
  upstash: async (config) => {
    const { createUpstashStore } = await import('../../lib/store/upstash.ts');
    return guardStore(createUpstashStore(config));
  },
  memcached: async (config) => {
    const { createMemcachedStore } = await import('../../lib/store/memcached.ts');
    return guardStore(createMemcachedStore(config));
  },
};
