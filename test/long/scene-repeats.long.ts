/** A million scenes, told apart by 64 bits each: 8 MB, however long it runs. */
import { expect, it } from 'vitest';
import { DIFFICULTIES } from '../../lib/challenge/challenge.ts';
import type { Draft } from '../../lib/challenge/scene/graph.ts';
import { drawUp } from '../../lib/challenge/scene/scene.ts';
import { painted } from '../challenge/scene/record.ts';

const COUNT = 1_000_000;

/** What is asked, what lies where, and where things alone do not say it, every stroke. */
function graphOf(draft: Draft): string {
  const lying = draft.items.map(({ object, x, y, size }) => `${object.name}${x},${y},${size}`).join();
  const strokes = draft.items.length > 4 ? '' : JSON.stringify(painted(draft));
  return `${draft.question.en}${lying}${strokes}`;
}

/** Two FNV-1a of 32 bits with other bases and primes. */
function hash(text: string): bigint {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
    b ^= b >>> 15;
  }
  return (BigInt(a >>> 0) << 32n) | BigInt(b >>> 0);
}

it('1,000,000 challenges, and no scene graph comes twice', () => {
  const hashes = new BigUint64Array(COUNT);
  for (let i = 0; i < COUNT; i++)
    hashes[i] = hash(graphOf(drawUp({ seed: `never again ${i}`, difficulty: DIFFICULTIES[i % 3]! })));
  hashes.sort();
  let twice = 0;
  for (let i = 1; i < COUNT; i++) if (hashes[i] === hashes[i - 1]) twice++;
  expect(twice).toBe(0);
});
