/**
 * One shard of the Durable Object store: the records and counters of one object, in its own SQLite. Nothing here awaits, so a
 * call is atomic; the platform holds every reply back until what it wrote is on disk in several places.
 *
 * A written row costs a thousand times as much as one read, and an index entry is a row. So there is no index beside the keys, and expired
 * rows are found by walking the tables, a slice at a time, whenever the object's alarm rings.
 */
import { COUNTER_COLUMNS, countInto, RECORD_COLUMNS, RECORD_TABLE, readRecord } from './sql-rows.ts';
import { applyStep } from './step.ts';
import type { Hit, PutOutcome, StoredRecord, Tally, Transition, TransitionOutcome } from './store.ts';
import { isLimited } from './window.ts';

/** What of the platform's `SqlStorage` is used. */
export interface ShardSql {
  exec(query: string, ...bindings: unknown[]): { toArray(): Record<string, unknown>[] };
  /** Bytes that the database holds. */
  readonly databaseSize: number;
}

export interface ShardOptions {
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** Rows of each table that one alarm looks at; default 2,000. */
  readonly sweepRows?: number;
  /** From the end of one walk to the next, in ms; default a minute. */
  readonly sweepEveryMs?: number;
  /** Between two slices of a walk, in ms; default 250. */
  readonly sweepPauseMs?: number;
  /** Bytes from which on new records are refused; default 1 GiB. */
  readonly maxBytes?: number;
}

/** `full`: what the caller throws as a `StoreError`; an error's code does not survive the way between objects. */
export type ShardPut =
  | PutOutcome
  | { readonly outcome: 'full'; readonly tallies: readonly Tally[]; readonly expiresAt: number };

export interface Shard {
  put(id: string, body: Uint8Array, ttlMs: number, hits: readonly Hit[]): ShardPut;
  get(id: string): StoredRecord | undefined;
  transition(id: string, step: Transition, hits: readonly Hit[]): TransitionOutcome;
  hit(hits: readonly Hit[]): readonly Tally[];
  /** From the first write to the first walk, in ms. */
  readonly sweepEveryMs: number;
  /** Looks at the next slice; in how many ms to come again, or undefined when nothing is left. */
  sweep(): number | undefined;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (
    ${RECORD_TABLE}
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counters (
    id TEXT PRIMARY KEY, idx INTEGER NOT NULL, current INTEGER NOT NULL, previous INTEGER NOT NULL,
    exp INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;`;

export function createShard(sql: ShardSql, options: ShardOptions = {}): Shard {
  const { clock = Date.now, sweepRows = 2000, sweepEveryMs = 60_000, sweepPauseMs = 250 } = options;
  const { maxBytes = 2 ** 30 } = options;
  sql.exec(SCHEMA);
  const first = (query: string, ...bindings: unknown[]) => sql.exec(query, ...bindings).toArray()[0];

  const live = (id: string, now: number): StoredRecord | undefined =>
    readRecord(first(`SELECT ${RECORD_COLUMNS} FROM records WHERE id = ? AND exp > ?`, id, now));

  const count = (hit: Hit, now: number) =>
    countInto(
      first(`SELECT ${COUNTER_COLUMNS} FROM counters WHERE id = ?`, hit.key),
      hit,
      now,
      ({ index, current, previous }, staleAt) =>
        sql.exec(
          `INSERT INTO counters (id, idx, current, previous, exp) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (id) DO UPDATE SET idx = ?2, current = ?3, previous = ?4, exp = ?5`,
          hit.key,
          index,
          current,
          previous,
          staleAt,
        ),
    );
  const countAll = (hits: readonly Hit[], now: number) => hits.map((hit) => count(hit, now));

  const walks = (['records', 'counters'] as const).map((table) => createWalk(sql, table, sweepRows));

  return {
    put(id, body, ttlMs, hits) {
      const now = clock();
      const tallies = countAll(hits, now);
      const expiresAt = now + ttlMs;
      if (isLimited(tallies)) return { outcome: 'limited', tallies, expiresAt };
      if (sql.databaseSize > maxBytes) return { outcome: 'full', tallies, expiresAt };
      const stored = first(
        `INSERT INTO records (id, body, exp) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET body = ?2, exp = ?3, nonce = NULL, at = NULL, claim = NULL
         WHERE exp <= ?4 RETURNING id`,
        id,
        body,
        expiresAt,
        now,
      );
      return { outcome: stored ? 'stored' : 'exists', tallies, expiresAt };
    },

    get: (id) => live(id, clock()),

    transition(id, step, hits) {
      const now = clock();
      const tallies = countAll(hits, now);
      if (isLimited(tallies)) return { outcome: 'limited', tallies };
      const { outcome, next } = applyStep(live(id, now), step, now);
      if (!next) return { outcome: 'refused', tallies };
      if (outcome === 'done') {
        const { expiresAt, nonce = null, answeredAt = null, claim = null } = next;
        sql.exec(
          'UPDATE records SET exp = ?2, nonce = ?3, at = ?4, claim = ?5 WHERE id = ?1',
          id,
          expiresAt,
          nonce,
          answeredAt,
          claim,
        );
      }
      return { outcome, record: next, tallies };
    },

    hit: (hits) => countAll(hits, clock()),

    sweepEveryMs,

    sweep() {
      const now = clock();
      const ended = walks.map((walk) => walk(now));
      if (ended.includes(false)) return sweepPauseMs;
      const left = first(
        'SELECT EXISTS (SELECT 1 FROM records) OR EXISTS (SELECT 1 FROM counters) AS rows_left',
      );
      return left?.rows_left ? sweepEveryMs : undefined;
    },
  };
}

/** Walks a table in the order of its key and deletes what has expired; true at the end, and then begins anew. */
function createWalk(sql: ShardSql, table: 'records' | 'counters', rows: number) {
  let from = '';
  return (now: number): boolean => {
    const slice = sql
      .exec(`SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`, from, rows)
      .toArray() as { id: string }[];
    const last = slice.at(-1)?.id;
    if (last !== undefined)
      sql.exec(`DELETE FROM ${table} WHERE id > ? AND id <= ? AND exp <= ?`, from, last, now);
    const ended = slice.length < rows;
    from = ended ? '' : last!;
    return ended;
  };
}
