import { expect, test } from 'vitest';
import { decodePng } from './decode.ts';
import { expectClean, grey, newRenderer, newStage } from './stage.ts';

const renderer = newRenderer();
const indicesOf = (file: Uint8Array) => decodePng(file).indices;

test('a rectangle on pixel borders is exact, and half a pixel is half', () => {
  const surface = renderer.ramp(8, 4);
  surface.rect(1, 1, 2.5, 2);
  surface.unite();
  const row = [0, 15, 15, 8, 0, 0, 0, 0];
  expect([...indicesOf(surface.encode('png', grey()))]).toEqual([
    ...Array(8).fill(0),
    ...row,
    ...row,
    ...Array(8).fill(0),
  ]);
});

test('inverting twice is as if nothing had been', () => {
  const surface = renderer.ramp(60, 40);
  surface.circle(20, 20, 10);
  surface.unite();
  const before = surface.encode('png', grey());
  for (let i = 0; i < 2; i++) {
    surface.rect(10, 10, 30, 20);
    surface.invert();
  }
  expect(surface.encode('png', grey())).toEqual(before);
});

test('an outline is empty inside and runs along the edge', () => {
  const surface = renderer.ramp(20, 20);
  surface.rect(5, 5, 10, 10);
  surface.outline();
  const indices = indicesOf(surface.encode('png', grey()));
  const at = (x: number, y: number) => indices[y * 20 + x];
  expect([at(3, 10), at(4, 10), at(5, 10), at(6, 10), at(10, 10), at(15, 10), at(16, 10)]).toEqual([
    0, 15, 15, 0, 0, 15, 0,
  ]);
});

test('hatching leaves the outline and stripes of the inside', () => {
  const surface = renderer.ramp(40, 40);
  surface.rect(4, 4, 32, 32);
  surface.hatch({ fx: 0, fy: 1 / 8, phase: 0, share: 0.5 });
  const indices = indicesOf(surface.encode('png', grey()));
  const column = (x: number) => Array.from({ length: 40 }, (_, y) => indices[y * 40 + x]!);
  // Ink in the middle of each turn, from 2 to 6 of 8 pixels, ground around 0 and 8
  expect([8, 16, 24].map((y) => column(20)[y])).toEqual([0, 0, 0]);
  expect([12, 20, 28].map((y) => column(20)[y])).toEqual([15, 15, 15]);
  expect(column(4).slice(4, 36)).toEqual(Array(32).fill(15));
  expect(column(2)).toEqual(Array(40).fill(0));
  // Half of what lies inside the outline
  const inside = column(20).slice(8, 32);
  expect(inside.reduce((sum, level) => sum + level, 0) / (15 * 24)).toBeCloseTo(0.5, 1);
});

test('a contour that nobody closed is closed by the next composing call', () => {
  const draw = (close: boolean) => {
    const surface = renderer.ramp(30, 30);
    surface.moveTo(5, 5);
    surface.lineTo(25, 8);
    surface.lineTo(12, 25);
    if (close) surface.close();
    surface.unite();
    surface.lineTo(3, 3);
    surface.lineTo(29, 3);
    surface.unite();
    return surface.encode('png', grey());
  };
  expect(draw(false)).toEqual(draw(true));
});

test('shapes that were never composed do not reach the next picture', () => {
  const blank = renderer.ramp(40, 40).encode('png', grey());
  const left = renderer.ramp(40, 40);
  left.circle(20, 20, 15);
  left.lineTo(39, 39);
  expect(renderer.ramp(40, 40).encode('png', grey())).toEqual(blank);
});

test('waves that change on the way do not tear a contour open', () => {
  const { engine, renderer: own } = newStage();
  const surface = own.ramp(40, 40);
  surface.moveTo(-90, 5);
  surface.lineTo(-80, 35);
  surface.warp([{ x: 3, y: 9, fx: 0.01, fy: 0.02, phase: 0.1 }]);
  surface.lineTo(-60, 20);
  surface.unite();
  expectClean(engine);
});

test('an ended surface draws no more', () => {
  const first = renderer.ramp(10, 10);
  renderer.ramp(10, 10);
  expect(() => first.circle(5, 5, 3)).toThrow(/ended/);
  expect(() => first.encode('png', grey())).toThrow(/ended/);
});

test('edges become the nearest palette colour, whatever was drawn before', () => {
  const palette = Uint8Array.of(255, 255, 255, 0, 0, 0, 128, 128, 128, 255, 0, 0);
  const draw = () => {
    const surface = renderer.paint(12, 12, palette);
    surface.rect(2.5, 2, 5, 5);
    surface.fill(1);
    return surface.encode('png');
  };
  const once = draw();
  const indices = indicesOf(once);
  expect([...indices.subarray(3 * 12, 3 * 12 + 10)]).toEqual([0, 0, 2, 1, 1, 1, 1, 2, 0, 0]);
  const other = renderer.paint(12, 12, grey(7));
  other.circle(6, 6, 4);
  other.fill(5, 0.4);
  expect(draw()).toEqual(once);
});

test('a fill with opacity mixes', () => {
  const surface = renderer.paint(4, 4, grey(5));
  surface.rect(0, 0, 4, 4);
  surface.fill(4, 0.5);
  expect(new Set(indicesOf(surface.encode('png')))).toEqual(new Set([2]));
});

test('what cannot be drawn is refused', () => {
  const paint = renderer.paint(10, 10, grey(4));
  expect(() => paint.fill(4)).toThrow(RangeError);
  expect(() => paint.fill(0.5)).toThrow(RangeError);
  expect(() => paint.icon(-1, [1, 0, 0, 1, 0, 0])).toThrow(RangeError);
  expect(() => paint.glyph(999, 'A', [1, 0, 0, 1, 0, 0])).toThrow(RangeError);
  expect(() => paint.glyph(0, '漢', [1, 0, 0, 1, 0, 0])).toThrow(RangeError);
  expect(() => paint.encode('png', grey(3))).toThrow(RangeError);
  const ramp = renderer.ramp(10, 10);
  expect(() => ramp.stamp(256)).toThrow(RangeError);
  expect(() => ramp.lay(241)).toThrow(RangeError);
  expect(() => ramp.lay(20)).toThrow(RangeError);
  expect(() => ramp.lay(-16)).toThrow(RangeError);
  ramp.circle(5, 5, 4);
  ramp.lay(32);
  expect(() => ramp.encode('png', grey(40))).toThrow(RangeError);
  expect(() => renderer.paint(10, 10, new Uint8Array(4))).toThrow(RangeError);
  expect(() => renderer.face('none')).toThrow(RangeError);
});

test('text advances as measured', () => {
  const face = renderer.face('Roboto Bold');
  const surface = renderer.paint(300, 60, grey(4));
  const width = surface.text('Hello, 42', { face, size: 40, x: 10, y: 45, color: 3 });
  expect(width).toBeCloseTo(renderer.measure('Hello, 42', face, 40), 9);
  const { left, right } = surface.extent()!;
  expect(left).toBeGreaterThan(8);
  expect(right).toBeLessThan(10 + width + 2);
});
