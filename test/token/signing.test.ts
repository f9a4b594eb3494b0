/** Tokens under the operator's private key: others verify them by the key set, and no key stands in for another. */
import { generateKeyPairSync } from 'node:crypto';
import {
  CompactSign,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import { describe, expect, it } from 'vitest';
import type { SigningJwk } from '../../lib/config/signing.ts';
import { readConfig } from '../../lib/config.ts';
import { type TestSite, testSites } from '../../lib/site/test-sites.ts';
import { createKeyring } from '../../lib/token/keys.ts';
import { createSigningKeys, proveSigningKeys } from '../../lib/token/signing.ts';
import { type Rig, rig } from '../http/rig.ts';

const ed25519 = () => generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as SigningJwk;
const p256 = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as SigningJwk;
const withoutD = ({ d: _, ...bare }: SigningJwk) => bare as SigningJwk;
const env = (...keys: SigningJwk[]) => ({ GLYPHGATE_SIGNING_KEY: JSON.stringify({ keys }) });

async function tokenOf(r: Rig, attempt = 'a-mark-of-128-bits-or-so') {
  const { captcha_id } = (await r.generate('kind=text&preset=classic&difficulty=2')).body;
  const answer = await r.answerOf(captcha_id);
  const verify = async () => (await r.verify({ captcha_id, answer, attempt })).body.token as string;
  return { token: await verify(), again: verify };
}

describe.each([
  ['EdDSA', ed25519],
  ['ES256', p256],
])('%s', (alg, make) => {
  it('others verify a token by the key set, and siteverify redeems it once', async () => {
    const r = rig({ env: env(make()) });
    const { token } = await tokenOf(r);
    const { status, headers, body } = await r.call('/.well-known/jwks.json');
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('application/jwk-set+json');
    expect(headers.get('Cache-Control')).toBe('public, max-age=300');
    expect(body.keys).toHaveLength(1);
    expect(body.keys[0]).toMatchObject({ alg, use: 'sig' });
    expect(body.keys[0]).not.toHaveProperty('d');
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(body), {
      audience: 'development',
      issuer: 'glyphgate',
      algorithms: [alg],
      currentDate: new Date(r.now()),
    });
    expect(protectedHeader).toEqual({ typ: 'JWT', alg, kid: body.keys[0].kid });
    expect(payload.verified).toBe(true);
    expect((await r.siteverify(token)).body.success).toBe(true);
    expect((await r.siteverify(token)).body['error-codes']).toEqual(['timeout-or-duplicate']);
  });

  it('a wrong answer gets a reply as long as a right one', async () => {
    const r = rig({ env: env(make()) });
    const { captcha_id } = (await r.generate('kind=text&preset=classic&difficulty=2')).body;
    const wrong = (await r.verify({ captcha_id, answer: await r.wrongAnswerOf(captcha_id) })).body;
    const { token } = await tokenOf(r);
    expect(Math.abs(wrong.padding.length - token.length)).toBeLessThanOrEqual(4);
  });

  it('rotates: the new key signs, the old one, public by now, still verifies', async () => {
    const [old, fresh] = [make(), make()];
    const before = rig({ env: env(old) });
    const { token } = await tokenOf(before);
    const wrap = () => before.store;
    const after = rig({ env: env(fresh, withoutD(old)), wrap });
    const { body } = await after.call('/.well-known/jwks.json');
    expect(body.keys).toHaveLength(2);
    expect(decodeProtectedHeader((await tokenOf(after)).token).kid).toBe(body.keys[0].kid);
    expect((await after.siteverify(token)).body.success).toBe(true);
    const gone = rig({ env: env(fresh), wrap });
    const second = await tokenOf(before);
    expect((await gone.siteverify(second.token)).body['error-codes']).toEqual(['invalid-input-response']);
  });
});

it('a repeated verify gives the same Ed25519 token; with P-256 the same claims', async () => {
  const ed = await tokenOf(rig({ env: env(ed25519()) }));
  expect(await ed.again()).toBe(ed.token);
  const ec = await tokenOf(rig({ env: env(p256()) }));
  expect(decodeJwt(await ec.again())).toEqual(decodeJwt(ec.token));
});

it('the key id is the RFC 7638 thumbprint; RFC 8037, A.3', () => {
  const jwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  } as const;
  expect(createSigningKeys([jwk]).current!.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  expect(createSigningKeys([{ ...jwk, kid: 'mine' }]).current!.kid).toBe('mine');
});

it('without a key the set is empty: HS256 keys are never listed', async () => {
  expect((await rig().call('/.well-known/jwks.json')).body).toEqual({ keys: [] });
});

