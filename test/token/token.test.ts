import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { openChain, sealChain } from '../../lib/token/chain.ts';
import { newId, openId, successorId } from '../../lib/token/id.ts';
import { createTokenIssuer, type TokenClaims } from '../../lib/token/jwt.ts';
import { createKeyring, createKeyset } from '../../lib/token/keys.ts';
import { answerNonce, redeemClaim } from '../../lib/token/marks.ts';
import { PORTABLE } from '../../lib/token/primitives.ts';
import { type ChallengeRecord, sealRecord, unsealRecord } from '../../lib/token/record.ts';
import { toBase64Url, utf8 } from '../../lib/util/bytes.ts';

const ring = createKeyring(['a'.repeat(32)]);
const rotated = createKeyring(['b'.repeat(32), 'a'.repeat(32)]);
const stranger = createKeyring(['c'.repeat(32)]);

describe('captcha_id', () => {
  it('is 32 of [0-9a-z], each new, and carries its shard', () => {
    const ids = Array.from({ length: 1000 }, (_, i) => newId(ring.current, i & 255));
    for (const [i, id] of ids.entries()) {
      expect(id).toMatch(/^[0-9a-z]{32}$/);
      expect(openId(ring, id)?.shard).toBe(i & 255);
    }
    expect(new Set(ids).size).toBe(1000);
  });

  it('is refused when any symbol is changed, and by another key', () => {
    const id = newId(ring.current, 0);
    let accepted = 0;
    for (let at = 0; at < 32; at++)
      for (const symbol of '0123456789abcdefghjkmnpqrstvwxyz')
        if (symbol !== id[at] && openId(ring, id.slice(0, at) + symbol + id.slice(at + 1))) accepted++;
    expect(accepted).toBe(0);
    expect(openId(stranger, id)).toBeUndefined();
    for (const odd of ['', 'x', id.toUpperCase(), `${id}0`, 'i'.repeat(32), 'é'.repeat(32)])
      expect(openId(ring, odd)).toBeUndefined();
  });

  it('is opened by an older key while the ring holds it', () => {
    const id = newId(ring.current, 0);
    expect(openId(rotated, id)?.keys.kid).toBe(ring.current.kid);
  });

  it('has one successor', () => {
    const id = newId(ring.current, 7);
    expect(successorId(ring.current, id, 7)).toBe(successorId(ring.current, id, 7));
    expect(successorId(ring.current, newId(ring.current, 0), 7)).not.toBe(successorId(ring.current, id, 7));
    expect(openId(ring, successorId(ring.current, id, 7))?.shard).toBe(7);
  });
});

describe('primitives', () => {
  it('Node’s own make the same bytes as the portable ones, and refuse the same', () => {
    const [key, nonce, aad] = [32, 12, 40].map((length) => new Uint8Array(length).fill(length));
    for (const length of [0, 1, 128, 384]) {
      const plain = Uint8Array.from({ length }, (_, i) => i & 255);
      const [portable, node] = [PORTABLE.keyedGcm(key!), nodePrimitives.keyedGcm(key!)];
      const sealed = new Uint8Array(length + 16);
      portable.seal(nonce!, aad!, plain, sealed);
      const same = new Uint8Array(length + 16);
      node.seal(nonce!, aad!, plain, same);
      expect(same).toEqual(sealed);
      expect(Uint8Array.from(node.open(nonce!, aad!, sealed))).toEqual(plain);
      sealed[0]! ^= 1;
      expect(() => node.open(nonce!, aad!, sealed)).toThrow();
      expect(Uint8Array.from(nodePrimitives.keyedHmac(key!)(plain))).toEqual(PORTABLE.keyedHmac(key!)(plain));
    }
    const id = newId(ring.current, 9);
    expect(openId(createKeyring(['a'.repeat(32)], nodePrimitives), id)?.shard).toBe(9);
  });
});

describe('sealing', () => {
  const record = { kind: 'text', site: 's', solution: 'AB12', seed: 'x' } as unknown as ChallengeRecord;
  const id = newId(ring.current, 0);

  it('opens for the same id and key only', () => {
    const body = sealRecord(ring.current, id, record);
    expect(unsealRecord(ring.current, id, body)).toEqual(record);
    expect(unsealRecord(ring.current, newId(ring.current, 0), body)).toBeUndefined();
    expect(unsealRecord(stranger.current, id, body)).toBeUndefined();
  });

  it('refuses any changed byte, a foreign version and a cut', () => {
    const body = sealRecord(ring.current, id, record);
    for (let at = 0; at < body.length; at++) {
      const changed = body.slice();
      changed[at]! ^= 1;
      expect(unsealRecord(ring.current, id, changed)).toBeUndefined();
    }
    for (let length = 0; length < body.length; length += 13)
      expect(unsealRecord(ring.current, id, body.slice(0, length))).toBeUndefined();
  });

  it('tells nothing by its length', () => {
    const sizes = ['A', 'ABCDEFGH'].map(
      (solution) => sealRecord(ring.current, id, { ...record, solution }).length,
    );
    expect(sizes[0]).toBe(sizes[1]);
    const chains = [true, false].map((rightSoFar) =>
      sealChain(ring.current, { predecessor: id, rightSoFar }),
    );
    expect(chains[0]!.length).toBe(chains[1]!.length);
  });

  it('comes in whole blocks, whatever it holds', () => {
    for (let length = 0; length < 400; length += 9) {
      const text = 'é'.repeat(length);
      const sealed = ring.current.seal('seal', id, text);
      expect((sealed.length - 1 - 12 - 16) % 128).toBe(0);
      expect(ring.current.unseal('seal', id, sealed)).toBe(text);
    }
  });

  it('opens its own chains only', () => {
    const chain = sealChain(ring.current, { predecessor: id, rightSoFar: true });
    expect(openChain(rotated, chain)).toEqual({ predecessor: id, rightSoFar: true });
    expect(openChain(stranger, chain)).toBeUndefined();
    expect(openChain(ring, toBase64Url(sealRecord(ring.current, 'chain', record)))).toBeUndefined();
    expect(openChain(ring, '!')).toBeUndefined();
  });
});

