import { describe, expect, it } from 'vitest';
import { StoreError } from '../../lib/errors.ts';
import { guardStore } from '../../lib/store/guard.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Hit, Store } from '../../lib/store/store.ts';

const BODY = Uint8Array.of(1, 2, 3);
const hit: Hit = { key: 'k', shard: 0, limit: 10, windowMs: 60_000, cost: 1 };
const QUICK = { deadlineMs: 300, tryMs: 60, openMs: 150 };

type Fault = 'lose' | 'fail' | 'stall';

/** The real memory store behind a line that breaks as told: before the call (`fail`), after it (`lose`), or never ends (`stall`). */
function faulty(plan: (call: number, verb: string) => Fault | undefined) {
  const memory = createMemoryStore();
  const calls: string[] = [];
  const through =
    <A extends unknown[], R>(verb: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls.push(verb);
      const fault = plan(calls.length, verb);
      if (fault === 'fail') throw new Error('connection refused');
      if (fault === 'stall') return new Promise<R>(() => {});
      const result = await work(...args);
      if (fault === 'lose') throw new Error('connection reset');
      return result;
    };
  const store: Store = {
    kind: 'memory',
    put: through('put', memory.put),
    get: through('get', memory.get),
    transition: through('transition', memory.transition),
    hit: through('hit', memory.hit),
    ping: through('ping', memory.ping),
    close: memory.close,
  };
  return { calls, memory, store: guardStore(store, QUICK) };
}

const answered = (mark: string) => ({ to: 'answered', mark, ttlMs: 10_000 }) as const;

describe('the guard', () => {
  it('finds its own put again when the reply was lost', async () => {
    const { store, memory, calls } = faulty((call) => (call === 1 ? 'lose' : undefined));
    expect((await store.put('id', BODY, 10_000)).outcome).toBe('stored');
    expect(calls).toEqual(['put', 'put', 'get']);
    expect((await memory.get('id'))?.body).toEqual(BODY);
  });

  it('does not take another’s record for its own', async () => {
    const { store, memory } = faulty((call) => (call === 1 ? 'fail' : undefined));
    await memory.put('id', Uint8Array.of(9), 10_000);
    expect((await store.put('id', BODY, 10_000)).outcome).toBe('exists');
  });

  it('finds its own mark again when the reply was lost, and only its own', async () => {
    const { store, memory } = faulty((call, verb) =>
      verb === 'transition' && call === 2 ? 'lose' : undefined,
    );
    await store.put('id', BODY, 10_000);
    expect(await store.transition('id', answered('n'))).toMatchObject({
      outcome: 'repeated',
      record: { nonce: 'n' },
    });
    expect((await store.transition('id', answered('m'))).outcome).toBe('refused');
    expect((await memory.get('id'))?.nonce).toBe('n');
  });

  it('never counts a hit twice for its own retries', async () => {
    const { store, memory } = faulty((call) => (call <= 2 ? 'lose' : undefined));
    await store.put('id', BODY, 10_000, [hit]);
    expect((await memory.hit([{ ...hit, cost: 0 }]))[0]?.current).toBe(1);
  });

  it('never counts a step’s hit twice either', async () => {
    const { store, memory } = faulty((call, verb) =>
      verb === 'transition' && call < 4 ? 'lose' : undefined,
    );
    await store.put('id', BODY, 10_000);
    expect((await store.transition('id', answered('n'), [hit])).outcome).toBe('repeated');
    expect((await memory.hit([{ ...hit, cost: 0 }]))[0]?.current).toBe(1);
  });

  it('does not repeat a hit', async () => {
    const { store, calls } = faulty(() => 'lose');
    await expect(store.hit([hit])).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(calls).toEqual(['hit']);
  });

  it('gives up within the deadline when the store stalls', async () => {
    const { store } = faulty(() => 'stall');
    const started = performance.now();
    await expect(store.get('id')).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(performance.now() - started).toBeLessThan(QUICK.deadlineMs + 500);
  });

  it('leaves a failing store alone, fails at once meanwhile, and comes back by itself', async () => {
    let broken = true;
    const { store, calls } = faulty(() => (broken ? 'fail' : undefined));
    for (let i = 0; i < 5; i++) await store.ping().catch(() => {});
    const seen = calls.length;
    for (let i = 0; i < 1000; i++) {
      const error = await store.ping().catch((caught: StoreError) => caught);
      expect(error).toMatchObject({ code: 'store_unavailable', retryAfterSeconds: 1 });
    }
    expect(calls.length).toBe(seen);
    broken = false;
    await new Promise((resolve) => setTimeout(resolve, QUICK.openMs + 50));
    await expect(store.ping()).resolves.toBeUndefined();
    await expect(store.put('id', BODY, 10_000)).resolves.toMatchObject({ outcome: 'stored' });
  });

  it('says that a store is full as it is, without retrying or opening', async () => {
    const memory = createMemoryStore({ maxRecords: 0 });
    const store = guardStore(memory, QUICK);
    for (let i = 0; i < 20; i++)
      await expect(store.put(`id${i}`, BODY, 10_000)).rejects.toMatchObject({ code: 'store_full' });
    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('wraps what a client throws, with its cause', async () => {
    const { store } = faulty(() => 'fail');
    const error = await store.get('id').catch((caught: StoreError) => caught);
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).cause).toBeInstanceOf(Error);
  });
});
