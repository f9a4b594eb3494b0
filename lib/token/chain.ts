/**
 * A chain: the ticket to the next round. It names the challenge that was answered and whether all was right so far; sealed
 * and padded, so that nobody can tell right from wrong, and useless without the predecessor's record, which gives way once.
 */
import { fromBase64Url, toBase64Url } from '../util/bytes.ts';
import type { Keyring, Keyset } from './keys.ts';

export interface Chain {
  /** The challenge that was answered. */
  readonly predecessor: string;
  readonly rightSoFar: boolean;
  /** Whose challenge that was; absent in a ticket of an older release. */
  readonly site?: string | undefined;
}

export function sealChain(keys: Keyset, chain: Chain): string {
  const { predecessor: id, rightSoFar, site } = chain;
  const text = JSON.stringify({ id, ok: rightSoFar ? 1 : 0, site });
  return toBase64Url(keys.seal('chain-seal', 'chain', text));
}

/** Undefined when it was not made by a key of this ring. */
export function openChain(ring: Keyring, text: string): Chain | undefined {
  const sealed = fromBase64Url(text);
  if (!sealed) return undefined;
  for (const keys of ring.all) {
    const opened = keys.unseal('chain-seal', 'chain', sealed);
    if (opened === undefined) continue;
    const { id, ok, site } = JSON.parse(opened) as { id: string; ok: number; site?: string };
    return { predecessor: id, rightSoFar: ok === 1, site };
  }
  return undefined;
}
