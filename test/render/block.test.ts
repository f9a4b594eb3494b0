/** Blocks: whole pixels painted at once, from the host and not by the kernel, so their bounds have tests of their own. */
import { expect, test } from 'vitest';
import { decodePng } from './decode.ts';
import { expectCanaries, grey, newStage, setCanaries } from './stage.ts';

const { engine, renderer } = newStage();
const indicesOf = (file: Uint8Array) => decodePng(file).indices;

test('a block is what a rectangle on whole pixels is', () => {
  const draw = (by: 'block' | 'rect') => {
    const surface = renderer.paint(70, 40, grey());
    if (by === 'block') surface.block(3, 5, 50, 30, 7);
    else {
      surface.rect(3, 5, 50, 30);
      surface.fill(7);
    }
    return surface.encode('png');
  };
  expect(draw('block')).toEqual(draw('rect'));
});

test('what was collected waits for its own fill', () => {
  const surface = renderer.paint(8, 1, grey());
  surface.rect(0, 0, 4, 1);
  surface.block(0, 0, 8, 1, 3);
  surface.fill(9);
  expect([...indicesOf(surface.encode('png'))]).toEqual([9, 9, 9, 9, 3, 3, 3, 3]);
});

test('no block leaves the picture', () => {
  setCanaries(engine);
  const odd = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -1e9,
    1e9,
    -1,
    0,
    0.5,
    9,
    10,
    11,
  ];
  for (const x of odd)
    for (const y of odd)
      for (const side of odd) {
        const surface = renderer.paint(10, 10, grey());
        surface.block(x, y, side, side, 15);
        surface.block(0, 0, side, side, 15);
      }
  expectCanaries(engine);
  const surface = renderer.paint(10, 10, grey());
  surface.block(-5, 8, 8, 80, 4);
  const indices = indicesOf(surface.encode('png'));
  expect(indices.filter((index) => index === 4)).toHaveLength(6);
  expect(() => surface.block(0, 0, 1, 1, 16)).toThrow(RangeError);
});
