/**
 * The same trace of hits must be decided alike on every store. The yardstick is the memory store; a store's own test calls this with
 * a clock that it turns. Traces are random: several counters, narrow and wide limits, bursts, pauses across one or more
 * windows, looks (cost 0), counts that ride on puts and transitions.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Hit, Store, Tally } from '../../lib/store/store.ts';

export interface TraceUnderTest {
  readonly store: Store;
  close(): void | Promise<void>;
}

const KEYS = ['a', 'b', 'c', 'day'] as const;
const WINDOWS = { a: 1000, b: 60_000, c: 777, day: 86_400_000 } as const;

const hits = fc.array(
  fc.record({
    key: fc.constantFrom(...KEYS),
    limit: fc.integer({ min: 1, max: 6 }),
    cost: fc.constantFrom<0 | 1>(1, 1, 1, 0),
  }),
  { minLength: 1, maxLength: 4 },
);
const step = fc.record({
  /** Mostly bursts, sometimes a pause. */
  pauseMs: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 40 }) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 1500 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 130_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 180_000_000 }) },
  ),
  verb: fc.constantFrom('hit', 'hit', 'put', 'answer'),
  hits,
});

let traces = 0;

/** `open` gets the clock that the store must go by. */
export function limiterTrace(
  name: string,
  open: (clock: () => number) => TraceUnderTest | Promise<TraceUnderTest>,
  { numRuns = 60, maxLength = 30 } = {},
): void {
  it(`${name} decides a trace of hits like every other store`, async () => {
    let now = Date.UTC(2026, 0, 1);
    const { store, close } = await open(() => now);
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 59_999 }),
          fc.array(step, { minLength: 5, maxLength }),
          async (offsetMs, steps) => {
            // Far from the trace before, at any place within a window.
            now = Math.ceil(now / 60_000 + 10) * 60_000 + offsetMs;
            const yardstick = createMemoryStore({ clock: () => now });
            const run = `${process.pid}-${traces++}`;
            for (const { pauseMs, verb, hits } of steps) {
              now += pauseMs;
              // One call never asks for one counter twice.
              const wanted = KEYS.flatMap((key) => {
                const hit = hits.find((each) => each.key === key);
                const windowMs = WINDOWS[key];
                return hit ? [{ ...hit, key: `${run}-${key}`, shard: 0, windowMs } satisfies Hit] : [];
              });
              const [ours, theirs] = [await apply(store, verb, wanted), await apply(yardstick, verb, wanted)];
              expect(ours).toEqual(theirs);
            }
          },
        ),
        { numRuns },
      );
    } finally {
      await close();
    }
  });
}

async function apply(store: Store, verb: string, hits: readonly Hit[]) {
  const id = `trace-${process.pid}`;
  if (verb === 'hit') return decisions(await store.hit(hits));
  const answered = { to: 'answered', mark: 'never', ttlMs: 1 } as const;
  // The record is beside the point: one that is absent, one that is put again and again.
  const { outcome, tallies } =
    verb === 'put'
      ? await store.put(`${id}-put`, Uint8Array.of(1), 1, hits)
      : await store.transition(`${id}-absent`, answered, hits);
  return [outcome === 'limited', decisions(tallies)];
}

const decisions = (tallies: readonly Tally[]) =>
  tallies.map(({ allowed, previous, current, windowEndsAt, now }) => ({
    allowed,
    previous,
    current,
    windowEndsAt,
    now,
  }));
