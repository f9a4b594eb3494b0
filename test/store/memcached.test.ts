import { afterAll, beforeAll } from 'vitest';
import { createMemcachedStore } from '../../lib/store/memcached.ts';
import { type Memcached, startMemcached } from '../backends/memcached.ts';
import { storeConformance } from '../conformance/store.ts';

let memcached: Memcached;
beforeAll(async () => {
  memcached = await startMemcached();
});
afterAll(() => memcached.close());

storeConformance('memcached', () => {
  let now = Date.UTC(2026, 0, 1);
  const store = createMemcachedStore({ servers: [memcached.address], clock: () => now });
  return {
    store,
    advance: (ms) => {
      now += ms;
    },
    close: () => store.close(),
  };
});
