/**
 * A rolling deployment: for a while two releases share a store. What the previous one wrote is read by this one, and what this one writes is
 * read by the previous one, which is here as it was released (`previous/`, kept by `npm run build:rolling`).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { readConfig } from '../../lib/config.ts';
import { assemble } from '../../lib/http/assemble.ts';
import { kinds } from '../http/rig.ts';
import { BACKENDS, type Backend } from './backends.ts';
import { openAt } from './stores.ts';
import { openVerifier, type Verifier } from './verifier.ts';
import { type Written, write } from './writer.ts';

const previous = (name: string) => fileURLToPath(new URL(`./previous/${name}`, import.meta.url));
const kept = JSON.parse(readFileSync(previous('written.json'), 'utf8')) as {
  readonly release: string;
  readonly stores: Readonly<Record<string, Written>>;
};

/** Seconds after it was written. */
const LATER_MS = 10_000;

async function readsAll(reader: Verifier, { environment, challenges }: Written): Promise<void> {
  const post = async (path: string, body: object) => {
    const request = new Request(`http://localhost/api/captcha/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what the wire gives
    return (await (await reader.fetch(request)).json()) as any;
  };
  const redeem = (response: string, idempotency_key?: string) =>
    post('siteverify', { secret: environment.GLYPHGATE_SECRET, response, idempotency_key });
  for (const { name, id, answer, attempt, token, idempotencyKey } of challenges) {
    const verify = (more: object = {}) => post('verify', { captcha_id: id, answer, ...more });
    if (idempotencyKey) {
      expect(await redeem(token!, idempotencyKey), name).toMatchObject({ success: true });
      expect(await redeem(token!, 'another'), name).toMatchObject({ success: false });
      expect(await verify(), name).toMatchObject({ code: 404 });
    } else if (token) {
      expect(await verify({ attempt }), name).toMatchObject({ verified: true, token });
      expect(await verify(), name).toMatchObject({ code: 404 });
      expect(await redeem(token), name).toMatchObject({ success: true, kind: name.split(/[ ,]/)[0] });
      expect(await redeem(token), name).toMatchObject({ 'error-codes': ['timeout-or-duplicate'] });
    } else {
      const verdict = await verify();
      expect(verdict, name).toMatchObject({ success: true, verified: true });
      expect(await redeem(verdict.token), name).toMatchObject({ success: true });
    }
  }
}

describe.each(Object.entries(BACKENDS))(`beside ${kept.release}, on %s`, (name, { file, start }) => {
  const theirs = kept.stores[name] ?? kept.stores.redis!;
  const theirClock = () => theirs.at + LATER_MS;
  let backend: Backend;
  beforeAll(async () => {
    backend = await start();
    await backend.lay(previous(file));
  });
  afterAll(() => backend?.stop());

  it('reads what it wrote: challenges, half-way and redeemed ones, tokens', async () => {
    const { place } = backend;
    const reader = openVerifier({ place, environment: theirs.environment, clock: theirClock });
    await readsAll(reader, theirs);
    await reader.close();
  });

  it('goes on with a chain that it began', async () => {
    const store = openAt(backend.place, theirClock);
    const { app } = assemble(readConfig({ ...theirs.environment, GLYPHGATE_PROFILE: 'standard' }), {
      store,
      clock: theirClock,
      kinds,
      primitives: nodePrimitives,
      clientAddress: () => '203.0.113.9',
      log: () => {},
      roles: ['generate'],
    });
    const reply = await app.request(`/api/captcha/generate?chain=${encodeURIComponent(theirs.chain)}`);
    expect(await reply.json()).toMatchObject({ success: true, kind: 'scene' });
    await store.close();
  });

  it('writes what it reads', async () => {
    const ours = await write(backend.place, theirs.at + 10 * 60_000);
    // As it was released: not a line of ours is in it.
    const { openVerifier: openTheirs } = (await import(
      previous('verifier.min.js')
    )) as typeof import('./verifier.ts');
    const reader = openTheirs({
      place: backend.place,
      environment: ours.environment,
      clock: () => ours.at + LATER_MS,
    });
    await readsAll(reader, ours);
    await reader.close();
  });
});
