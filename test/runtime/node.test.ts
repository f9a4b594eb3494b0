/** The Node server as a process of its own, over HTTP, behind a proxy that says whom it speaks for, on a redis-server. */
import { createRedisStore } from '../../lib/store/redis.ts';
import { startFaultProxy } from '../backends/fault-proxy.ts';
import { startRedis } from '../backends/redis.ts';
import { runtimeJourney } from './journey.ts';
import { startServer } from './server.ts';

runtimeJourney('Node', async (environment) => {
  const redis = await startRedis();
  const proxy = await startFaultProxy(redis);
  const store = createRedisStore({ url: redis.url });
  const server = await startServer({
    ...environment,
    GLYPHGATE_STORE: 'redis',
    GLYPHGATE_REDIS_URL: `redis://127.0.0.1:${proxy.port}`,
    GLYPHGATE_TRUSTED_HOPS: '1',
  });
  return {
    request(request, from) {
      const { pathname, search } = new URL(request.url);
      const headers = new Headers(request.headers);
      // What a proxy does: appends the address that it saw.
      headers.append('X-Forwarded-For', from);
      return fetch(new Request(new URL(pathname + search, server.url), new Request(request, { headers })));
    },
    storeKind: 'redis',
    store,
    cut: () => proxy.refuse(),
    join: () => proxy.pass(),
    async stop() {
      await server.stop();
      await store.close();
      await proxy.close();
      await redis.stop();
    },
  };
});
