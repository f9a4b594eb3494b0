/**
 * The one-time token: a JWT (RFC 7519), signed with the site's own derived key (HS256), or with the service's private key where there is
 * one (signing.ts). The key id says which, and with it the one algorithm that counts. It carries what was proven and how
 * strong the path was; that it redeems once is the record's doing, not the token's.
 *
 * Reading one, where everything that can go wrong with JWTs goes wrong, is jose's. Writing one is a header, a body and an HMAC, and is
 * done here with the platform's own: jose signs through WebCrypto, which took two thirds of the time of a verify.
 */
import type { JWTPayload } from 'jose';
import { textToBase64Url, toBase64Url, utf8 } from '../util/bytes.ts';
import { openId } from './id.ts';
import type { Keyring, Keyset } from './keys.ts';
import { createSigningKeys, type SigningKeys } from './signing.ts';

export interface TokenClaims {
  readonly captcha_id: string;
  readonly kind: string;
  readonly preset: string;
  readonly difficulty: number;
  readonly rounds: number;
  readonly guess: number;
  readonly hostname: string;
  readonly action: string;
  readonly cdata: string;
}

export interface TokenTimes {
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly lifeSeconds: number;
}

export type TokenVerdict =
  | { valid: true; claims: TokenClaims; jti: string; keys: Keyset }
  | { valid: false; reason: 'invalid' | 'expired' };

export interface TokenIssuer {
  issue(
    keys: Keyset,
    siteKey: string,
    jti: string,
    claims: TokenClaims,
    times: TokenTimes,
  ): string | Promise<string>;
  /** `nowSeconds` is the verifier's clock; `graceSeconds` lets a token live on for a repeated redemption. */
  verify(token: string, siteKey: string, nowSeconds: number, graceSeconds: number): Promise<TokenVerdict>;
}

/** Clocks of two instances may differ by this much. */
const CLOCK_SKEW_SECONDS = 30;
const ISSUER = 'glyphgate';
const HS256 = { name: 'HMAC', hash: 'SHA-256' };

export function createTokenIssuer(ring: Keyring, signing: SigningKeys = createSigningKeys([])): TokenIssuer {
  const imported = new Map<string, Promise<CryptoKey>>();
  const keyFor = (keys: Keyset, siteKey: string) => {
    const name = `${keys.kid}|${siteKey}`;
    let key = imported.get(name);
    if (!key) {
      key = crypto.subtle.importKey('raw', keys.jwtKey(siteKey), HS256, false, ['verify']);
      imported.set(name, key);
    }
    return key;
  };

  return {
    issue(keys, siteKey, jti, claims, { issuedAt, lifeSeconds }) {
      const payload: JWTPayload = {
        ...claims,
        verified: true,
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + lifeSeconds,
        jti,
        iss: ISSUER,
        aud: siteKey,
      };
      // Tokens for tests keep their own key: nobody else shall take one for real.
      const { current } = signing;
      if (current && keys !== ring.test) {
        const header = { typ: 'JWT', alg: current.alg, kid: current.kid };
        const text = `${encode(header)}.${encode(payload)}`;
        return current.sign(text).then((signature) => `${text}.${toBase64Url(signature)}`);
      }
      const header = { typ: 'JWT', alg: 'HS256', kid: keys.kid };
      const signed = `${encode(header)}.${encode(payload)}`;
      return `${signed}.${toBase64Url(keys.jwtMac(siteKey, utf8(signed)))}`;
    },

    async verify(token, siteKey, nowSeconds, graceSeconds) {
      // Loaded by the first token that is read: a function that was woken to judge an answer does without.
      const { errors, decodeProtectedHeader, jwtVerify } = await import('./jwt-reading.ts');
      try {
        const { kid = '' } = decodeProtectedHeader(token);
        const asymmetric = signing.byKid(kid);
        const derived = asymmetric ? undefined : ring.byKid(kid);
        if (!asymmetric && !derived) return { valid: false, reason: 'invalid' };
        const key = await (asymmetric ? asymmetric.publicKey() : keyFor(derived!, siteKey));
        const { payload } = await jwtVerify(token, key, {
          // The key decides, never the token.
          algorithms: [asymmetric?.alg ?? 'HS256'],
          typ: 'JWT',
          issuer: ISSUER,
          audience: siteKey,
          requiredClaims: ['captcha_id', 'exp', 'iat', 'nbf', 'jti'],
          clockTolerance: CLOCK_SKEW_SECONDS + graceSeconds,
          currentDate: new Date(nowSeconds * 1000),
        });
        const keys = derived ?? openId(ring, String(payload.captcha_id))?.keys;
        if (payload.verified !== true || !keys || (asymmetric && keys === ring.test))
          return { valid: false, reason: 'invalid' };
        return { valid: true, claims: claimsOf(payload), jti: payload.jti!, keys };
      } catch (error) {
        return { valid: false, reason: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
      }
    },
  };
}

const encode = (part: object) => textToBase64Url(JSON.stringify(part));

/** The signature vouches for the shape: only `issue` writes these. */
function claimsOf(payload: JWTPayload): TokenClaims {
  return payload as unknown as TokenClaims;
}
