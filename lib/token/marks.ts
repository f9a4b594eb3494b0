/**
 * The two marks of a record, both write-once: `nonce` (who answered, and what) and `claim` (who redeemed). A repeat of the
 * very same call makes the very same mark and gets the very same reply; any other call makes another mark and is refused.
 */
import { toBase64Url } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import type { Keyset } from './keys.ts';

/** HMAC(K, id ‖ attempt ‖ canonical answer); random without an attempt: then nothing can repeat it. */
export function answerNonce(
  keys: Keyset,
  id: string,
  attempt: string | undefined,
  canonical: string,
): string {
  return toBase64Url(attempt === undefined ? secureBytes(32) : keys.mac('nonce', id, attempt, canonical));
}

/** HMAC(K, idempotency key ‖ site key); random without an idempotency key. */
export function redeemClaim(keys: Keyset, idempotencyKey: string | undefined, siteKey: string): string {
  return toBase64Url(
    idempotencyKey === undefined ? secureBytes(32) : keys.mac('claim', idempotencyKey, siteKey),
  );
}

/** The token's id, derived from the nonce: a replayed verify gives the same token. */
export function tokenId(keys: Keyset, nonce: string): string {
  return toBase64Url(keys.mac('jti', nonce).subarray(0, 16));
}
