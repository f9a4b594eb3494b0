/** The OpenAPI document: valid, fresh, complete, and true: what the service really answers is what it says. */
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { openapiDocument } from '../../infra/build/openapi/document.ts';
import { apiReference } from '../../infra/build/openapi/reference.ts';
import { StoreError } from '../../lib/errors.ts';
import served from '../../lib/http/openapi.json' with { type: 'json' };
import type { Store } from '../../lib/store/store.ts';
import { trailTo } from '../challenge/reveal/kit.ts';
import { type CallOptions, type Reply, type Rig, rig } from './rig.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document, as its specification has it
type Json = Record<string, any>;

const document = openapiDocument() as Json;
const STALE = 'lib/http/openapi.json or docs/api.md is stale: run npm run build:openapi';
const ID = '0'.repeat(32);

const ajv = new Ajv2020({ strict: false, allErrors: true });
(formats as unknown as (ajv: object) => void)(ajv);
ajv.addSchema({ $id: 'openapi', components: document.components });
/** References of the document are to the document. */
const compiled = (schema: Json) =>
  ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')));

it('is what the schemas say, and docs/api.md with it', () => {
  expect(served, STALE).toEqual(JSON.parse(JSON.stringify(document)));
  expect(readFileSync('docs/api.md', 'utf8'), STALE).toBe(apiReference(document));
});