describe('no key stands in for another', () => {
  const key = ed25519();
  const forge = async (r: Rig) => {
    const { token } = await tokenOf(r);
    const { kid } = decodeProtectedHeader(token);
    const claims = decodeJwt(token);
    const [head, body, signature] = token.split('.') as [string, string, string];
    const header = (more: object) =>
      Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'EdDSA', kid, ...more })).toString('base64url');
    const publicBytes = Buffer.from(withoutD(key).x, 'base64url');
    const hmac = (secret: Uint8Array, more: object = {}) =>
      new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'HS256', kid: kid!, ...more }).sign(secret);
    const ring = createKeyring(r.config.masterKeys);
    const stranger = await importJWK({ ...ed25519() } as never, 'EdDSA');
    const own = await importJWK(key as never, 'EdDSA');
    // A key of the operator's may sign other things than tokens of ours.
    const signed = (more: object, typ = 'JWT') =>
      new SignJWT({ ...claims, ...more }).setProtectedHeader({ typ, alg: 'EdDSA', kid: kid! }).sign(own);
    return {
      'our key, for another site': await signed({ aud: 'another' }),
      'our key, by another issuer': await signed({ iss: 'shop' }),
      'our key, not verified': await signed({ verified: false }),
      'our key, another type': await signed({}, 'at+jwt'),
      'our key, without an id of its own': await signed({ jti: undefined }),
      'our key, without an end': await signed({ exp: undefined }),
      'our key, another challenge': await signed({ captcha_id: '0'.repeat(32) }),
      'the public key as an HMAC secret': await hmac(publicBytes),
      'the key set’s text as an HMAC secret': await hmac(Buffer.from(JSON.stringify(withoutD(key)))),
      'the site’s derived key under the signing key’s id': await hmac(ring.current.jwtKey('development')),
      'alg none': `${header({ alg: 'none' })}.${body}.`,
      'alg none with a signature': `${header({ alg: 'none' })}.${body}.${signature}`,
      'another algorithm named': `${header({ alg: 'ES256' })}.${body}.${signature}`,
      'no key id': `${header({ kid: undefined })}.${body}.${signature}`,
      'the id of the derived key': `${header({ kid: ring.current.kid })}.${body}.${signature}`,
      'a key in the header': await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ typ: 'JWT', alg: 'EdDSA', kid: kid!, jwk: withoutD(key) as never })
        .sign(stranger),
      'a stranger’s key under our id': await new SignJWT(claims)
        .setProtectedHeader({ typ: 'JWT', alg: 'EdDSA', kid: kid! })
        .sign(stranger),
      'other claims': `${head}.${Buffer.from(JSON.stringify({ ...claims, guess: 0 })).toString('base64url')}.${signature}`,
      'no signature': `${head}.${body}.`,
    };
  };

  it('every forgery is refused, and the token itself still redeems', async () => {
    const r = rig({ env: env(key) });
    for (const [name, forged] of Object.entries(await forge(r)))
      expect((await r.siteverify(forged)).body['error-codes'], name).toEqual(['invalid-input-response']);
    expect((await r.siteverify((await tokenOf(r)).token)).body.success).toBe(true);
  });

  it('tokens for tests keep their own key, and no real secret takes them', async () => {
    const r = rig({ env: { ...env(key), GLYPHGATE_TEST_KEYS: '1' } });
    const [{ site, secret }] = testSites(['text']) as [TestSite, ...TestSite[]];
    const { captcha_id } = (await r.generate(`sitekey=${site.key}`)).body;
    const { token } = (await r.verify({ captcha_id, answer: 'anything' })).body;
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'HS256', kid: 'test' });
    expect((await r.siteverify(token)).body.success).toBe(false);
    expect((await r.siteverify(token, { secret })).body.success).toBe(true);
    expect(decodeProtectedHeader((await tokenOf(r)).token).alg).toBe('EdDSA');
  });
});

describe('the configuration', () => {
  const read = (value: string) => readConfig({ NODE_ENV: 'development', GLYPHGATE_SIGNING_KEY: value });
  it.each([
    ['no JSON', 'secret-text'],
    ['no key', '{}'],
    ['a public key', JSON.stringify(withoutD(ed25519()))],
    ['an old key first', JSON.stringify({ keys: [withoutD(p256()), p256()] })],
    ['an RSA key', JSON.stringify({ kty: 'RSA', n: 'x', e: 'AQAB', d: 'x' })],
    ['a symmetric key', JSON.stringify({ kty: 'oct', k: 'secret-text' })],
    ['another curve', JSON.stringify({ ...p256(), crv: 'P-384' })],
  ])('refuses %s, without saying it back', (_, value) => {
    expect(() => read(value)).toThrow(/GLYPHGATE_SIGNING_KEY: expected a private key as JSON Web Key/);
    expect(() => read(value)).not.toThrow(/secret-text/);
  });

  it('a key whose halves don’t belong together does not get far', async () => {
    for (const make of [ed25519, p256]) {
      await proveSigningKeys(createSigningKeys([make()]));
      const mixed = { ...make(), d: make().d } as SigningJwk;
      await expect(proveSigningKeys(createSigningKeys([mixed]))).rejects.toThrow('private half');
    }
  });
});
