/**
 * A release as its neighbours in a rolling deployment meet it: the verifying half of the service over a store that others write to as well.
 * `npm run build:rolling` keeps it as one file, so that what was released can still be run beside what comes after it.
 */
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { readConfig } from '../../lib/config.ts';
import { assemble } from '../../lib/http/assemble.ts';
import { createSqliteStore } from '../../lib/store/sqlite.ts';

export interface VerifierOptions {
  /** The file of the SQLite store. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: () => number;
}

export interface Verifier {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

export function openVerifier({ path, environment, clock }: VerifierOptions): Verifier {
  const store = createSqliteStore({ path, clock });
  const { app } = assemble(readConfig(environment), {
    store,
    clock,
    primitives: nodePrimitives,
    clientAddress: () => '203.0.113.9',
    log: () => {},
    roles: ['verify'],
  });
  return { fetch: async (request) => app.fetch(request), close: () => store.close() };
}
