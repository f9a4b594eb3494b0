/** Boxes in pieces: cut, kept, dyed, combined, written in two bits; and canaries around whatever the numbers are. */
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { CutLine } from '../../lib/render/types.ts';
import { expectCanaries, expectClean, newStage, setCanaries } from './stage.ts';

const { engine, renderer } = newStage();
const PALETTE = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0, 255);
const line = (at: number, lean = 0, gap = 0): CutLine => ({ at, lean, gap });

/** `.` transparent or white, else the first letter of its colour. */
function drawn(file: Uint8Array): string[] {
  const { width, height, data } = PNG.sync.read(Buffer.from(file));
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const [red, , blue, alpha] = data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4);
      return alpha === 0 || (red === 255 && blue === 255) ? '.' : red === 255 ? 'r' : 'b';
    }).join(''),
  );
}

function full(boxes: number) {
  const surface = renderer.pieces(10, 6, boxes);
  surface.rect(0, 0, 10, 6 * boxes);
  surface.stamp(1);
  return surface;
}

test('a box is cut where the lines are, and a piece belongs to its set', () => {
  const surface = full(2);
  surface.cut({ upright: [line(5)], lying: [line(3)], sets: (column, row) => (column + row) % 2 });
  surface.keep(0, 0);
  surface.keep(1, 1);
  surface.dye(1, 2);
  const [top, bottom] = ['rrrrr.....', '.....rrrrr'];
  expect(drawn(surface.encode(PALETTE, 0, 1))).toEqual([top, top, top, bottom, bottom, bottom]);
});

test('a gap belongs to no piece', () => {
  const surface = full(1);
  surface.cut({ upright: [line(5, 0, 2)], lying: [line(3, 0, 1)], sets: () => 0 });
  surface.dye(0, 2);
  expect(drawn(surface.encode(PALETTE, 0, 1))[0]).toBe('bbbb..bbbb');
  expect(drawn(full(1).encode(PALETTE, 0, 1))).toHaveLength(6);
});

test('leaning lines lean', () => {
  const surface = full(1);
  surface.cut({ upright: [line(2, 1)], lying: [], sets: (column) => column });
  surface.keep(0, 0);
  expect(drawn(surface.encode(PALETTE, 0, 1)).map((row) => row.indexOf('.'))).toEqual([2, 3, 4, 5, 6, 7]);
});

test('two colours on one spot show as none, and what leaves on one side comes in on the other', () => {
  const surface = renderer.pieces(10, 6, 3);
  surface.cut({ upright: [], lying: [], sets: () => 0 });
  surface.rect(0, 6, 6, 6);
  surface.rect(4, 12, 6, 6);
  surface.stamp(1);
  surface.dye(2, 2);
  surface.combine(1, 0, 0, 0);
  surface.combine(2, 0, 0, 0);
  expect(drawn(surface.encode(PALETTE, 0, 1))[0]).toBe('rrrr..bbbb');
  surface.combine(1, 0, -3, 7);
  expect(drawn(surface.encode(PALETTE, 0, 1))[2]).toBe('...r..b...');
});

test('only index 0 is clear, and a box is written alone', () => {
  const surface = full(2);
  const { data } = PNG.sync.read(Buffer.from(surface.encode(PALETTE, 1, 1, true)));
  expect(data[3]).toBe(255);
  expect(() => surface.encode(PALETTE, 1, 2)).toThrow(RangeError);
  expect(() => surface.keep(2, 0)).toThrow('expected 0 … 1');
  const none = PNG.sync.read(Buffer.from(renderer.pieces(7, 3, 1).encode(PALETTE, 0, 1, true)));
  expect([none.width, none.height, none.data[3]]).toEqual([7, 3, 0]);
});

test('whatever the numbers are, it stays in its buffers and repeats', () => {
  const number = fc.oneof(
    fc.double({ min: -50, max: 400, noNaN: true }),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e30, -1e30, 0),
  );
  const cut = fc.record({ at: number, lean: number, gap: number });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(cut, { maxLength: 20 }),
      fc.array(cut, { maxLength: 20 }),
      fc.tuple(fc.integer(), fc.integer()),
      (width, height, upright, lying, [dx, dy]) => {
        setCanaries(engine);
        const draw = () => {
          const surface = renderer.pieces(width, height, 3);
          surface.cut({ upright, lying, sets: (column, row) => (column + row) % 3 });
          for (const box of [1, 2]) {
            surface.circle(width / 2, (box + 0.5) * height, height);
            surface.flip(box);
            surface.keep(box, box - 1);
            surface.dye(box, box);
            surface.combine(box, 0, dx, dy);
          }
          return surface.encode(PALETTE, 0, 3);
        };
        const file = draw();
        expect(PNG.sync.read(Buffer.from(file)).width).toBe(width);
        expect(draw()).toEqual(file);
        expectCanaries(engine);
        expectClean(engine);
      },
    ),
    { numRuns: 60 },
  );
});
