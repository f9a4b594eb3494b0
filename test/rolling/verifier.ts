/**
 * A release as its neighbours in a rolling deployment meet it: the verifying half of the service over a store that others write to as well.
 * `npm run build:rolling` keeps it as one file, so that what was released can still be run beside what comes after it.
 */
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { readConfig } from '../../lib/config.ts';
import { assemble } from '../../lib/http/assemble.ts';
import { openAt, type Place } from './stores.ts';

export interface VerifierOptions {
  readonly place: Place;
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: () => number;
}

export interface Verifier {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

export function openVerifier({ place, environment, clock }: VerifierOptions): Verifier {
  const store = openAt(place, clock);
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
