/**
 * The two algorithms that records, ids and marks are made with. The portable ones come from @noble: synchronous, on any runtime, and
 * for a few hundred bytes cheaper than a WebCrypto call. A platform with faster ones of its own hands them in; the bytes are the same.
 */
import { gcm } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

export interface Primitives {
  /** HMAC-SHA-256 (RFC 2104) under one key, prepared once. */
  keyedHmac(key: Uint8Array): (data: Uint8Array) => Uint8Array;
  /** AES-256-GCM (NIST SP 800-38D) under one key, prepared once. */
  keyedGcm(key: Uint8Array): Gcm;
}

/** `nonce`: 96 bits, never twice under one key. */
export interface Gcm {
  /** Writes the ciphertext and after it the 16-byte tag; `into` has exactly the room for both. */
  seal(nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array, into: Uint8Array): void;
  /** The plain text; throws when the tag does not fit. */
  open(nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array;
}

/** noble's AES uses tables and is not free of cache timing; here it only ever works for a remote caller, one short message at a time. */
export const PORTABLE: Primitives = {
  keyedHmac(key) {
    const keyed = hmac.create(sha256, key);
    return (data) => keyed.clone().update(data).digest();
  },
  keyedGcm: (key) => ({
    seal: (nonce, aad, plain, into) => {
      into.set(gcm(key, nonce, aad).encrypt(plain));
    },
    open: (nonce, aad, sealed) => gcm(key, nonce, aad).decrypt(sealed),
  }),
};
