import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Client, type ClientOptions, createClient } from '../../lib/client/client.ts';
import type { Challenge, Redeemed } from '../../lib/client/types.ts';
import type { ChallengeReply } from '../../lib/http/replies.ts';
import type { Redemption as ServerRedemption } from '../../lib/service/contract.ts';
import { type FaultProxy, startFaultProxy } from '../backends/fault-proxy.ts';
import type { Server } from '../runtime/server.ts';
import { secretOf, startTestKeys, tokenFrom } from './kit.ts';

let server: Server;
let proxy: FaultProxy;
const client = (more: Partial<ClientOptions> = {}): Client =>
  createClient({ endpoint: server.url, secret: secretOf('pass'), ...more });
const throughProxy = (more: Partial<ClientOptions> = {}) =>
  client({ endpoint: `http://127.0.0.1:${proxy.port}`, ...more });

beforeAll(async () => {
  server = await startTestKeys();
  proxy = await startFaultProxy({ host: 'localhost', port: Number(new URL(server.url).port) });
});
afterEach(() => proxy.pass());
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

describe('siteverify', () => {
  it('accepts a token once', async () => {
    const token = await tokenFrom(server.url, 'pass', 'login');
    expect(await client().siteverify(token)).toMatchObject({
      accepted: true,
      couldVerify: true,
      reason: 'redeemed',
      details: { action: 'login', kind: 'scene', guess: 0.25, rounds: 1 },
    });
    expect(await client().siteverify(token)).toEqual({
      accepted: false,
      couldVerify: true,
      reason: 'used-or-expired',
      errorCodes: ['timeout-or-duplicate'],
    });
  });

  it.each([
    [undefined, 'missing-token'],
    ['', 'missing-token'],
    [null, 'missing-token'],
    [['a', 'b'], 'missing-token'],
    [{ token: 'x' }, 'missing-token'],
    ['x', 'invalid-token'],
    ['x'.repeat(2049), 'invalid-token'],
  ])('%j is refused as %s', async (token, reason) => {
    expect(await client().siteverify(token)).toMatchObject({ accepted: false, couldVerify: true, reason });
  });

  it.each([
    [{ action: 'login' }, 'redeemed'],
    [{ action: 'pay' }, 'unexpected-action'],
    [{ hostname: 'shop.example' }, 'unexpected-hostname'],
    [{ hostname: ['shop.example', ''] }, 'redeemed'],
    [{ cdata: 'order-1' }, 'unexpected-cdata'],
    [{ maxGuess: 0.25 }, 'redeemed'],
    [{ maxGuess: 0.02 }, 'unexpected-guess'],
  ])('expecting %j gives %s', async (expected, reason) => {
    const token = await tokenFrom(server.url, 'pass', 'login');
    const redemption = await client().siteverify(token, expected);
    expect(redemption).toMatchObject({ accepted: reason === 'redeemed', couldVerify: true, reason });
  });

  it('a secret that is wrong accepts nobody, whatever is said of unreachable services', async () => {
    const wrong = client({ secret: 'wrong', whenUnreachable: 'accept' });
    expect(await wrong.siteverify(await tokenFrom(server.url))).toEqual({
      accepted: false,
      couldVerify: false,
      reason: 'misconfigured',
      errorCodes: ['invalid-input-secret'],
    });
  });
});

describe('a service that fails', () => {
  it('a lost reply is asked for again, and the token is not lost', async () => {
    const token = await tokenFrom(server.url);
    const before = proxy.dropped;
    proxy.dropNextReply();
    expect(await throughProxy().siteverify(token)).toMatchObject({ accepted: true });
    expect(proxy.dropped).toBe(before + 1);
    expect(await client().siteverify(token)).toMatchObject({ reason: 'used-or-expired' });
  });

  it('a service that is gone refuses, unless told otherwise, and says that it could not be asked', async () => {
    proxy.refuse();
    const gone = {
      accepted: false,
      couldVerify: false,
      reason: 'unreachable',
      errorCodes: ['internal-error'],
    };
    expect(await throughProxy().siteverify('a token')).toEqual(gone);
    const open = throughProxy({ whenUnreachable: 'accept' });
    expect(await open.siteverify('a token')).toEqual({ ...gone, accepted: true });
    expect(await open.siteverify(undefined)).toMatchObject({ accepted: false, reason: 'missing-token' });
    expect(await open.generate()).toMatchObject({ ok: false, status: 503, code: 'unreachable' });
  });

  it('a service that stalls is given up', async () => {
    proxy.stall();
    const hasty = throughProxy({ tryTimeoutMs: 50, timeoutMs: 200, tries: 2 });
    expect(await hasty.siteverify('a token')).toMatchObject({ accepted: false, reason: 'unreachable' });
  });

  it('a page that is no service at all is no yes', async () => {
    const elsewhere = client({ endpoint: `${server.url}/demo` });
    expect(await elsewhere.siteverify('a token')).toMatchObject({ accepted: false, couldVerify: false });
  });

  it('a service that sends elsewhere is not followed: the secret stays here', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url!);
      if (request.url === '/elsewhere') response.end('{"success":true}');
      else response.writeHead(307, { Location: '/elsewhere' }).end();
    });
    await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
    try {
      const { port } = elsewhere.address() as AddressInfo;
      const { siteverify } = client({ endpoint: `http://127.0.0.1:${port}`, tries: 1 });
      expect(await siteverify('a token')).toMatchObject({ accepted: false, couldVerify: false });
      expect(asked).toEqual(['/api/captcha/siteverify']);
    } finally {
      elsewhere.close();
    }
  });

  it('a site beyond its limit could not be verified', async () => {
    const tight = await startTestKeys({ GLYPHGATE_LIMIT_SITEVERIFY: '1/60s' });
    try {
      const { siteverify } = createClient({ endpoint: tight.url, secret: secretOf('pass') });
      const tokens = [await tokenFrom(tight.url), await tokenFrom(tight.url)];
      expect(await siteverify(tokens[0])).toMatchObject({ accepted: true });
      expect(await siteverify(tokens[1])).toMatchObject({ couldVerify: false, reason: 'unreachable' });
    } finally {
      await tight.stop();
    }
  });
});

