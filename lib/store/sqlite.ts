/**
 * One machine, one file, and nothing acknowledged is lost: Node's own SQLite in WAL mode with full synchronisation. Calls that arrive
 * together share a transaction and so one flush to disk; each is acknowledged only after it. A crash, a kill or a power cut
 * loses at most what was never acknowledged, so no answered record can come back as issued. Several processes may share the file.
 *
 * A full disk (or `maxBytes`) refuses new records; live ones stay. Expired rows go a few at a time with every transaction.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { COUNTER_COLUMNS, countInto, RECORD_COLUMNS, RECORD_TABLE, readRecord } from './sql-rows.ts';
import type { Finding, Hit, PutOutcome, Store, Transition, TransitionOutcome } from './store.ts';
import { isLimited } from './window.ts';

export interface SqliteStoreOptions {
  /** The database file; it is made when it is not there. */
  readonly path: string;
  /** The file's greatest size; default 1 GiB. */
  readonly maxBytes?: number;
  /** How long to wait for another process that writes, in ms; default 1,000. */
  readonly busyMs?: number;
  readonly clock?: () => number;
}

const PAGE_BYTES = 4096;
const SWEEP_ROWS = 16;
const SQLITE_FULL = 13;

export function createSqliteStore(options: SqliteStoreOptions): Store {
  const { path, maxBytes = 2 ** 30, busyMs = 1000, clock = Date.now } = options;
  const database = open(path, maxBytes, busyMs);
  const sql = prepare(database);
  const batch = createBatch(database, (now) => {
    sql.sweepRecords.run(now, SWEEP_ROWS);
    sql.sweepCounters.run(now, SWEEP_ROWS);
  });

  const count = (hit: Hit, now: number) =>
    countInto(sql.counter.get(hit.key), hit, now, ({ index, current, previous }, staleAt) =>
      sql.setCounter.run(hit.key, index, current, previous, staleAt),
    );
  const countAll = (hits: readonly Hit[], now: number) => hits.map((hit) => count(hit, now));

  return {
    kind: 'sqlite',

    put: (id, body, ttlMs, hits = []) =>
      batch(clock, (now): PutOutcome => {
        const tallies = countAll(hits, now);
        const expiresAt = now + ttlMs;
        if (isLimited(tallies)) return { outcome: 'limited', tallies, expiresAt };
        const { changes } = sql.put.run(id, body, expiresAt, now);
        return { outcome: Number(changes) === 1 ? 'stored' : 'exists', tallies, expiresAt };
      }),

    get: (id) => batch(clock, (now) => readRecord(sql.get.get(id, now))),

    transition: (id, step, hits = []) =>
      batch(clock, (now): TransitionOutcome => {
        const tallies = countAll(hits, now);
        if (isLimited(tallies)) return { outcome: 'limited', tallies };
        const done = readRecord(advance(sql, id, step, now));
        if (done) return { outcome: 'done', record: done, tallies };
        const there = readRecord(sql.get.get(id, now));
        const held = step.to === 'answered' ? there?.nonce : there?.claim;
        return there && held === step.mark
          ? { outcome: 'repeated', record: there, tallies }
          : { outcome: 'refused', tallies };
      }),

    hit: (hits) => batch(clock, (now) => countAll(hits, now)),
    ping: () => batch(clock, () => void sql.ping.get()),
    async inspect() {
      return inspectFile(database, maxBytes);
    },
    async close() {
      await batch(clock, () => undefined).catch(() => {});
      database.close();
    },
  };
}

