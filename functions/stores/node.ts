/** The stores of a Node process: all of them. */
import { guardStore } from '../../lib/store/guard.ts';
import { lambdaStores } from './lambda.ts';
import type { Openers } from './open.ts';

export const nodeStores: Openers = {
  ...lambdaStores,
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