describe('marks', () => {
  const keys = ring.current;
  it('are the same for the very same call only', () => {
    const nonce = answerNonce(keys, 'id', 'attempt', 'answer');
    expect(answerNonce(keys, 'id', 'attempt', 'answer')).toBe(nonce);
    expect(answerNonce(keys, 'id', 'attempt', 'other')).not.toBe(nonce);
    expect(answerNonce(keys, 'id', 'attempta', 'nswer')).not.toBe(nonce);
    expect(answerNonce(keys, 'id', undefined, 'answer')).not.toBe(
      answerNonce(keys, 'id', undefined, 'answer'),
    );
    expect(redeemClaim(keys, 'k', 'site')).not.toBe(redeemClaim(keys, 'ks', 'ite'));
  });

  it('come from different keys for different purposes', () => {
    expect(keys.mac('nonce', 'x')).not.toEqual(keys.mac('claim', 'x'));
    expect(createKeyset('d'.repeat(32)).kid).not.toBe(keys.kid);
  });
});

describe('tokens', () => {
  const issuer = createTokenIssuer(ring);
  const claims: TokenClaims = {
    captcha_id: newId(ring.current, 0),
    kind: 'text',
    preset: 'strong',
    difficulty: 2,
    rounds: 1,
    guess: 1e-6,
    hostname: 'example.com',
    action: '',
    cdata: '',
  };
  const now = 1_800_000_000;
  const times = { issuedAt: now, lifeSeconds: 300 };
  const issue = () => issuer.issue(ring.current, 'site', 'jti', claims, times);

  it('are the same for the same challenge and are opened by their site only', async () => {
    const token = await issue();
    expect(await issue()).toBe(token);
    expect(await issuer.verify(token, 'site', now, 0)).toMatchObject({ valid: true, jti: 'jti', claims });
    expect(await issuer.verify(token, 'other', now, 0)).toEqual({ valid: false, reason: 'invalid' });
    const older = await createTokenIssuer(rotated).verify(token, 'site', now, 0);
    expect(older.valid).toBe(true);
    expect((await createTokenIssuer(stranger).verify(token, 'site', now, 0)).valid).toBe(false);
  });

  it('live for their time, give or take the clocks', async () => {
    const token = await issue();
    expect((await issuer.verify(token, 'site', now + 300 + 29, 0)).valid).toBe(true);
    expect(await issuer.verify(token, 'site', now + 300 + 31, 0)).toEqual({
      valid: false,
      reason: 'expired',
    });
    expect((await issuer.verify(token, 'site', now + 300 + 31, 60)).valid).toBe(true);
    expect((await issuer.verify(token, 'site', now - 29, 0)).valid).toBe(true);
    expect((await issuer.verify(token, 'site', now - 31, 0)).valid).toBe(false);
  });

  it('refuse algorithm tricks', async () => {
    const token = await issue();
    const [, payload, signature] = token.split('.') as [string, string, string];
    const header = (fields: object) =>
      toBase64Url(utf8(JSON.stringify({ typ: 'JWT', kid: ring.current.kid, ...fields })));
    const forged = [
      `${header({ alg: 'none' })}.${payload}.`,
      `${header({ alg: 'none' })}.${payload}.${signature}`,
      `${header({ alg: 'HS512' })}.${payload}.${signature}`,
      `${header({ alg: 'RS256' })}.${payload}.${signature}`,
      `${header({ alg: 'HS256', kid: 'unknown' })}.${payload}.${signature}`,
      `${header({ alg: 'HS256', crit: ['exp'] })}.${payload}.${signature}`,
      token.slice(0, -2),
      'a.b.c',
      '',
    ];
    for (const each of forged)
      expect(await issuer.verify(each, 'site', now, 0)).toEqual({ valid: false, reason: 'invalid' });
    const raw = await new SignJWT({ ...claims, verified: true })
      .setProtectedHeader({ typ: 'JWT', alg: 'HS256', kid: ring.current.kid })
      .sign(ring.current.jwtKey('site'));
    expect((await issuer.verify(raw, 'site', now, 0)).valid).toBe(false);
  });
});
