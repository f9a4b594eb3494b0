import { afterAll, beforeAll } from 'vitest';
import { createRedisStore } from '../../lib/store/redis.ts';
import { type RedisServer, startRedis } from '../backends/redis.ts';
import { limiterTrace } from '../conformance/limiter-trace.ts';
import { storeConformance } from '../conformance/store.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

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
