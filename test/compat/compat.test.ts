/** Clients that exist, unmodified but for the URL, against the real service. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretOf, startTestKeys, tokenFrom } from '../client/kit.ts';
import type { Server } from '../runtime/server.ts';
import { installBeside } from '../setup/install-beside.ts';
import { CLIENTS, closers } from './clients.ts';
import { express4, fastify4 } from './frameworks.ts';

let service: Server;
beforeAll(async () => {
  [service] = await Promise.all([
    startTestKeys(),
    installBeside(fileURLToPath(new URL('.', import.meta.url)), 'clients of hosted services'),
  ]);
}, 240_000);
afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  await service?.stop();
});

describe.each(CLIENTS)('$name', ({ start }) => {
  let passes: (token: string | undefined) => Promise<boolean>;
  const url = () => `${service.url}/api/captcha/siteverify`;
  beforeAll(async () => {
    passes = await start(url(), secretOf('pass'));
  });

  it('lets a fresh token pass, once', async () => {
    const token = await tokenFrom(service.url);
    expect(await passes(token)).toBe(true);
    expect(await passes(token)).toBe(false);
  });

  it('lets no form without a token pass, none with a forged one and none with another site’s', async () => {
    for (const token of [undefined, 'forged', await tokenFrom(service.url, 'scene')])
      expect(await passes(token)).toBe(false);
  });

  it('lets nobody pass with a wrong secret, or where there is no siteverify', async () => {
    const token = await tokenFrom(service.url);
    expect(await (await start(url(), 'a wrong secret'))(token)).toBe(false);
    const nothing = await start(`${service.url}/api/captcha/nothing`, secretOf('pass'));
    expect(await nothing(token)).toBe(false);
    expect(await passes(token)).toBe(true);
  });
});

describe('protect() in elder releases', () => {
  const client = () => ({ endpoint: service.url, secret: secretOf('pass') });
  const post = async (url: string, fields: object) => {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(fields) });
    return { status: response.status, body: await response.json() };
  };

  it.each([
    ['Express 4', express4],
    ['Fastify 4', fastify4],
  ])('%s lets a fresh token in, once, and nothing else', async (_name, start) => {
    const url = await start(client());
    const fields = { 'captcha-response': await tokenFrom(service.url) };
    expect(await post(url, fields)).toEqual({ status: 200, body: { kind: 'scene' } });
    expect(await post(url, fields)).toMatchObject({ status: 403, body: { error_code: 'captcha_refused' } });
    expect(await post(url, {})).toMatchObject({ status: 400, body: { error_code: 'captcha_missing' } });
  });

  it('Express 4, which does not look at promises, hears of what a site’s own answer throws', async () => {
    const url = await express4(client());
    expect(await post(`${url}/failing`, {})).toEqual({ status: 500, body: { error: 'of the site' } });
  });
});
