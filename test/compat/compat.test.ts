/** Clients that exist, unmodified but for the URL, against the real service. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretOf, startTestKeys, tokenFrom } from '../client/kit.ts';
import type { Server } from '../runtime/server.ts';
import { installBeside } from '../setup/install-beside.ts';
import { CLIENTS, closeClients } from './clients.ts';

let service: Server;
beforeAll(async () => {
  [service] = await Promise.all([
    startTestKeys(),
    installBeside(fileURLToPath(new URL('.', import.meta.url)), 'clients of hosted services'),
  ]);
}, 240_000);
afterAll(async () => {
  await closeClients();
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
