/**
 * `GLYPHGATE_SIGNING_KEY`: a private key with which tokens are signed, so that others can verify them by its public half. A JSON Web Key
 * (RFC 7517, RFC 8037), or a set of them with the current one first; older ones may be there as public keys alone.
 */
import * as v from 'valibot';

export type SigningJwk = {
  readonly kid?: string | undefined;
  readonly x: string;
  /** The private half. */
  readonly d?: string | undefined;
} & (
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519' }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly y: string }
);

const EXPECTED =
  'a private key as JSON Web Key, Ed25519 or P-256, or {"keys": […]} with the current one first; make one with: npx glyphgate keys signing';

const number = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const shared = {
  kid: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,64}$/))),
  x: number,
  d: v.optional(number),
};
const jwk = v.union([
  v.object({ kty: v.literal('OKP'), crv: v.literal('Ed25519'), ...shared }),
  v.object({ kty: v.literal('EC'), crv: v.literal('P-256'), y: number, ...shared }),
]);

export const signingKeys = v.pipe(
  v.string(EXPECTED),
  v.rawTransform(({ dataset, addIssue, NEVER }): readonly SigningJwk[] => {
    const parsed = v.safeParse(v.union([v.object({ keys: v.array(jwk) }), jwk]), asJson(dataset.value));
    const keys = parsed.success ? ('keys' in parsed.output ? parsed.output.keys : [parsed.output]) : [];
    if (keys[0]?.d !== undefined) return keys;
    addIssue({ message: EXPECTED });
    return NEVER;
  }),
);

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
