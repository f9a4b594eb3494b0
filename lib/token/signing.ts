/**
 * Asymmetric keys for tokens: EdDSA (RFC 8037) or ES256 (RFC 7518), by WebCrypto. Who has the public half, from
 * `/.well-known/jwks.json`, can read and verify a token without asking; that it redeems once only siteverify knows.
 *
 * An Ed25519 signature is a function of key and text, so a repeated verify gives the same token. One of P-256 is not: there a repeat
 * gives another spelling of it, with the same claims and the same `jti`, and still only one of them redeems.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { SigningJwk } from '../config/signing.ts';
import { ConfigError, GlyphgateError } from '../errors.ts';
import { toBase64Url, utf8 } from '../util/bytes.ts';

export type SigningAlgorithm = 'EdDSA' | 'ES256';

export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  /** What the key set shows: never the private half. */
  readonly publicJwk: Readonly<Record<string, string>>;
  publicKey(): Promise<CryptoKey>;
  /** Throws on a key whose private half is not there. */
  sign(text: string): Promise<Uint8Array>;
}

export interface SigningKeys {
  /** Absent: tokens are signed with the sites' own derived keys (HS256). */
  readonly current: SigningKey | undefined;
  readonly all: readonly SigningKey[];
  byKid(kid: string): SigningKey | undefined;
}

/** `jwks`: the current one first. */
export function createSigningKeys(jwks: readonly SigningJwk[]): SigningKeys {
  const all = jwks.map(createSigningKey);
  return { current: all[0], all, byKid: (kid) => all.find((key) => key.kid === kid) };
}

/** Throws `ConfigError` when the halves of a key don't belong together: its tokens would be refused by everyone. */
export async function proveSigningKeys({ current }: SigningKeys): Promise<void> {
  if (!current) return;
  const text = 'glyphgate';
  try {
    const [signature, key] = await Promise.all([current.sign(text), current.publicKey()]);
    const held = Uint8Array.from(signature);
    if (await crypto.subtle.verify(ALGORITHMS[current.alg].use, key, held, utf8(text))) return;
  } catch (cause) {
    throw new ConfigError(UNPROVEN, { cause });
  }
  throw new ConfigError(UNPROVEN);
}

const UNPROVEN =
  'GLYPHGATE_SIGNING_KEY: expected a key whose private half (d) belongs to its public half (x, y)';

const ALGORITHMS = {
  EdDSA: { make: { name: 'Ed25519' }, use: { name: 'Ed25519' } },
  ES256: { make: { name: 'ECDSA', namedCurve: 'P-256' }, use: { name: 'ECDSA', hash: 'SHA-256' } },
} as const;

function createSigningKey(jwk: SigningJwk): SigningKey {
  const { kid: named, d, ...bare } = jwk;
  const alg = bare.kty === 'OKP' ? 'EdDSA' : 'ES256';
  const { make, use } = ALGORITHMS[alg];
  const kid = named ?? thumbprint(bare);
  let privateKey: Promise<CryptoKey> | undefined;
  let publicKey: Promise<CryptoKey> | undefined;
  return {
    kid,
    alg,
    publicJwk: { ...bare, kid, alg, use: 'sig' },
    publicKey() {
      publicKey ??= crypto.subtle.importKey('jwk', bare, make, false, ['verify']);
      return publicKey;
    },
    async sign(text) {
      if (d === undefined) throw new GlyphgateError('signing_key_public', `key ${kid} has no private half`);
      privateKey ??= crypto.subtle.importKey('jwk', { ...bare, d }, make, false, ['sign']);
      return new Uint8Array(await crypto.subtle.sign(use, await privateKey, utf8(text)));
    },
  };
}

/** RFC 7638: the required members in the order of their names. */
function thumbprint(bare: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(bare).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return toBase64Url(sha256(utf8(JSON.stringify(sorted))));
}
