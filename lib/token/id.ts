/**
 * `captcha_id`: 32 symbols of base32 = 128 random bits, 8 bits of shard, 24 bits of MAC. A forged id is refused before the
 * store is asked. The MAC also tells which master key made the challenge, hence which opens its record.
 */
import { concat, equalBytes, fromBase32, toBase32, toBase64Url } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import { SHARD_AT } from '../util/shard.ts';
import type { Keyring, Keyset } from './keys.ts';

const RANDOM_BYTES = SHARD_AT;
const MAC_BYTES = 3;

export interface OpenedId {
  readonly keys: Keyset;
  /** Which part of a partitioned store holds the record: 0 … 255. */
  readonly shard: number;
}

export function newId(keys: Keyset, shard: number): string {
  return makeId(keys, shard, secureBytes(RANDOM_BYTES));
}

/** The one id that may follow `id` in a chain of rounds: a chain cannot fork. */
export function successorId(keys: Keyset, id: string, shard: number): string {
  return makeId(keys, shard, keys.mac('chain', id).subarray(0, RANDOM_BYTES));
}

/** Undefined when no key of the ring made this id. */
export function openId(ring: Keyring, id: string): OpenedId | undefined {
  if (id.length !== 32) return undefined;
  const bytes = fromBase32(id);
  if (!bytes) return undefined;
  const body = bytes.subarray(0, RANDOM_BYTES + 1);
  const mac = bytes.subarray(RANDOM_BYTES + 1);
  const keys = ring.all.find((candidate) => equalBytes(macOf(candidate, body), mac));
  return keys && { keys, shard: body[RANDOM_BYTES]! };
}

function makeId(keys: Keyset, shard: number, random: Uint8Array): string {
  const body = concat(random, Uint8Array.of(shard));
  return toBase32(concat(body, macOf(keys, body)));
}

function macOf(keys: Keyset, body: Uint8Array): Uint8Array {
  return keys.mac('id', toBase64Url(body)).subarray(0, MAC_BYTES);
}
