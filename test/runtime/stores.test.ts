/** The local server on each store, chosen by the environment alone, in one journey over HTTP; and a restart where the store outlives it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dynalite, startDynalite } from '../backends/dynalite.ts';
import { type Memcached, startMemcached } from '../backends/memcached.ts';
import { type RedisServer, startRedis } from '../backends/redis.ts';
import { startUpstashBridge, type UpstashBridge } from '../backends/upstash-bridge.ts';
import { type Server, startServer } from './server.ts';

const SECRET = 'development-secret-never-use-in-production';
let redis: RedisServer;
let bridge: UpstashBridge;
let memcached: Memcached;
let dynalite: Dynalite;
let table: string;
const folder = mkdtempSync(join(tmpdir(), 'glyphgate-stores-'));

beforeAll(async () => {
  [redis, memcached, dynalite] = await Promise.all([startRedis(), startMemcached(), startDynalite()]);
  bridge = await startUpstashBridge(redis);
  table = await dynalite.newTable();
});
afterAll(async () => {
  await bridge.close();
  await Promise.all([redis.stop(), memcached.close(), dynalite.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const variables = (store: string): Record<string, string> =>
  ({
    memory: {},
    sqlite: { GLYPHGATE_SQLITE_PATH: join(folder, 'store.db') },
    redis: { GLYPHGATE_REDIS_URL: redis.url },
    upstash: { UPSTASH_REDIS_REST_URL: bridge.url, UPSTASH_REDIS_REST_TOKEN: bridge.token },
    memcached: { GLYPHGATE_MEMCACHED_SERVERS: memcached.address },
    dynamodb: {
      GLYPHGATE_DYNAMODB_TABLE: table,
      AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
  })[store] ?? {};

const start = (store: string) => startServer({ GLYPHGATE_STORE: store, ...variables(store) });

async function ask(server: Server, path: string, body?: object) {
  const response = await fetch(`${server.url}/api/${path}`, {
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what the wire gives
  return { status: response.status, body: (await response.json()) as any };
}

describe.each(['memory', 'sqlite', 'redis', 'upstash', 'memcached', 'dynamodb'])(
  'the server on %s',
  (store) => {
    it('gives, verifies once, redeems once, and is healthy', async () => {
      let server = await start(store);
      try {
        const health = await ask(server, 'health');
        expect(health.body).toMatchObject({ status: 'healthy', store: { kind: store, ok: true } });

        const wrong = (await ask(server, 'captcha/generate?kind=text&preset=bitmap')).body;
        const failed = await ask(server, 'captcha/verify', { captcha_id: wrong.captcha_id, answer: 'nope' });
        expect(failed.body).toMatchObject({ success: true, verified: false });
        const right = (await ask(server, 'captcha/generate?kind=text')).body;
        const answer = await server.answer(right.captcha_id);

        if (store !== 'memory') {
          await server.stop();
          server = await start(store);
        }
        expect(
          (await ask(server, 'captcha/verify', { captcha_id: wrong.captcha_id, answer: 'nope' })).status,
        ).toBe(404);
        const verdicts = await Promise.all(
          Array.from({ length: 20 }, () =>
            ask(server, 'captcha/verify', { captcha_id: right.captcha_id, answer }),
          ),
        );
        const passed = verdicts.filter(({ status }) => status === 200);
        expect(passed).toHaveLength(1);
        const { token } = passed[0]!.body;
        const redeemed = await Promise.all(
          Array.from({ length: 20 }, () =>
            ask(server, 'captcha/siteverify', { secret: SECRET, response: token }),
          ),
        );
        expect(redeemed.filter(({ body }) => body.success)).toHaveLength(1);

        const spoken = (await ask(server, 'captcha/generate?kind=audio')).body;
        const takes = await Promise.all(
          Array.from({ length: 50 }, async () => {
            const { status, headers } = await fetch(`${server.url}/api/captcha/${spoken.captcha_id}/audio`);
            return { status, take: headers.get('X-Captcha-Take') };
          }),
        );
        const heard = takes.filter(({ status }) => status === 200).map(({ take }) => take);
        expect(new Set(heard).size).toBe(heard.length);
        expect(heard.length).toBeLessThanOrEqual(3);
        // A store that is pressed may answer too late; what it had counted stays counted
        const refused = new Set(takes.map(({ status }) => status).filter((status) => status !== 200));
        expect([...refused].filter((status) => status !== 409 && status !== 503)).toEqual([]);
        expect((await ask(server, `captcha/${spoken.captcha_id}/audio`)).body.error_code).toBe('takes_spent');
      } finally {
        await server.stop();
      }
    });
  },
);
