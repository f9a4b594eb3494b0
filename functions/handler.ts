/**
 * The service inside a program of yours: a fetch handler with everything that the local server has but the listening and the demo.
 * Entry `.` of the package.
 */
import type { Hook } from '../lib/service/hooks.ts';
import { readEnvironment } from './environment.ts';
import { openLocal } from './local.ts';
import { nodeStores } from './stores/node.ts';

export type { Hook, HookEvent, HookOutcome, HookRefusal, Media } from '../lib/service/hooks.ts';

export interface HandlerOptions {
  /** The variables that the server reads (README, Configuration); default: those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * The visitor's address, as the platform vouches for it. Default: the socket's peer, where `bindings` are those of
   * @hono/node-server (`{ incoming }`).
   */
  readonly clientAddress?: (request: Request, bindings: unknown) => string | undefined;
  /** Code of yours around challenges (docs/hooks.md), beside what GLYPHGATE_HOOKS names. */
  readonly hooks?: readonly Hook[];
}

export interface Handler {
  fetch(request: Request, bindings?: object): Promise<Response>;
  /** Closes the store. */
  close(): Promise<void>;
}

const OPTIONS: readonly string[] = [
  'environment',
  'clientAddress',
  'hooks',
] satisfies (keyof HandlerOptions)[];

/**
 * Throws an error that names every variable that cannot work, and `TypeError` for what is no option.
 *
 * @example
 * const captcha = await createHandler({ environment: { NODE_ENV: 'development' } });
 * serve({ fetch: captcha.fetch, port: 8787 });
 */
export async function createHandler(options: HandlerOptions = {}): Promise<Handler> {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`createHandler: ${unknown}: no such option; expected one of ${OPTIONS.join(', ')}`);
  const { environment, clientAddress, hooks = [] } = options;
  const opened = await readEnvironment(nodeStores, {}, environment);
  const { app } = await openLocal(opened, {
    clientAddress: clientAddress && (({ req, env }) => clientAddress(req.raw, env)),
    hooks,
  });
  return {
    fetch: async (request, bindings) => app.fetch(request, bindings),
    close: () => opened.store.close(),
  };
}