function open(path: string, maxBytes: number, busyMs: number): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { timeout: busyMs });
    writeAhead(database, busyMs);
    database.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA max_page_count = ${Math.floor(maxBytes / PAGE_BYTES)};
      CREATE TABLE IF NOT EXISTS records (
        ${RECORD_TABLE}
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS records_exp ON records (exp);
      CREATE TABLE IF NOT EXISTS counters (
        key TEXT PRIMARY KEY, idx INTEGER NOT NULL, current INTEGER NOT NULL, previous INTEGER NOT NULL,
        stale INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS counters_stale ON counters (stale);
    `);
    return database;
  } catch (error) {
    throw asStoreError(error);
  }
}

/** Two processes that begin a file at once meet here, and this one pragma does not wait by itself. */
function writeAhead(database: DatabaseSync, busyMs: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const until = Date.now() + busyMs; ; Atomics.wait(pause, 0, 0, 10)) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY || Date.now() >= until) throw error;
    }
  }
}

const SQLITE_BUSY = 5;

function prepare(database: DatabaseSync) {
  return {
    put: database.prepare(`
      INSERT INTO records (id, body, exp) VALUES (?1, ?2, ?3)
      ON CONFLICT (id) DO UPDATE SET body = ?2, exp = ?3, nonce = NULL, at = NULL, claim = NULL WHERE exp <= ?4`),
    get: database.prepare(`SELECT ${RECORD_COLUMNS} FROM records WHERE id = ? AND exp > ?`),
    answer: database.prepare(`
      UPDATE records SET nonce = ?2, at = ?3, exp = ?3 + ?4
      WHERE id = ?1 AND exp > ?3 AND nonce IS NULL RETURNING ${RECORD_COLUMNS}`),
    redeem: database.prepare(`
      UPDATE records SET claim = ?2, exp = exp + ?4
      WHERE id = ?1 AND exp > ?3 AND nonce IS NOT NULL AND claim IS NULL RETURNING ${RECORD_COLUMNS}`),
    counter: database.prepare(`SELECT ${COUNTER_COLUMNS} FROM counters WHERE key = ?`),
    setCounter: database.prepare(`
      INSERT INTO counters (key, idx, current, previous, stale) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (key) DO UPDATE SET idx = ?2, current = ?3, previous = ?4, stale = ?5`),
    sweepRecords: database.prepare(
      'DELETE FROM records WHERE id IN (SELECT id FROM records WHERE exp <= ? LIMIT ?)',
    ),
    sweepCounters: database.prepare(
      'DELETE FROM counters WHERE key IN (SELECT key FROM counters WHERE stale <= ? LIMIT ?)',
    ),
    ping: database.prepare('SELECT 1'),
  } satisfies Record<string, StatementSync>;
}

type Statements = ReturnType<typeof prepare>;

function advance(sql: Statements, id: string, step: Transition, now: number): unknown {
  return step.to === 'answered'
    ? sql.answer.get(id, step.mark, now, step.ttlMs)
    : sql.redeem.get(id, step.mark, now, step.extendMs);
}

function inspectFile(database: DatabaseSync, maxBytes: number): Finding[] {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  const bytes = Number(pragma('page_count')) * Number(pragma('page_size'));
  const check = (good: boolean, level: 'warn' | 'error', text: string): Finding => ({
    level: good ? 'ok' : level,
    text,
  });
  const mode = String(pragma('journal_mode'));
  return [
    check(
      mode === 'wal',
      'error',
      `journal mode is ${mode} (wal is needed; a network file system cannot do it)`,
    ),
    check(Number(pragma('synchronous')) >= 2, 'error', 'commits are flushed to disk'),
    check(bytes < 0.8 * maxBytes, 'warn', `file holds ${bytes} of at most ${maxBytes} bytes`),
  ];
}

interface Job {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs what arrives in one turn of the event loop in one transaction: all of it is acknowledged after the commit, or none. */
function createBatch(database: DatabaseSync, sweep: (now: number) => void) {
  let jobs: Job[] = [];

  const flush = (clock: () => number) => {
    const taken = jobs;
    jobs = [];
    try {
      database.exec('BEGIN IMMEDIATE');
      sweep(clock());
      const results = taken.map(({ work }) => work());
      database.exec('COMMIT');
      for (const [i, { resolve }] of taken.entries()) resolve(results[i] as never);
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      const failure = asStoreError(error);
      for (const { reject } of taken) reject(failure);
    }
  };

  return <T>(clock: () => number, work: (now: number) => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (jobs.length === 0) setImmediate(flush, clock);
      jobs.push({ work: () => work(clock()), resolve, reject });
    });
}

function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const full = (error as { errcode?: number }).errcode === SQLITE_FULL;
  return full
    ? new StoreError('store_full', 'sqlite store: the disk or the file’s allowance is full', { cause: error })
    : new StoreError('store_unavailable', `sqlite store: ${(error as Error).message}`, { cause: error });
}
