import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawBoth, drawing } from './fuzz.ts';
import { grey, newStage } from './stage.ts';

const { engine, renderer } = newStage();

test('whatever is drawn stays in its buffers and gives valid files, the same ones again', () => {
  fc.assert(
    fc.property(drawing, (plan) => {
      const once = drawBoth(plan, engine, renderer);
      const again = drawBoth(plan, engine, renderer);
      expect(again.every((file, i) => Buffer.from(file).equals(once[i]!))).toBe(true);
    }),
    { numRuns: 300, interruptAfterTimeLimit: 15_000 },
  );
});

test('the largest pictures hold everything too', () => {
  for (const [width, height] of [
    [1024, 512],
    [512, 1024],
    [1024, 1],
    [1, 1024],
    [724, 724],
  ] as const) {
    const steps = [
      [4, [-50, -50, 2000, 2000, 900, 0, 0, 0]],
      [11, [0, 0, 0, 0, 0, 0, 0, 0]],
      [5, [500, 500, 480, 0, 0, 0, 0, 0]],
      [14, [0, 0, 0, 0, 0, 0, 0, 0]],
      [10, [1, 0.1, 0.2, 1, 100, 0, 0, 900]],
      [13, [1, 0, 0, 0, 0, 0, 0, 0]],
    ] as const;
    drawBoth({ width, height, steps }, engine, renderer);
  }
});

test.each([
  [0, 10],
  [10, 0],
  [1025, 10],
  [10, 1025],
  [1024, 513],
  [1.5, 10],
  [Number.NaN, 10],
  [-1, -1],
])('a picture of %s × %s is refused', (width, height) => {
  expect(() => renderer.ramp(width, height)).toThrow(RangeError);
  expect(() => renderer.paint(width, height, grey())).toThrow(RangeError);
});
