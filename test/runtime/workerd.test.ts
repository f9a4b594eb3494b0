/** The Worker in workerd, from the files that `wrangler deploy` would upload: the journey, the other door, the gate, and what it weighs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import type { Rpc } from '../../lib/http/rpc.ts';
import { REGIONS } from '../../lib/store/durable-object-place.ts';
import { createUpstashStore } from '../../lib/store/upstash.ts';
import { shardOf } from '../../lib/util/shard.ts';
import { type FaultProxy, startFaultProxy } from '../backends/fault-proxy.ts';
import { type RedisServer, startRedis } from '../backends/redis.ts';
import { startUpstashBridge, type UpstashBridge } from '../backends/upstash-bridge.ts';
import { type Deployment, ENVIRONMENT, insider, newVisitor, SECRET } from './deployment.ts';
import { runtimeJourney } from './journey.ts';
import { type Fleet, startFleet } from './workerd/fleet.ts';
import { CONFIG, dryRun, WORKERD } from './workerd/harness.ts';

const upload = mkdtempSync(join(tmpdir(), 'glyphgate-worker-'));
let said: string;
let fleet: Fleet;
let redis: RedisServer;
let bridge: UpstashBridge;
let proxy: FaultProxy;

// A build, a dry run and a workerd: seconds, but on a busy machine many.
beforeAll(async () => {
  said = dryRun(upload);
  redis = await startRedis();
  bridge = await startUpstashBridge(redis);
  proxy = await startFaultProxy(bridge);
  fleet = await startFleet(upload, ENVIRONMENT, {
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${proxy.port}`,
    UPSTASH_REDIS_REST_TOKEN: bridge.token,
  });
}, 180_000);
afterAll(async () => {
  await fleet?.close();
  await proxy?.close();
  await bridge?.close();
  await redis?.stop();
  rmSync(upload, { recursive: true, force: true });
});

const onObjects = (): Deployment => {
  let away = false;
  const [here, nowhere] = [fleet.to('glyphgate'), fleet.to('on-nothing')];
  return {
    request: (request, from) => (away ? nowhere : here)(request, from),
    storeKind: 'durable-object',
    store: fleet.line.store(),
    cut() {
      away = true;
    },
    join() {
      away = false;
    },
    async stop() {},
  };
};

runtimeJourney('workerd with Durable Objects', async () => onObjects());

runtimeJourney('workerd with Upstash', async () => ({
  request: fleet.to('on-upstash'),
  storeKind: 'upstash',
  store: createUpstashStore({ url: bridge.url, token: bridge.token }),
  cut: () => proxy.refuse(),
  join: () => proxy.pass(),
  async stop() {},
}));

describe('the Worker', () => {
  it('runs here with the date and the flags that it is deployed with', () => {
    expect(unstable_readConfig({ config: CONFIG })).toMatchObject(WORKERD);
  });

  it('starts with no more than 500 KB, Photon and voices apart', () => {
    const [, atStart] = /at start +[\d.]+ KB +([\d.]+) KB/.exec(said)!;
    expect(Number(atStart)).toBeLessThanOrEqual(500);
    const [whenStarted, later] = said.split('at start') as [string, string];
    expect(whenStarted).toContain('worker.js');
    expect(whenStarted).toMatch(/kernel-\w+\.wasm/);
    expect(whenStarted).not.toMatch(/photon|voices/);
    expect(later).toMatch(/photon[\s\S]*voices|voices[\s\S]*photon/);
    // The free plan takes 3 MB, packed.
    const [, upload] = /Total Upload: .* gzip: ([\d.]+) KiB/.exec(said)!;
    expect(Number(upload)).toBeLessThan(3000);
  });

  it('says to the log what its environment lacks, and to nobody else', async () => {
    const reply = await fleet.to('unset')(new Request('http://localhost/api/captcha/generate'), newVisitor());
    expect(reply.status).toBe(500);
    const text = await reply.text();
    expect(text).toContain('internal_error');
    expect(text).not.toContain('GLYPHGATE');
  });

  it('shows the keys that it signs with, and its own description', async () => {
    const ask = (worker: 'glyphgate' | 'on-upstash', path: string) =>
      fleet.to(worker)(new Request(`http://localhost${path}`), newVisitor());
    const keys = await (await ask('on-upstash', '/.well-known/jwks.json')).json();
    expect(keys).toMatchObject({ keys: [{ crv: 'Ed25519', alg: 'EdDSA' }] });
    expect(await (await ask('glyphgate', '/.well-known/jwks.json')).json()).toEqual({ keys: [] });
    expect(await (await ask('glyphgate', '/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('lets the platform’s own counter refuse before anything else is asked', async () => {
    const from = newVisitor();
    const visit = fleet.to('glyphgate');
    const ask = () =>
      visit(new Request('http://localhost/api/captcha/verify', { method: 'POST', body: '<a/>' }), from);
    // Two windows of the binding may share them, and one of the two then sees more than it lets through.
    const replies = await Promise.all(Array.from({ length: 130 }, ask));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(replies.filter(({ status }) => status === 415).length).toBe(130 - refused.length);
    expect(refused[0]!.headers.get('Retry-After')).toBe('10');
    const health = await visit(new Request('http://localhost/api/health'), from);
    expect(health.status).toBe(200);
  });
});

describe('the class for other Workers', () => {
  // As a Worker has it that binds the class: all of Rpc, over workerd's own RPC.
  const rpc = new Proxy({} as Rpc, {
    get:
      (_, method) =>
      (...args: unknown[]) =>
        fleet.line.send(`rpc ${String(method)}`, ...args),
  });

  it('gives a challenge kept near the visitor that it is told of, judges it, and redeems it once', async () => {
    const visitor = { address: newVisitor(), cf: { continent: 'OC' } };
    const challenge = await rpc.generate({ kind: 'text', lang: 'en', action: 'login' }, visitor);
    if (!challenge.success) throw new Error(challenge.error);
    const { captcha_id } = challenge;
    expect(REGIONS[shardOf(captcha_id) >> 4]).toBe('oc');
    const live = await insider(onObjects()).service.recall(captcha_id, { address: newVisitor() });
    if (!live.ok) throw new Error(`no live challenge ${captcha_id}`);
    const verdict = await rpc.verify({ captcha_id, answer: live.puzzle.answer }, visitor);
    if (!verdict.success || !verdict.verified) throw new Error('expected a token');
    const call = { secret: SECRET, response: verdict.token };
    expect(await rpc.siteverify(call)).toMatchObject({ success: true, action: 'login', kind: 'text' });
    expect(await rpc.siteverify(call)).toMatchObject({ success: false });
  });

  it('gives what a visitor got wrong as a value, and throws at a caller that names no visitor', async () => {
    const refused = await rpc.generate({ kind: 'riddle', lang: 'en' }, newVisitor());
    expect(refused).toMatchObject({ success: false, code: 400, error_code: 'invalid_kind' });
    await expect(rpc.generate({}, undefined as never)).rejects.toThrow('IPv4 or IPv6 address');
  });
});

describe('the example behind a service binding', () => {
  const visit = (body?: URLSearchParams, from = newVisitor()) =>
    fleet.to('guest-book')(
      new Request('http://localhost/', body ? { method: 'POST', body } : { method: 'GET' }),
      from,
    );
  const fresh = async (from?: string) => {
    const page = await (await visit(undefined, from)).text();
    expect(page).toContain('<img src="data:image/png;base64,');
    return /name="captcha_id" value="([0-9a-z]{32})"/.exec(page)![1]!;
  };
  const fill = (captcha_id: string, answer: string) =>
    new URLSearchParams({ captcha_id, answer, name: 'Ada <i>Lovelace' });
  const answerOf = async (id: string) => {
    const live = await insider(onObjects()).service.recall(id, { address: newVisitor() });
    if (!live.ok) throw new Error(`no live challenge ${id}`);
    return live.puzzle.answer;
  };

  it('lets in who reads the picture, once', async () => {
    const id = await fresh();
    const answer = await answerOf(id);
    const reply = await visit(fill(id, answer));
    expect([reply.status, await reply.text()]).toEqual([
      200,
      expect.stringContaining('Thank you, Ada &lt;i&gt;Lovelace.'),
    ]);
    expect((await visit(fill(id, answer))).status).toBe(422);
  });

  it('shows another picture to who does not', async () => {
    const id = await fresh();
    const reply = await visit(fill(id, 'nope'));
    expect(reply.status).toBe(422);
    expect(await reply.text()).not.toContain(id);
  });

  it('counts for the visitor, not for the Worker that asks', async () => {
    const from = newVisitor();
    for (let i = 0; i < 10; i++) await fresh(from);
    const refused = await visit(undefined, from);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    await fresh();
  });

  it('passes on what is wrong with a field', async () => {
    const reply = await visit(fill('short', 'x'));
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('captcha_id');
  });
});
