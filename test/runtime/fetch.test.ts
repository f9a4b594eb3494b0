/** The plain fetch handler: without anything of Node, told the address by its caller. */
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { loadEncoder, loadRenderAssets } from '../../functions/assets.ts';
import { createFetchHandler, type FetchOptions } from '../../functions/fetch.ts';
import { loadSpeech } from '../../functions/speech.ts';
import { StoreError } from '../../lib/errors.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Store } from '../../lib/store/store.ts';
import { runtimeJourney } from './journey.ts';

interface Info {
  readonly peer?: string;
}

const handlerOf = (more: Partial<FetchOptions<Info>> = {}) =>
  createFetchHandler<Info>({
    environment: { NODE_ENV: 'development' },
    assets: loadRenderAssets(),
    address: (_, { peer }) => peer,
    log: () => {},
    ...more,
  });

runtimeJourney('the plain fetch handler', async (environment) => {
  const store = createMemoryStore();
  let away = false;
  const unlessAway =
    <A extends never[], T>(work: (...args: A) => Promise<T>) =>
    (...args: A) =>
      away ? Promise.reject(new StoreError('store_unavailable', 'away')) : work(...args);
  const theirs: Store = {
    ...store,
    put: unlessAway(store.put),
    get: unlessAway(store.get),
    transition: unlessAway(store.transition),
    hit: unlessAway(store.hit),
    ping: unlessAway(store.ping),
  };
  const handler = handlerOf({ environment, store: theirs, speech: loadSpeech(), loadEncoder });
  return {
    request: (request, from) => handler(request, { peer: from }),
    storeKind: 'memory',
    store,
    cut() {
      away = true;
    },
    join() {
      away = false;
    },
    async stop() {},
  };
});

describe('the plain fetch handler', () => {
  it('refuses to guess who a visitor is', async () => {
    const headers = { 'X-Forwarded-For': '192.0.2.1', 'CF-Connecting-IP': '192.0.2.1' };
    const request = () => new Request('http://localhost/api/captcha/generate', { headers });
    const handler = handlerOf();
    expect((await handler(request(), {})).status).toBe(500);
    expect((await handler(request(), { peer: 'not an address' })).status).toBe(500);
    expect((await handler(request(), { peer: '192.0.2.1' })).status).toBe(200);
    expect(() => handlerOf({ address: undefined as never })).toThrow('address: expected a function');
  });

  it('says which stores it carries', () => {
    const environment = { NODE_ENV: 'development', GLYPHGATE_STORE: 'sqlite', GLYPHGATE_SQLITE_PATH: '/x' };
    expect(() => handlerOf({ environment })).toThrow('memory, upstash');
  });

  it('is made of nothing but Web standards', async () => {
    // On a neutral platform an import of a builtin cannot be resolved, and that is an error.
    const { metafile } = await build({
      entryPoints: ['functions/fetch.ts'],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      format: 'esm',
      logLevel: 'silent',
    });
    expect(Object.keys(metafile.inputs)).toContain('lib/http/app.ts');
  });
});
