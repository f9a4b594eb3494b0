/**
 * The store of one process: for development, tests and a service that runs as one instance and may forget at a restart.
 * Bounded by entries and by bytes; holds no timers. Single-threaded code is atomic between awaits, and nothing here awaits.
 */
import { StoreError } from '../errors.ts';
import { applyStep } from './step.ts';
import type { Hit, PutOutcome, Store, StoredRecord, Tally, TransitionOutcome } from './store.ts';
import { countHit, type WindowCounter } from './window.ts';

export interface MemoryStoreOptions {
  /** Live records at once; default 200,000. */
  readonly maxRecords?: number;
  /** Bytes of sealed bodies at once; default 128 MiB. */
  readonly maxBytes?: number;
  /** Counters at once; default 400,000. */
  readonly maxCounters?: number;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

interface Counter extends WindowCounter {
  /** From then on both windows are history. */
  staleAt: number;
}

/** Expired entries that each write looks for, so that memory is given back without a timer. */
const SWEEP_STEP = 4;

export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { maxRecords = 200_000, maxBytes = 128 * 2 ** 20, maxCounters = 400_000 } = options;
  const clock = options.clock ?? Date.now;
  const records = new Map<string, StoredRecord>();
  const counters = new Map<string, Counter>();
  let bytes = 0;

  const dropRecord = (id: string, record: StoredRecord) => {
    records.delete(id);
    bytes -= record.body.length;
  };
  const sweepRecords = sweeper(
    records,
    (record, now) => record.expiresAt <= now,
    (id, record) => dropRecord(id, record),
  );
  const sweepCounters = sweeper(
    counters,
    (counter, now) => counter.staleAt <= now,
    (key) => counters.delete(key),
  );

  const live = (id: string, now: number): StoredRecord | undefined => {
    const record = records.get(id);
    if (record && record.expiresAt <= now) {
      dropRecord(id, record);
      return undefined;
    }
    return record;
  };

  const makeRoom = (length: number, now: number) => {
    const full = () => records.size >= maxRecords || bytes + length > maxBytes;
    sweepRecords(SWEEP_STEP, now);
    if (full()) sweepRecords(records.size, now);
    if (full())
      throw new StoreError('store_full', `memory store: ${records.size} live records, ${bytes} bytes`);
  };

  const count = (hit: Hit, now: number): Tally => {
    let counter = counters.get(hit.key);
    if (!counter) {
      sweepCounters(SWEEP_STEP, now);
      if (counters.size >= maxCounters) sweepCounters(counters.size, now);
      if (counters.size >= maxCounters)
        throw new StoreError('store_full', `memory store: ${counters.size} live counters`);
      counter = { index: Math.floor(now / hit.windowMs), current: 0, previous: 0, staleAt: 0 };
      counters.set(hit.key, counter);
    }
    const tally = countHit(counter, hit, now);
    counter.staleAt = tally.windowEndsAt + hit.windowMs;
    return tally;
  };
  const countAll = (hits: readonly Hit[], now: number) => hits.map((hit) => count(hit, now));

  return {
    kind: 'memory',

    async put(id, body, ttlMs, hits = []): Promise<PutOutcome> {
      const now = clock();
      const tallies = countAll(hits, now);
      const expiresAt = now + ttlMs;
      if (tallies.some((tally) => !tally.allowed)) return { outcome: 'limited', tallies, expiresAt };
      if (live(id, now)) return { outcome: 'exists', tallies, expiresAt };
      makeRoom(body.length, now);
      records.set(id, { body: body.slice(), expiresAt });
      bytes += body.length;
      return { outcome: 'stored', tallies, expiresAt };
    },

    async get(id) {
      return live(id, clock());
    },

    async transition(id, step, hits = []): Promise<TransitionOutcome> {
      const now = clock();
      const tallies = countAll(hits, now);
      if (tallies.some((tally) => !tally.allowed)) return { outcome: 'limited', tallies };
      const record = live(id, now);
      const { outcome, next } = applyStep(record, step, now);
      if (!next) return { outcome: 'refused', tallies };
      records.set(id, next);
      return { outcome, record: next, tallies };
    },

    async hit(hits) {
      return countAll(hits, clock());
    },

    async ping() {},
    async close() {},
  };
}

/** Walks a map round and round, `steps` entries a call, and drops what has expired. */
function sweeper<V>(
  map: Map<string, V>,
  expired: (value: V, now: number) => boolean,
  drop: (key: string, value: V) => void,
) {
  let walk = map.entries();
  return (steps: number, now: number) => {
    for (let i = 0; i < steps; i++) {
      let next = walk.next();
      if (next.done) {
        walk = map.entries();
        next = walk.next();
        if (next.done) return;
      }
      const [key, value] = next.value;
      if (expired(value, now)) drop(key, value);
    }
  };
}
