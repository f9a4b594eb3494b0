/**
 * The service inside a program of yours: a fetch handler with everything that the local server has but the listening and the demo.
 * Entry `.` of the package.
 */
import { readEnvironment } from './environment.ts';
import { openLocal } from './local.ts';
import { nodeStores } from './stores/node.ts';

export interface HandlerOptions {
  /** The variables that the server reads (README, Configuration); default: those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * The visitor's address, as the platform vouches for it. Default: the socket's peer, where `bindings` are those of
   * @hono/node-server (`{ incoming }`).
   */
  readonly clientAddress?: (request: Request, bindings: unknown) => string | undefined;
}

export interface Handler {
  fetch(request: Request, bindings?: object): Promise<Response>;
  /** Closes the store. */
  close(): Promise<void>;
}

/**
 * Throws an error that names every variable that cannot work.
 *
 * @example
 * const captcha = await createHandler({ environment: { NODE_ENV: 'development' } });
 * serve({ fetch: captcha.fetch, port: 8787 });
 */
export async function createHandler({ environment, clientAddress }: HandlerOptions = {}): Promise<Handler> {
  const opened = await readEnvironment(nodeStores, {}, environment);
  const { app } = await openLocal(opened, clientAddress && (({ req, env }) => clientAddress(req.raw, env)));
  return {
    fetch: async (request, bindings) => app.fetch(request, bindings),
    close: () => opened.store.close(),
  };
}
