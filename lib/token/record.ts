/**
 * What a challenge record says, and how it is sealed. In the store only the state, the expiry and the two marks are clear;
 * the rest is the sealed body, bound to the challenge's id. Kind and site are needed to open nothing and are known to nobody but
 * the reader, so they stand inside the sealed text and its tag vouches for them.
 */
import type { Keyset } from './keys.ts';

export interface ChallengeRecord {
  readonly kind: string;
  readonly preset: string;
  readonly difficulty: number;
  readonly lang: string;
  readonly format: string;
  readonly alphabet?: string | undefined;
  /** text only: where it departs from its preset. */
  readonly text?: object | undefined;
  /** reveal only: the text preset that it wears. */
  readonly look?: string | undefined;
  /** Decides everything that is drawn. */
  readonly seed: string;
  readonly solution: unknown;
  /** Blind-guess probability of the whole path, all rounds. */
  readonly guess: number;
  readonly site: string;
  readonly action?: string | undefined;
  readonly cdata?: string | undefined;
  readonly session?: string | undefined;
  /** 1 … rounds */
  readonly round: number;
  readonly rounds: number;
  /** Whether every round before this one was answered rightly. */
  readonly rightSoFar: boolean;
  /** Questions of a bank that the chain has asked. */
  readonly asked?: readonly string[] | undefined;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
}

export function sealRecord(keys: Keyset, id: string, record: ChallengeRecord): Uint8Array<ArrayBuffer> {
  return keys.seal('seal', id, JSON.stringify(record));
}

/** Undefined when the body was not sealed for this id by this key. */
export function unsealRecord(keys: Keyset, id: string, body: Uint8Array): ChallengeRecord | undefined {
  const text = keys.unseal('seal', id, body);
  return text === undefined ? undefined : (JSON.parse(text) as ChallengeRecord);
}
