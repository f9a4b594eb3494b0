/** The attacks in small, with fixed seeds. The figures come from `npm run solve:reveal`. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../lib/util/random.ts';
import { puzzleOf, trailTo } from '../../challenge/reveal/kit.ts';
import { curves, edges, netOnStill, overlays, readRestored, readStill, trainReader } from './attacks.ts';
import { attack, hand, learned } from './end-to-end.ts';

const reader = trainReader(100);

describe('attacks that work where they should', () => {
  it('the reader reads what is restored', () => {
    expect(readRestored(reader, 20).right).toBeGreaterThanOrEqual(17);
  });

  it('laying the sets over each other reads the client mode', () => {
    expect(overlays(reader, 'client', 3).right).toBeGreaterThanOrEqual(2);
    expect(curves(reader, 'client', 4).right).toBeGreaterThanOrEqual(2);
  });
});

describe('attacks that give nothing', () => {
  it('reading the still', () => {
    expect(readStill(reader, 'guarded', 10).right).toBe(0);
    expect(readStill(reader, 'client', 5).right).toBeLessThanOrEqual(1);
    expect(netOnStill('guarded', 20, 10, 1).right).toBe(0);
  });

  it('overlaying and matching edges against guarded', () => {
    expect(overlays(reader, 'guarded', 1).right).toBe(0);
    expect(curves(reader, 'guarded', 2).right).toBe(0);
    expect(edges(reader, 'guarded', 1).right).toBe(0);
  });
});

it('a blind trail meets the point in at most a tenth of the challenges', () => {
  const random = seededRandom('blind', 'places');
  const n = 1500;
  let [anywhere, symbols] = [0, 0];
  for (let i = 0; i < n; i++) {
    const puzzle = puzzleOf(`blind ${i}`);
    const meets = (x: number, y: number) => {
      const seen = puzzle.reveal!(trailTo(x, y));
      return 'hit' in seen && seen.hit;
    };
    const cells = random.sample(
      Array.from({ length: 33 }, (_, k) => k),
      3,
    );
    if ([0, 1, 2].some(() => meets(random.between(0, 300), random.between(0, 100)))) anywhere++;
    if (cells.some((k) => meets(((k % 11) + 0.5) * (300 / 11), (Math.floor(k / 11) + 0.5) * (100 / 3))))
      symbols++;
  }
  expect(anywhere / n).toBeLessThan(0.06);
  expect(symbols / n).toBeLessThan(0.1);
});

it('end to end, a hand without eyes seldom passes and one with eyes does', async () => {
  expect((await attack(hand, reader, 60)).met).toBeLessThanOrEqual(12);
  expect((await attack(learned(8), reader, 10)).met).toBeGreaterThanOrEqual(3);
});
