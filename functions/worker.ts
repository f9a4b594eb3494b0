/**
 * The Cloudflare Worker. Three doors: `fetch` for visitors, the class `Glyphgate` for other Workers by a service binding (typed RPC), and
 * the Durable Object class that keeps the challenges. Kernel and packs are modules beside this one.
 */
import { env as environment, WorkerEntrypoint } from 'cloudflare:workers';
import { createKinds } from '../lib/challenge/registry.ts';
import { ConfigError } from '../lib/errors.ts';
import { type Assembled, assemble } from '../lib/http/assemble.ts';
import { cloudflareAddress, cloudflareRegion } from '../lib/http/cloudflare.ts';
import openapi from '../lib/http/openapi.json' with { type: 'json' };
import {
  createRpc,
  type GenerateCall,
  type Rpc,
  type SiteverifyCall,
  type VerifyCall,
  type Visitor,
} from '../lib/http/rpc.ts';
import { analyticsMeter } from '../lib/observe/analytics.ts';
import { describeError, jsonLines } from '../lib/observe/log.ts';
import fonts from '../lib/render/fonts.bin';
import icons from '../lib/render/icons.bin';
import kernel from '../lib/render/kernel.wasm';
import { createRenderer } from '../lib/render/renderer.ts';
import sceneFonts from '../lib/render/scene-fonts.bin';
import { shardByte } from '../lib/store/durable-object-place.ts';
import { createSigningKeys, proveSigningKeys } from '../lib/token/signing.ts';
import { WIDGET } from '../lib/widget/built.ts';
import { type Env, openGate, openStore, readEnv } from './cloudflare/environment.ts';
import { loadEncoder, speech } from './cloudflare/later.ts';
import { nodePrimitives } from './node-primitives.ts';

export { ChallengeStore } from './cloudflare/challenge-store.ts';

const log = jsonLines((line) => console.log(line));

// While the isolate starts, before any request is waited for and on nobody's bill.
const renderer = createRenderer({
  kernel,
  fonts: [fonts, sceneFonts].map((pack) => new Uint8Array(pack)),
  icons: new Uint8Array(icons),
});
const kinds = createKinds(renderer, { text: { loadEncoder } });
// One picture of each, for nobody: the first of an isolate takes a request twice as long, and the free plan bounds requests, not starts.
for (const { generate, presets } of [kinds.text, kinds.scene, kinds.reveal])
  generate({ seed: 'start', preset: presets[0]!.name, difficulty: 3, lang: 'en', format: 'png' }).picture();

interface Service extends Assembled {
  readonly rpc: Rpc;
}

let service: Service | undefined;

/** Several may make it at once; none waits for another's, since on workerd what a request has begun may end with it. */
async function serviceOf(env: Env): Promise<Service> {
  if (service) return service;
  const config = readEnv(env);
  await proveSigningKeys(createSigningKeys(config.signingKeys));
  const store = await openStore(config.store, env);
  const assembled = assemble(config, {
    store,
    log,
    kinds,
    renderer,
    openapi,
    meters: env.METRICS ? [analyticsMeter(env.METRICS)] : [],
    speech: speech(),
    widget: WIDGET,
    clientAddress: cloudflareAddress,
    // workerd's own, behind nodejs_compat: three times as fast as the portable one (npm run bench:workers).
    primitives: nodePrimitives,
    regions: { of: cloudflareRegion, shard: shardByte },
    gate: openGate(env),
    roles: [...config.roles, 'health'],
  });
  service = { ...assembled, rpc: createRpc(assembled.app, config.basePath) };
  return service;
}

// While the isolate starts too. What fails then breaks no deployment: the first request tries again.
await serviceOf(environment as Env).catch((error) => {
  if (!(error instanceof ConfigError))
    log({ level: 'warn', event: 'start_failed', error: describeError(error) });
});

/** What is wrong is for the log; a visitor is told only that something is. */
function misconfigured(error: unknown): Response {
  if (!(error instanceof ConfigError)) throw error;
  log({ level: 'error', event: 'config_invalid', error: describeError(error) });
  const body = {
    success: false,
    error: 'This service is not configured',
    code: 500,
    error_code: 'internal_error',
  };
  return Response.json(body, { status: 500, headers: { 'Cache-Control': 'no-store' } });
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      return await (service ?? (await serviceOf(env))).app.fetch(request, {});
    } catch (error) {
      return misconfigured(error);
    }
  },
};

/** For a service binding with `"entrypoint": "Glyphgate"`. Whoever holds the binding is trusted to name its visitors. */
export class Glyphgate extends WorkerEntrypoint<Env> implements Rpc {
  async generate(call: GenerateCall, visitor: Visitor) {
    return (await serviceOf(this.env)).rpc.generate(call, visitor);
  }

  async verify(call: VerifyCall, visitor: Visitor) {
    return (await serviceOf(this.env)).rpc.verify(call, visitor);
  }

  async siteverify(call: SiteverifyCall) {
    return (await serviceOf(this.env)).rpc.siteverify(call);
  }
}
