/**
 * Sealing: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. The first byte is the format's version, so that a
 * rolling deployment can tell old from new. What is sealed is padded to whole blocks: its length tells nothing of its content.
 */
import { brieflyUtf8, fromUtf8 } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';
import type { Gcm } from './primitives.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BLOCK_BYTES = 128;

export function seal(gcm: Gcm, context: string, text: string): Uint8Array<ArrayBuffer> {
  const plain = padded(text);
  const sealed = new Uint8Array(1 + NONCE_BYTES + plain.length + TAG_BYTES);
  const nonce = secureBytes(NONCE_BYTES);
  sealed[0] = VERSION;
  sealed.set(nonce, 1);
  gcm.seal(nonce, aad(context), plain, sealed.subarray(1 + NONCE_BYTES));
  return sealed;
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

const encodedAad = brieflyUtf8();
const aad = (context: string) => encodedAad(`${VERSION}|${context}`);

const encoder = new TextEncoder();
let room = new Uint8Array(2048);

/** ISO/IEC 7816-4: one 0x80, then zeros. Good until the next call. */
function padded(text: string): Uint8Array {
  const most = 3 * text.length + BLOCK_BYTES;
  if (room.length < most) room = new Uint8Array(most);
  const { written } = encoder.encodeInto(text, room);
  const length = (Math.floor(written / BLOCK_BYTES) + 1) * BLOCK_BYTES;
  room[written] = 0x80;
  return room.fill(0, written + 1, length).subarray(0, length);
}

function unpad(bytes: Uint8Array): string {
  return fromUtf8(bytes.subarray(0, bytes.lastIndexOf(0x80)));
}
