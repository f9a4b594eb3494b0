/** HKDF-SHA-256 (RFC 5869) by Node, in the place of the portable one; it is only ever asked for SHA-256. */
import { hkdfSync } from 'node:crypto';

export function hkdf(
  _sha256: unknown,
  key: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, salt, info, length));
}
