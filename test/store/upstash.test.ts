import { afterAll, beforeAll } from 'vitest';
import { createUpstashStore } from '../../lib/store/upstash.ts';
import { type RedisServer, startRedis } from '../backends/redis.ts';
import { startUpstashBridge, type UpstashBridge } from '../backends/upstash-bridge.ts';
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

storeConformance('upstash', () => {
  let now = Date.UTC(2026, 0, 1);
  const store = createUpstashStore({ url: bridge.url, token: bridge.token, clock: () => now });
  return {
    store,
    advance: (ms) => {
      now += ms;
    },
    close: () => store.close(),
  };
});