describe('on behalf of visitors', () => {
  const own = () => client({ secret: 'development-secret-never-use-in-production' });

  it('asks, trades, has judged and redeems', async () => {
    const { generate, refresh, verify, siteverify } = own();
    const first = await generate({ clientIp: '192.0.2.1', lang: 'en', action: 'login', kind: 'scene' });
    if (!first.ok) throw new Error(first.message);
    expect(first.challenge).toMatchObject({ kind: 'scene', lang: 'en', rounds: 1 });
    const second = await refresh(first.challenge.captcha_id, { clientIp: '192.0.2.1' });
    if (!second.ok) throw new Error(second.message);
    const id = second.challenge.captcha_id;
    const verdict = await verify(id, await server.answer(id), { clientIp: '192.0.2.1', lang: 'en' });
    expect(verdict).toMatchObject({ ok: true, verified: true, message: 'Verified' });
    const { token } = verdict as { token: string };
    expect(await siteverify(token, { action: 'login' })).toMatchObject({ accepted: true });
  });

  it('a wrong answer is a verdict; an unknown challenge and a wrong field are refusals', async () => {
    const { generate, verify } = own();
    const asked = await generate({ clientIp: '192.0.2.2' });
    if (!asked.ok) throw new Error(asked.message);
    const { captcha_id } = asked.challenge;
    expect(await verify(captcha_id, 'X')).toMatchObject({ ok: true, verified: false });
    expect(await verify(captcha_id, 'X')).toMatchObject({
      ok: false,
      status: 404,
      code: 'challenge_not_found',
    });
    expect(await generate({ kind: 'cat' })).toMatchObject({ ok: false, status: 400, code: 'invalid_kind' });
    expect(await client({ secret: 'wrong' }).generate()).toMatchObject({ code: 'invalid_authorization' });
  });

  it('a verdict whose reply was lost is asked for again', async () => {
    const asked = await own().generate({ clientIp: '192.0.2.3' });
    if (!asked.ok) throw new Error(asked.message);
    const { captcha_id } = asked.challenge;
    const answer = await server.answer(captcha_id);
    proxy.dropNextReply();
    const { verify } = throughProxy({ secret: 'development-secret-never-use-in-production' });
    expect(await verify(captcha_id, answer)).toMatchObject({ ok: true, verified: true });
  });

  it('each visitor has limits of their own', async () => {
    const tight = await startTestKeys({ GLYPHGATE_LIMIT_GENERATE: '2/60s' });
    try {
      const { generate } = createClient({ endpoint: tight.url, secret: secretOf('pass') });
      const from = (clientIp: string) => generate({ clientIp });
      for (const clientIp of ['192.0.2.4', '192.0.2.4', '192.0.2.5'])
        expect(await from(clientIp)).toMatchObject({ ok: true });
      const refused = await from('192.0.2.4');
      expect(refused).toMatchObject({ ok: false, status: 429, code: 'rate_limited' });
      expect((refused as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(0);
    } finally {
      await tight.stop();
    }
  });
});

it('a client that cannot work is told so when it is made', () => {
  expect(() => client({ endpoint: 'captcha' })).toThrow(/endpoint: expected a URL/);
  expect(() => client({ secret: '' })).toThrow(/secret: expected/);
});

it.each([
  [undefined, /^createClient: expected an object with endpoint, secret/],
  [{}, /^endpoint: expected a URL/],
  [{ endpoint: 'ftp://captcha.example.com', secret: 's' }, /^endpoint: expected a URL/],
  [{ endpoint: 'https://captcha.example.com/api/captcha/siteverify', secret: 's' }, /^endpoint: expected/],
  [{ endpoint: 'https://captcha.example.com' }, /^secret: expected/],
  [{ timeout: 3 }, /^createClient: timeout: no such option; expected one of endpoint/],
  [{ tries: 0 }, /^createClient: tries: expected a whole number/],
  [{ tries: 'many' }, /^createClient: tries: expected a whole number/],
  [{ timeoutMs: Number.NaN }, /^createClient: timeoutMs: expected milliseconds/],
  [{ whenUnreachable: 'acept' }, /^createClient: whenUnreachable: expected refuse or accept/],
])('a program without types is told what was expected: %j', (options, message) => {
  expect(() => createClient(options as never)).toThrow(message);
});

it('what a token is to be compared with is never ignored for its spelling', async () => {
  const ask = (expected: object) => client().siteverify('x', expected as never);
  await expect(ask({ actions: 'login' })).rejects.toThrow('siteverify: actions: no such option');
  await expect(ask({ maxGuess: '2 %' })).rejects.toThrow('siteverify: maxGuess: expected a number');
  await expect(ask({ action: 3 })).rejects.toThrow('siteverify: action: expected a text');
  expect(await ask({ action: undefined })).toMatchObject({ reason: 'invalid-token' });
});

it('has the shapes that the server sends', () => {
  const challenge = (reply: ChallengeReply): Challenge => reply;
  const redeemed = (reply: Extract<ServerRedemption, { success: true }>): Redeemed => reply;
  expect([challenge, redeemed]).toHaveLength(2);
});
