/** Tokens that the signature lets through, and that the record, the site or a limit refuses all the same. */
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTokenIssuer, type TokenClaims } from '../../lib/token/jwt.ts';
import { createKeyring } from '../../lib/token/keys.ts';
import { type Rig, rig } from '../http/rig.ts';

const solved = async (r: Rig, query = 'kind=text&preset=classic') => {
  const { captcha_id } = (await r.generate(query)).body;
  return (await r.verify({ captcha_id, answer: await r.answerOf(captcha_id) })).body.token as string;
};

/** The same claims, signed by the very keys of the service, with parts replaced. */
function signedAgain(r: Rig, token: string, more: { site?: string; jti?: string; kid?: string }): string {
  const ring = createKeyring(r.config.masterKeys, undefined, true);
  const { jti, aud, iat, exp, ...claims } = decodeJwt<TokenClaims>(token);
  const keys = ring.byKid(more.kid ?? decodeProtectedHeader(token).kid!)!;
  const times = { issuedAt: iat!, lifeSeconds: exp! - iat! };
  const issuer = createTokenIssuer(ring);
  return issuer.issue(keys, more.site ?? String(aud), more.jti ?? jti!, claims, times) as string;
}

const INVALID = { success: false, 'error-codes': ['invalid-input-response'] };

describe('a token that is signed and still none', () => {
  it('of another answer than the record’s', async () => {
    const r = rig();
    const token = await solved(r);
    expect((await r.siteverify(signedAgain(r, token, { jti: 'A'.repeat(22) }))).body).toEqual(INVALID);
  });

  it('of the keys for tests, made out to a real site', async () => {
    const r = rig();
    const token = await solved(r, 'sitekey=glyphgate-test-pass&kind=text');
    expect(decodeProtectedHeader(token).kid).toBe('test');
    expect((await r.siteverify(signedAgain(r, token, { site: 'development' }))).body).toEqual(INVALID);
  });

  it('of real keys, made out to a site for tests', async () => {
    const r = rig();
    const forged = signedAgain(r, await solved(r), { site: 'glyphgate-test-pass' });
    const secret = 'glyphgate-test-secret-pass';
    expect((await r.siteverify(forged, { secret })).body).toEqual(INVALID);
  });

  it('what these tests sign is taken as long as nothing is replaced', async () => {
    const r = rig();
    expect((await r.siteverify(signedAgain(r, await solved(r), {}))).body.success).toBe(true);
  });
});

describe('a site at its limit', () => {
  it('is refused from memory: the store is not asked, and the token not spent', async () => {
    let calls = 0;
    const r = rig({
      env: { GLYPHGATE_LIMIT_SITEVERIFY: '1/60s' },
      wrap: (store) => ({
        ...store,
        transition(...step) {
          calls++;
          return store.transition(...step);
        },
      }),
    });
    const [first, second] = [await solved(r), await solved(r)];
    await r.siteverify(first);
    const before = calls;
    for (let i = 0; i < 3; i++) expect((await r.siteverify(second)).status).toBe(429);
    expect(calls).toBe(before);
    r.advance(120_000);
    expect((await r.siteverify(second)).body.success).toBe(true);
  });
});
