/** A record as one value: a line of JSON with what is clear, then the sealed body as it is. */
import { concat, fromUtf8, utf8 } from '../util/bytes.ts';
import type { StoredRecord } from './store.ts';

const NEWLINE = 10;

export function packRecord({ body, ...clear }: StoredRecord): Uint8Array {
  return concat(utf8(`${JSON.stringify(clear)}\n`), body);
}

/** Undefined for what is no record of ours: it refuses like an absent one. */
export function unpackRecord(value: Uint8Array): StoredRecord | undefined {
  const end = value.indexOf(NEWLINE);
  if (end < 0) return undefined;
  let clear: Partial<StoredRecord> | null;
  try {
    clear = JSON.parse(fromUtf8(value.subarray(0, end)));
  } catch {
    return undefined;
  }
  if (typeof clear?.expiresAt !== 'number') return undefined;
  const { expiresAt, nonce, answeredAt, claim } = clear;
  return {
    body: value.slice(end + 1),
    expiresAt,
    ...(typeof nonce === 'string' && { nonce }),
    ...(typeof answeredAt === 'number' && { answeredAt }),
    ...(typeof claim === 'string' && { claim }),
  };
}
