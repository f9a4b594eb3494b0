/** How records and counters lie in rows, for the two stores on SQLite: the same columns, so the same reading and counting. */
import type { Hit, StoredRecord, Tally } from './store.ts';
import { countHit, type WindowCounter } from './window.ts';

/** The columns of a record as `readRecord` takes them. */
export const RECORD_COLUMNS = 'body, exp, nonce, at, claim';

/** What `CREATE TABLE` says of records, their key included. */
export const RECORD_TABLE =
  'id TEXT PRIMARY KEY, body BLOB NOT NULL, exp INTEGER NOT NULL, nonce TEXT, at INTEGER, claim TEXT';

export function readRecord(row: unknown): StoredRecord | undefined {
  if (!row) return undefined;
  const { body, exp, nonce, at, claim } = row as Record<'body' | 'exp' | 'nonce' | 'at' | 'claim', never>;
  return {
    body: new Uint8Array(body),
    expiresAt: exp,
    ...(nonce !== null && { nonce, answeredAt: at }),
    ...(claim !== null && { claim }),
  };
}

/** The columns of a counter as `countInto` takes them. */
export const COUNTER_COLUMNS = 'idx, current, previous';

/** Counts a hit in the row of its key, if there is one, and has it kept when it changed; `staleAt`: from when on the row says nothing any more. */
export function countInto(
  row: unknown,
  hit: Hit,
  now: number,
  keep: (counter: WindowCounter, staleAt: number) => void,
): Tally {
  const { idx, current, previous } = (row ?? {
    idx: Math.floor(now / hit.windowMs),
    current: 0,
    previous: 0,
  }) as { idx: number; current: number; previous: number };
  const counter = { index: idx, current, previous };
  const tally = countHit(counter, hit, now);
  if (hit.cost > 0) keep(counter, tally.windowEndsAt + hit.windowMs);
  return tally;
}