it('is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

it('has every route of the service, and no other', () => {
  const routes = rig()
    .app.routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const documented = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(documented.toSorted()).toEqual([...new Set(routes)].toSorted());
});

it('has examples that keep to their own schemas', () => {
  const wrong: string[] = [];
  const look = (node: unknown, path: string) => {
    if (typeof node !== 'object' || node === null) return;
    const { schema, example } = node as Json;
    if (schema && example !== undefined && !compiled(schema)(example)) wrong.push(path);
    for (const [name, inner] of Object.entries(node)) look(inner, `${path}/${name}`);
  };
  look(document.paths, '');
  expect(wrong).toEqual([]);
});

it('is served, under the base path that is configured', async () => {
  const reply = await rig().call('/openapi.json');
  expect(reply.body).toEqual(served);
  const moved = await rig({ env: { GLYPHGATE_BASE_PATH: '/captcha-service' } }).call('/openapi.json');
  expect(Object.keys(moved.body.paths)).toContain('/captcha-service/captcha/verify');
  expect(JSON.stringify(moved.body)).not.toContain('"/api/');
});

describe('real replies', () => {
  const seen = new Set<string>();
  /** Holds a reply against the operation's own line for its status: body, media type, headers. */
  const conforms = (path: string, method: string, { status, headers, body, bytes }: Reply) => {
    const at = `${method} ${path} ${status}`;
    const response =
      document.paths[path][method.toLowerCase()]?.responses[status] ?? document.paths[path].any;
    expect(response, `${at} is not in the document`).toBeDefined();
    seen.add(at);
    for (const [name, { $ref }] of Object.entries<Json>(response.headers)) {
      const value = headers.get(name);
      if (name === 'Set-Cookie' || (name.startsWith('RateLimit') && status === 429 && value === null))
        continue;
      expect(value, `${at}: ${name}`).not.toBeNull();
      expect(compiled({ $ref })(value), `${at}: ${name}: ${value}`).toBe(true);
    }
    if (!response.content) return;
    const type = (headers.get('Content-Type') ?? '').split(';')[0]!;
    expect(Object.keys(response.content), at).toContain(type);
    const { schema } = response.content[type];
    if (!schema) return void expect(bytes.length, at).toBeGreaterThan(50);
    const check = compiled(schema);
    expect(
      check(body),
      `${at}: ${ajv.errorsText(check.errors)} in ${JSON.stringify(body).slice(0, 300)}`,
    ).toBe(true);
  };
  const ask = async (r: Rig, path: string, more: CallOptions & { query?: string; id?: string } = {}) => {
    const { query = '', id = ID, ...options } = more;
    const reply = await r.call(`${path.replace('{id}', id)}?${query}`, { from: r.newVisitor(), ...options });
    conforms(path, options.method ?? (options.body === undefined ? 'GET' : 'POST'), reply);
    return reply;
  };
  const at = (name: string) => `/api/captcha/${name}`;

  it('of every kind and look, right and wrong, to the redemption', async () => {
    const r = rig({ env: { GLYPHGATE_SIGNING_KEY: KEY } });
    for (const query of [
      'kind=text',
      'kind=text&preset=classic&lang=en',
      'preset=bitmap',
      'kind=scene',
      'kind=reveal',
      'kind=reveal&preset=client',
      'kind=text&generator=arithmetic',
    ]) {
      const { body } = await ask(r, at('generate'), { query });
      await ask(r, at('{id}/image'), { id: body.captcha_id });
      const fresh = (await ask(r, at('refresh'), { body: { captcha_id: body.captcha_id } })).body;
      const answer = await r.answerOf(fresh.captcha_id);
      const { token } = (await ask(r, at('verify'), { body: { captcha_id: fresh.captcha_id, answer } })).body;
      const siteverify = { secret: SECRET, response: token };
      await ask(r, at('siteverify'), { body: siteverify });
      await ask(r, at('siteverify'), { body: siteverify });
      const another = (await ask(r, at('generate'), { query })).body;
      await ask(r, at('verify'), { body: { captcha_id: another.captcha_id, answer: 'wrong' } });
    }
    await ask(r, at('image'), { query: 'kind=text' });
    const { captcha_id } = (await ask(r, at('generate'), { query: 'kind=reveal' })).body;
    const issued = await r.service.recall(captcha_id, { address: '192.0.2.1' });
    const [x, y] = issued.ok ? issued.puzzle.point! : [0, 0];
    const reveal = (trail: object) => ask(r, at('{id}/reveal'), { id: captcha_id, body: { trail } });
    expect((await reveal(trailTo(x > 100 ? 20 : 180, y))).body).toMatchObject({ revealed: false });
    expect((await reveal(trailTo(x, y))).body).toMatchObject({ revealed: true });
    expect((await reveal([[1, 1, 0]])).status).toBe(400);
    for (const path of ['/api/health', '/.well-known/jwks.json', '/openapi.json']) await ask(r, path);
  });

  it('of rounds', async () => {
    const r = rig({ env: { GLYPHGATE_PROFILE: 'accessible' } });
    const { captcha_id } = (await ask(r, at('generate'), { query: 'kind=scene' })).body;
    const { next } = (await ask(r, at('verify'), { body: { captcha_id, answer: 'A' } })).body;
    await ask(r, at('generate'), { query: `chain=${next.chain}` });
  });

  it('of everything that can be wrong with a request', async () => {
    const r = rig();
    const gets = [at('generate'), at('image'), at('{id}/image'), at('{id}/audio')];
    const posts = [at('verify'), at('refresh'), at('{id}/reveal'), at('siteverify')];
    await ask(r, at('generate'), { query: 'kind=none' });
    await ask(r, at('image'), { query: 'difficulty=9' });
    for (const path of [at('{id}/image'), at('{id}/audio')]) {
      await ask(r, path, { id: 'x' });
      await ask(r, path);
    }
    await ask(r, at('generate'), { query: 'chain=x' });
    for (const path of posts) {
      await ask(r, path, { body: '{', method: 'POST', headers: { 'Content-Type': 'application/json' } });
      await ask(r, path, { body: 'x', method: 'POST', headers: { 'Content-Type': 'text/plain' } });
      await ask(r, path, { body: { x: 'x'.repeat(17_000) } });
    }
    await ask(r, at('verify'), { body: { captcha_id: ID, answer: 'A' } });
    await ask(r, at('refresh'), { body: { captcha_id: ID } });
    await ask(r, at('siteverify'), { body: { secret: 'x', response: 'y' } });
    await ask(r, at('siteverify'), { body: {} });
    // No method that is not there is in the document, so these are looked up by hand.
    for (const path of gets)
      expect((await r.call(path.replace('{id}', ID), { method: 'PUT' })).status).toBe(405);
  });

  it('of limits, hooks, faults and a store that is away', async () => {
    const env = {
      GLYPHGATE_LIMIT_GENERATE: '1/60s',
      GLYPHGATE_LIMIT_VERIFY: '1/60s',
      GLYPHGATE_LIMIT_MEDIA: '1/60s',
      GLYPHGATE_LIMIT_SITEVERIFY: '1/60s',
    };
    const limited = rig({ env });
    const from = '192.0.2.1';
    const { token, captcha_id: used } = await solved(limited);
    for (let i = 0; i < 2; i++) {
      await ask(limited, at('generate'), { from });
      await ask(limited, at('image'), { from });
      await ask(limited, at('verify'), { from, body: { captcha_id: used, answer: 'A' } });
      await ask(limited, at('{id}/image'), { from });
      await ask(limited, at('siteverify'), { body: { secret: SECRET, response: token } });
    }
    const closed = rig({ hooks: [{ name: 'closed', before: () => ({ code: 'closed' }) }] });
    await ask(closed, at('generate'));
    await ask(closed, at('verify'), { body: { captcha_id: ID, answer: 'A' } });
    for (const error of [new StoreError('store_unavailable', 'gone'), new Error('bug')]) {
      let broken = false;
      const fail = async () => {
        throw error;
      };
      const wrap = (store: Store): Store =>
        new Proxy(store, {
          get: (target, name) =>
            broken && ['put', 'get', 'transition', 'hit', 'ping'].includes(String(name))
              ? fail
              : target[name as keyof Store],
        });
      const r = rig({ wrap });
      const { token: spent, captcha_id } = await solved(r);
      broken = true;
      await ask(r, at('generate'));
      await ask(r, at('image'));
      await ask(r, at('verify'), { body: { captcha_id, answer: 'A' } });
      await ask(r, at('{id}/image'), { id: captcha_id });
      await ask(r, at('siteverify'), { body: { secret: SECRET, response: spent } });
      await ask(r, '/api/health');
    }
  });

  it('were of nearly all that the document says', () => {
    const all = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
      Object.entries<Json>(methods).flatMap(([method, { responses }]) =>
        Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    // What these tests don't bring about; the kinds' own do.
    const elsewhere =
      / 405$|audio|reveal (403|404|413|429|500|503)|refresh (403|429|500|503)|image (400|403) ?$|(jwks|openapi).json 500|health 500/;
    expect(all.filter((each) => !seen.has(each) && !elsewhere.test(each))).toEqual([]);
  });
});

const SECRET = 'development-secret-never-use-in-production';
const KEY = JSON.stringify({
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
});

async function solved(r: Rig) {
  const { captcha_id } = (await r.generate('kind=text')).body;
  const { token } = (await r.verify({ captcha_id, answer: await r.answerOf(captcha_id) })).body;
  return { captcha_id, token };
}
