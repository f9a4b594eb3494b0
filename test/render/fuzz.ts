/** Draws whatever a list of numbers says, hostile numbers included. Used by the quick and by the long fuzz test. */
import fc from 'fast-check';
import type { Engine } from '../../lib/render/engine.ts';
import type { Matrix, Renderer, Shapes } from '../../lib/render/types.ts';
import { decodeBmp, decodePng } from './decode.ts';
import { expectCanaries, expectClean, grey, setCanaries } from './stage.ts';

const HOSTILE = [Number.NaN, Infinity, -Infinity, 1e30, -1e30, 1e-30, 0, -0, 4096, -4096, 2 ** 31, 0.5];

const number = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: -80, max: 300, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
);

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly steps: readonly (readonly [what: number, numbers: readonly number[]])[];
}

export const drawing: fc.Arbitrary<Drawing> = fc.record({
  width: fc.integer({ min: 1, max: 260 }),
  height: fc.integer({ min: 1, max: 120 }),
  steps: fc.array(
    fc.tuple(fc.integer({ min: 0, max: 23 }), fc.array(number, { minLength: 8, maxLength: 8 })),
    { maxLength: 14 },
  ),
});

const small = (value: number, bound: number) =>
  Number.isFinite(value) ? Math.abs(Math.trunc(value)) % bound : 0;

function collect(shapes: Shapes, renderer: Renderer, what: number, n: readonly number[]): boolean {
  const [a, b, c, d, e, f, g, h] = n as [number, number, number, number, number, number, number, number];
  if (what === 0) shapes.moveTo(a, b);
  else if (what === 1) shapes.lineTo(a, b);
  else if (what === 2) shapes.quadTo(a, b, c, d);
  else if (what === 3) shapes.close();
  else if (what === 4) shapes.rect(a, b, c, d, e);
  else if (what === 5) shapes.circle(a, b, c);
  else if (what === 6) shapes.polyline(n, a);
  else if (what === 7) shapes.warp([{ x: a, y: b, fx: c, fy: d, phase: e }]);
  else if (what === 8) shapes.warp([]);
  else if (what === 9) {
    const face = small(a, renderer.faces.length);
    const characters = renderer.faces[face]!.characters;
    const scale = b > 0 && b < 300 ? b / 4096 : b;
    shapes.glyph(face, characters[small(c, characters.length)]!, [
      scale,
      d / 4096,
      e / 4096,
      scale,
      f,
      g,
    ] as Matrix);
  } else if (what === 10) shapes.glyph(0, 'R', [a, b, c, d, e, h] as Matrix);
  else if (what === 20) shapes.lens({ x: a, y: b, radius: c, strength: d });
  else if (what === 21) shapes.ripple({ x: a, y: b, amplitude: c, frequency: d, phase: e });
  else if (what === 22) shapes.stroke(a, b, c, d, e, f, g);
  else return false;
  return true;
}

/** Throws when anything is written where it should not be, or a file is not valid. */
export function drawBoth(
  { width, height, steps }: Drawing,
  engine: Engine,
  renderer: Renderer,
): Uint8Array[] {
  setCanaries(engine);
  const ramp = renderer.ramp(width, height);
  for (const [what, n] of steps) {
    if (collect(ramp, renderer, what, n)) continue;
    if (what === 11) ramp.unite();
    else if (what === 12) ramp.unite('even-odd');
    else if (what === 13) ramp.invert(n[0]! > 0 ? 'even-odd' : 'non-zero');
    else if (what === 14) ramp.outline();
    else if (what === 15)
      ramp.scatter({
        count: small(n[0]!, 5000),
        seed: small(n[1]!, 2 ** 32),
        first: 1,
        range: 3,
        combine: n[2]! > 0,
      });
    else if (what === 16) ramp.lay(0);
    else if (what === 17) ramp.erase(n[0]! > 0 ? 'even-odd' : 'non-zero');
    else if (what === 18) ramp.soften(small(n[0]!, 9));
    else if (what === 19 && width * height < 250_000)
      ramp.rerender({ amplitude: n[0]!, frequency: n[1]!, phaseX: n[2]!, phaseY: n[3]! });
    else ramp.stamp(small(n[0]!, 16));
  }
  const files = [ramp.encode('png', grey()), ramp.encode('bmp', grey())];
  const paint = renderer.paint(width, height, grey(40), 3);
  for (const [what, n] of steps) {
    if (collect(paint, renderer, what, n)) continue;
    const [a, b, c, d, e] = n as [number, number, number, number, number];
    if (what === 11) paint.disc(a, b, c, 7);
    else if (what === 12) paint.slab(a, b, c, d, e, 8);
    else if (what === 13) paint.stick(a, b, c, d, e, 9);
    else if (what === 14) paint.text('R3', { face: 0, size: small(a, 80), x: b, y: c, color: 5 });
    else if (what === 15) paint.block(a, b, c, d, 6);
    paint.fill(small(n[0]!, 40), Math.abs(n[1]! % 1) || 1, n[2]! > 0 ? 'even-odd' : 'non-zero');
  }
  files.push(paint.encode('png'), paint.encode('bmp'));
  expectCanaries(engine);
  renderer.ramp(1, 1);
  expectClean(engine);
  for (const [i, file] of files.entries()) {
    const { width: w, height: h } = i % 2 ? decodeBmp(file) : decodePng(file);
    if (w !== width || h !== height) throw new Error(`${w}×${h} instead of ${width}×${height}`);
  }
  return files;
}
