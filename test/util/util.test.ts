import { createHash } from 'node:crypto';
import { chacha8 } from '@noble/ciphers/chacha.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalAnswer } from '../../lib/util/answer.ts';
import { fromBase32, fromBase64Url, toBase32, toBase64, toBase64Url } from '../../lib/util/bytes.ts';
import { seededRandom } from '../../lib/util/random.ts';

describe('spellings of bytes', () => {
  it('base32 there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const text = toBase32(bytes);
        expect(text).toMatch(/^[0-9a-hjkmnp-tv-z]{32}$/);
        expect(fromBase32(text)).toEqual(bytes);
      }),
    );
    expect(() => toBase32(new Uint8Array(17))).toThrow('multiple of 5');
  });

  it('base64 as everybody writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
    for (const odd of ['a', 'a=', 'a+b', 'é', 'aaaaa']) expect(fromBase64Url(odd)).toBeUndefined();
  });
});

describe('seeded randomness', () => {
  it('is the same stream on every engine', () => {
    const random = seededRandom('seed', 'label');
    const words = Array.from({ length: 4096 }, () => random.uint32());
    const digest = createHash('sha256').update(new Uint32Array(words)).digest('hex');
    expect(digest).toMatchInlineSnapshot(
      `"4e2147b47ff58e1be3978e97132e9ff6fa3689a8887981ea41175f2d81bb5c69"`,
    );
  });

  it('is ChaCha8, keyed by SHA-256 of label and seed', () => {
    for (const [seed, label] of [
      ['seed', 'label'],
      ['种子', 'x'.repeat(200)],
    ] as const) {
      const key = createHash('sha256').update(`${label}\0${seed}`).digest();
      const stream = chacha8(key, new Uint8Array(12), new Uint8Array(64 * 300));
      const random = seededRandom(seed, label);
      expect(Array.from({ length: 16 * 300 }, () => random.uint32())).toEqual([
        ...new Uint32Array(stream.buffer),
      ]);
    }
  });

  it('differs by seed and by label', () => {
    const first = (seed: string, label: string) => seededRandom(seed, label).uint32();
    expect(new Set([first('a', 'x'), first('b', 'x'), first('a', 'y'), first('ax', '')]).size).toBe(4);
  });

  it('draws within bounds, evenly', () => {
    const random = seededRandom('bounds', '');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    for (let i = 0; i < 1000; i++) {
      const value = random.between(-2, 3);
      expect(value >= -2 && value < 3).toBe(true);
    }
    expect(random.shuffle([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
    expect(() => random.below(0)).toThrow('expected');
    expect(() => random.pick([])).toThrow('expected');
    expect(() => random.sample([1], 2)).toThrow('expected');
  });
});

describe('the canonical answer', () => {
  it.each([
    [' AbC ', 'abc'],
    ['ＡＢ １２', 'ab12'],
    ['a\u3000b\tc\n', 'abc'],
  ])('%j is %j', (given, canonical) => expect(canonicalAnswer(given)).toBe(canonical));
});
