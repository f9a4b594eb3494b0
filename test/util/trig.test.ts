import { expect, test } from 'vitest';
import { cos, cosTurns, sin, sinTurns } from '../../lib/util/trig.ts';

test('sine and cosine agree with the platform to 1e-12', () => {
  for (let i = -4000; i <= 4000; i++) {
    const x = i / 97;
    expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-12);
    expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-12);
  }
});

test('the corners of the circle are exact', () => {
  expect([0, 0.25, 0.5, 0.75, 1].map(sinTurns).map((v) => v + 0)).toEqual([0, 1, 0, -1, 0]);
  expect([0, 0.25, 0.5, 0.75, 1].map(cosTurns).map((v) => v + 0)).toEqual([1, 0, -1, 0, 1]);
});
