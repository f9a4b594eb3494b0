/**
 * One master key, many purposes: every key in use is derived by HKDF-SHA-256 (RFC 5869) under a label of its own, so that
 * none can stand in for another. A `Keyset` is what one master key gives; a `Keyring` holds the current one (it makes new
 * things) and older ones (they still open what they made, until the longest life has passed).
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { brieflyUtf8, toBase32, toBase64Url, utf8 } from '../util/bytes.ts';
import { type Gcm, PORTABLE, type Primitives } from './primitives.ts';
import { seal, unseal } from './seal.ts';

export type MacLabel = 'id' | 'nonce' | 'claim' | 'jti' | 'chain' | 'address';
export type SealLabel = 'seal' | 'cookie' | 'chain-seal';

export interface Keyset {
  /** Names the master key without telling it: 8 base32 symbols. */
  readonly kid: string;
  /** HMAC-SHA-256 under the label's own key. The parts are framed by length: no two lists collide. */
  mac(label: MacLabel, ...parts: readonly string[]): Uint8Array;
  /** Seals text for a context under the label's own key (seal.ts). */
  seal(label: SealLabel, context: string, text: string): Uint8Array<ArrayBuffer>;
  /** Undefined when it was not sealed for this context by this key. */
  unseal(label: SealLabel, context: string, sealed: Uint8Array): string | undefined;
  /** The HS256 key of a site's tokens, as raw bytes. */
  jwtKey(siteKey: string): Uint8Array<ArrayBuffer>;
  /** What decides how an epoch's pictures look, on this deployment alone: 16 bytes in base64url. */
  style(epoch: number): string;
  /** HMAC-SHA-256 under that key. */
  jwtMac(siteKey: string, data: Uint8Array): Uint8Array;
}

export interface Keyring {
  readonly current: Keyset;
  readonly all: readonly Keyset[];
  /** What the sites for tests are served with (site/test-sites.ts), and nothing else; absent where there are none. */
  readonly test?: Keyset | undefined;
  byKid(kid: string): Keyset | undefined;
}

const TEST_KID = 'test';
const SALT = utf8('glyphgate/1');
const encoded = brieflyUtf8();

export function createKeyset(masterKey: string, primitives: Primitives = PORTABLE): Keyset {
  const master = utf8(masterKey);
  const derive = (label: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(hkdf(sha256, master, SALT, utf8(label), 32));
  const macs = new Map<MacLabel, (data: Uint8Array) => Uint8Array>();
  const jwtMacs = new Map<string, (data: Uint8Array) => Uint8Array>();
  const jwtKey = (siteKey: string) => derive(`jwt|${siteKey}`);
  // The last one asked for: an epoch lasts far longer than a challenge
  let styled = { epoch: Number.NaN, name: '' };
  const seals = new Map<SealLabel, Gcm>();
  const gcmOf = (label: SealLabel) => {
    let gcm = seals.get(label);
    if (!gcm) {
      gcm = primitives.keyedGcm(derive(label));
      seals.set(label, gcm);
    }
    return gcm;
  };

  return {
    kid: toBase32(derive('kid').subarray(0, 5)),
    mac(label, ...parts) {
      let keyed = macs.get(label);
      if (!keyed) {
        keyed = primitives.keyedHmac(derive(label));
        macs.set(label, keyed);
      }
      const framed = parts.map((part) => `${part.length}:${part}`).join('');
      return keyed(encoded(framed));
    },
    seal: (label, context, text) => seal(gcmOf(label), context, text),
    unseal: (label, context, sealed) => unseal(gcmOf(label), context, sealed),
    jwtKey,
    style(epoch) {
      if (epoch !== styled.epoch)
        styled = { epoch, name: toBase64Url(derive(`style|${epoch}`).subarray(0, 16)) };
      return styled.name;
    },
    jwtMac(siteKey, data) {
      let keyed = jwtMacs.get(siteKey);
      if (!keyed) {
        keyed = primitives.keyedHmac(jwtKey(siteKey));
        jwtMacs.set(siteKey, keyed);
      }
      return keyed(data);
    },
  };
}

/** `masterKeys`: the current one first. `withTest`: a keyset for tests as well, kid `test`. */
export function createKeyring(
  masterKeys: readonly string[],
  primitives: Primitives = PORTABLE,
  withTest = false,
): Keyring {
  const own = masterKeys.map((masterKey) => createKeyset(masterKey, primitives));
  const current = own[0];
  if (!current) throw new RangeError('createKeyring: expected at least one master key');
  const test = withTest
    ? { ...createKeyset(`${masterKeys[0]}|${TEST_KID}`, primitives), kid: TEST_KID }
    : undefined;
  const all = test ? [...own, test] : own;
  return { current, all, test, byKid: (kid) => all.find((keyset) => keyset.kid === kid) };
}
