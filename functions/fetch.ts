/**
 * The same app as a plain fetch handler, for runtimes without an entry of their own (Deno, Bun, others that speak Web standards). It reads no file and no
 * environment: what it needs is handed in. Above all the visitor's address, since the limits hang on it and no header can be believed
 * without knowing who wrote it.
 */
import type { Speech } from '../lib/audio/speech.ts';
import { createKinds } from '../lib/challenge/registry.ts';
import type { TextKindOptions } from '../lib/challenge/text/text.ts';
import { readConfig } from '../lib/config.ts';
import { ConfigError } from '../lib/errors.ts';
import { assemble } from '../lib/http/assemble.ts';
import openapi from '../lib/http/openapi.json' with { type: 'json' };
import { jsonLines, type Log } from '../lib/observe/log.ts';
import { createRenderer, type RendererOptions } from '../lib/render/renderer.ts';
import { guardStore } from '../lib/store/guard.ts';
import { createMemoryStore } from '../lib/store/memory.ts';
import type { Store } from '../lib/store/store.ts';
import { createUpstashStore } from '../lib/store/upstash.ts';
import type { Primitives } from '../lib/token/primitives.ts';
import { WIDGET } from '../lib/widget/built.ts';

export interface FetchOptions<Info> {
  /** Variables as in docs and `glyphgate help`; nothing else is looked up anywhere. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The kernel and the packs of lib/render. */
  readonly assets: RendererOptions;
  /**
   * The address of the connection's other end, as the runtime itself knows it; never from a header, unless a proxy of yours wrote it.
   * Undefined is a 500: nobody is counted for somebody else.
   */
  readonly address: (request: Request, info: Info) => string | undefined;
  /** Voices (createSpeech of lib/audio/speech.ts); absent: nothing can be heard. */
  readonly speech?: Speech;
  /** What jpeg and webp take (openPhotos of lib/render/photo.ts); absent: they can't be asked for. */
  readonly loadEncoder?: NonNullable<TextKindOptions['loadEncoder']>;
  /** Instead of the store that the environment names: memory (one process) or upstash. */
  readonly store?: Store;
  /** Instead of lines of JSON on the console. */
  readonly log?: Log;
  /** Faster cryptography than the portable one. */
  readonly primitives?: Primitives;
}

/**
 * Throws `ConfigError` when the environment cannot work.
 *
 * @example
 * const handler = createFetchHandler({
 *   environment: Deno.env.toObject(),
 *   assets,
 *   address: (_, info: Deno.ServeHandlerInfo<Deno.NetAddr>) => info.remoteAddr.hostname,
 * });
 * Deno.serve(handler);
 */
export function createFetchHandler<Info>(
  options: FetchOptions<Info>,
): (request: Request, info: Info) => Promise<Response> {
  const { environment, assets, address, primitives, speech, loadEncoder } = options;
  if (typeof address !== 'function')
    throw new ConfigError(
      'address: expected a function (request, info) that gives the address of the connection’s other end',
    );
  const config = readConfig(environment);
  const renderer = createRenderer(assets);
  const { app } = assemble(config, {
    store: options.store ?? openStore(config.store),
    log: options.log ?? jsonLines((line) => console.log(line)),
    kinds: createKinds(renderer, { text: loadEncoder ? { loadEncoder } : {} }),
    renderer,
    openapi,
    speech,
    widget: WIDGET,
    ...(primitives && { primitives }),
    clientAddress: (context) => (context.env as { peer?: string }).peer,
    roles: [...config.roles, 'health'],
  });
  return async (request, info) => app.fetch(request, { peer: address(request, info) });
}

function openStore(config: ReturnType<typeof readConfig>['store']): Store {
  if (config.kind === 'memory') return createMemoryStore();
  if (config.kind === 'upstash') return guardStore(createUpstashStore(config));
  throw new ConfigError(
    `GLYPHGATE_STORE: expected one that this entry carries (memory, upstash), or a store of your own; it is "${config.kind}"`,
  );
}
