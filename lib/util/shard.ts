/** Where in a captcha_id its partition is written; for stores that are split into parts. */
import { fromBase32 } from './bytes.ts';

/** Bytes before the shard. */
export const SHARD_AT = 16;

/** 0 … 255; 0 for what is no id. */
export function shardOf(id: string): number {
  return fromBase32(id)?.[SHARD_AT] ?? 0;
}
