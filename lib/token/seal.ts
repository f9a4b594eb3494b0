/**
 * Sealing: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The first byte is the format's version, so that a
 * rolling deployment can tell old from new. What is sealed is padded to whole blocks: its length tells nothing of its content.
 */
import { concat, fromUtf8, utf8 } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import type { Gcm } from './primitives.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BLOCK_BYTES = 128;

export function seal(gcm: Gcm, context: string, text: string): Uint8Array<ArrayBuffer> {
  const nonce = secureBytes(NONCE_BYTES);
  return concat(Uint8Array.of(VERSION), nonce, gcm.seal(nonce, aad(context), pad(utf8(text))));
}

/** Undefined when the seal is broken, of another context or of a version that this release does not know. */
export function unseal(gcm: Gcm, context: string, sealed: Uint8Array): string | undefined {
  if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES + BLOCK_BYTES) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  try {
    return unpad(gcm.open(nonce, aad(context), sealed.subarray(1 + NONCE_BYTES)));
  } catch {
    return undefined;
  }
}

const aad = (context: string) => utf8(`${VERSION}|${context}`);

/** ISO/IEC 7816-4: one 0x80, then zeros. */
function pad(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array((Math.floor(bytes.length / BLOCK_BYTES) + 1) * BLOCK_BYTES);
  out.set(bytes);
  out[bytes.length] = 0x80;
  return out;
}

function unpad(bytes: Uint8Array): string {
  return fromUtf8(bytes.subarray(0, bytes.lastIndexOf(0x80)));
}
