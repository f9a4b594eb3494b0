/**
 * What stands between the service and a store on the network: every call has a deadline; calls that may be repeated safely are
 * retried a little, with jitter, inside that deadline; a store that keeps failing is left alone for a moment, so that requests fail
 * in milliseconds rather than pile up, until a probe brings it back. Every failure comes out as a `StoreError`.
 *
 * Repeating is safe because marks are write-once: a put or a transition whose reply was lost finds its own mark when it comes again. A
 * repeated call only looks at the counters it may have counted before; `hit` is never repeated.
 */
import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { StoreError } from '../errors.ts';
import { equalBytes } from '../util/bytes.ts';
import type { Hit, Store } from './store.ts';

export interface GuardOptions {
  /** For one operation with all its tries, in ms; default 2,000. */
  readonly deadlineMs?: number;
  /** For one try, in ms; default 800. */
  readonly tryMs?: number;
  /** Tries after the first; default 2. */
  readonly retries?: number;
  /** So many failures in a row open the breaker; default 5. */
  readonly failuresToOpen?: number;
  /** How long it stays open before a probe, in ms; default 1,000. */
  readonly openMs?: number;
}

export function guardStore(store: Store, options: GuardOptions = {}): Store {
  const { deadlineMs = 2000, tryMs = 800, retries = 2, failuresToOpen = 5, openMs = 1000 } = options;
  const failing = handleWhen((error) => !isFull(error));
  const breaker = circuitBreaker(failing, {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(failuresToOpen),
  });
  const oneTry = wrap(breaker, timeout(tryMs, TimeoutStrategy.Aggressive));
  const again = retry(
    handleWhen((error) => !isFull(error) && !(error instanceof BrokenCircuitError)),
    { maxAttempts: retries, backoff: new ExponentialBackoff({ initialDelay: 20, maxDelay: 200 }) },
  );
  const severalTries = wrap(timeout(deadlineMs, TimeoutStrategy.Aggressive), again, oneTry);

  const run = async <T>(policy: IPolicy, work: (first: boolean) => Promise<T>): Promise<T> => {
    let first = true;
    try {
      return await policy.execute(() => {
        const now = work(first);
        first = false;
        return now;
      });
    } catch (error) {
      throw asStoreError(store.kind, error, openMs);
    }
  };

  return {
    kind: store.kind,
    put: (id, body, ttlMs, hits = []) =>
      run(severalTries, async (first) => {
        const put = await store.put(id, body, ttlMs, first ? hits : looking(hits));
        if (first || put.outcome !== 'exists') return put;
        // Perhaps it is our own: the body carries a random nonce, so equal bytes were put by this very call.
        const there = await store.get(id);
        return there && equalBytes(there.body, body)
          ? { ...put, outcome: 'stored' as const, expiresAt: there.expiresAt }
          : put;
      }),
    get: (id) => run(severalTries, () => store.get(id)),
    transition: (id, step, hits = []) =>
      run(severalTries, (first) => store.transition(id, step, first ? hits : looking(hits))),
    hit: (hits) => run(oneTry, () => store.hit(hits)),
    ping: () => run(oneTry, () => store.ping()),
    ...(store.inspect && { inspect: () => run(oneTry, async () => (await store.inspect?.()) ?? []) }),
    close: () => store.close(),
  };
}

const looking = (hits: readonly Hit[]): Hit[] => hits.map((hit) => ({ ...hit, cost: 0 }));

const isFull = (error: unknown) => error instanceof StoreError && error.code === 'store_full';

function asStoreError(kind: string, error: unknown, openMs: number): StoreError {
  if (error instanceof StoreError) return error;
  const why =
    error instanceof BrokenCircuitError
      ? 'it has been failing and is left alone for a moment'
      : error instanceof TaskCancelledError
        ? 'it did not answer within the deadline'
        : 'the call failed';
  const retryAfterSeconds = error instanceof BrokenCircuitError ? Math.max(1, Math.ceil(openMs / 1000)) : 5;
  return new StoreError('store_unavailable', `${kind} store: ${why}`, { cause: error, retryAfterSeconds });
}
