/** The other half: gives challenges of every kind and takes some of them further, into a store that the neighbours read. */
import { loadRenderAssets } from '../../functions/assets.ts';
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { createKinds } from '../../lib/challenge/registry.ts';
import { readConfig } from '../../lib/config.ts';
import { assemble } from '../../lib/http/assemble.ts';
import { createRenderer } from '../../lib/render/renderer.ts';
import { openAt, type Place } from './stores.ts';

/** What was written, and what the next steps with it need. */
export interface Written {
  /** Milliseconds since the epoch; a reader's clock stands a little later. */
  readonly at: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly challenges: readonly {
    readonly name: string;
    readonly id: string;
    readonly answer: string;
    /** From `answered` on. */
    readonly attempt?: string;
    readonly token?: string;
    /** When `redeemed`. */
    readonly idempotencyKey?: string;
  }[];
  /** A ticket for the second round of a chain. */
  readonly chain: string;
  /** Its first round. */
  readonly chained: string;
}

const ENVIRONMENT = {
  NODE_ENV: 'production',
  GLYPHGATE_MASTER_KEY: 'a-master-key-that-two-releases-share-and-no-one-else',
  GLYPHGATE_SITEKEY: 'rolling',
  GLYPHGATE_SECRET: 'a-secret-that-two-releases-share-and-nobody-else',
};
const AT = Date.UTC(2026, 0, 1, 12);
const WISHES = [
  ['text strong', 'kind=text&preset=strong&action=login&cdata=c-1'],
  ['text classic', 'kind=text&preset=classic'],
  ['scene', 'kind=scene&difficulty=2'],
  ['reveal', 'kind=reveal'],
] as const;

/** Writes into a store that may hold others' rows; their counters count, so a second writer comes a while later. */
export async function write(place: Place, at = AT): Promise<Written> {
  const clock = () => at;
  const store = openAt(place, clock);
  const common = {
    store,
    clock,
    kinds: createKinds(createRenderer(loadRenderAssets())),
    primitives: nodePrimitives,
    clientAddress: () => '203.0.113.9',
    log: () => {},
    roles: ['generate', 'verify'] as ('generate' | 'verify')[],
  };
  const { app, service } = assemble(readConfig({ ...ENVIRONMENT, GLYPHGATE_STORE: 'memory' }), common);
  const chained = assemble(
    readConfig({ ...ENVIRONMENT, GLYPHGATE_STORE: 'memory', GLYPHGATE_PROFILE: 'standard' }),
    common,
  );
  const call = async (of: typeof app, path: string, body?: object) => {
    const response = await of.request(`http://localhost/api/captcha/${path}`, {
      ...(body && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: what the wire gives
    return (await response.json()) as any;
  };
  const issue = async (name: string, query: string, of = app) => {
    const { captcha_id: id } = await call(of, `generate?${query}`);
    const live = await service.recall(id, { address: '203.0.113.10' });
    if (!live.ok) throw new Error(`${name}: no live challenge`);
    return { name, id: id as string, answer: live.puzzle.answer as string };
  };
  const challenges: Written['challenges'][number][] = [];
  for (const [name, query] of WISHES) {
    challenges.push(await issue(`${name}, issued`, query));
    const attempt = 'an-attempt-of-128-bits-or-so';
    const answered = await issue(`${name}, answered`, query);
    const { token } = await call(app, 'verify', {
      captcha_id: answered.id,
      answer: answered.answer,
      attempt,
    });
    challenges.push({ ...answered, attempt, token });
    const redeemed = await issue(`${name}, redeemed`, query);
    const verdict = await call(app, 'verify', { captcha_id: redeemed.id, answer: redeemed.answer });
    const idempotencyKey = 'an-order';
    const secret = ENVIRONMENT.GLYPHGATE_SECRET;
    await call(app, 'siteverify', { secret, response: verdict.token, idempotency_key: idempotencyKey });
    challenges.push({ ...redeemed, token: verdict.token, idempotencyKey });
  }
  const first = await issue('a chain', 'kind=scene', chained.app);
  const { next } = await call(chained.app, 'verify', { captcha_id: first.id, answer: first.answer });
  await store.close();
  return {
    at,
    environment: { ...ENVIRONMENT, GLYPHGATE_STORE: 'memory' },
    challenges,
    chain: next.chain,
    chained: first.id,
  };
}
