/** Discs, slabs, sticks and upright letters: kept as tiles, and no picture may show whether they were kept already. */
import { expect, test } from 'vitest';
import { loadRenderAssets } from '../../functions/assets.ts';
import { createEngine } from '../../lib/render/engine.ts';
import { type PaintSurface, rendererOf } from '../../lib/render/renderer.ts';
import { seededRandom } from '../../lib/util/random.ts';
import { decodePng } from './decode.ts';
import { grey } from './stage.ts';

const { kernel, fonts, icons } = loadRenderAssets();
/** With room for tiles, and without. */
const newKeeper = () => rendererOf(createEngine(kernel, [...fonts, icons!]));
const plain = rendererOf(createEngine(kernel, fonts));

/** Some of each, in the picture, across its border and far outside. */
function paintAll(surface: PaintSurface, seed: string): void {
  const random = seededRandom(seed, 'tiles');
  const spot = () => [random.between(-40, 340), random.between(-40, 240)] as const;
  for (let i = 0; i < 40; i++) {
    const color = random.below(16);
    surface.disc(...spot(), random.integer(1, 40), color);
    surface.slab(...spot(), random.between(24, 90), random.between(24, 60), 11, color);
    surface.stick(...spot(), ...spot(), random.between(2, 9), color);
    const [x, y] = spot();
    surface.text('Ag2', { face: 0, size: random.integer(8, 60), x, y, color });
  }
}

function picture(renderer: ReturnType<typeof newKeeper>, seed: string): Uint8Array {
  const surface = renderer.paint(300, 200, grey());
  paintAll(surface, seed);
  return surface.encode('png');
}

test('what was kept by other pictures shows in none', () => {
  const used = newKeeper();
  const seeds = ['a', 'b', 'c', 'd'];
  for (const seed of seeds) picture(used, seed);
  for (const seed of seeds) expect(picture(used, seed)).toEqual(picture(newKeeper(), seed));
});

test('nor does it when the room was used up many times', () => {
  const used = newKeeper();
  const surface = used.paint(1000, 500, grey());
  // Each a tile of its own, a few MiB in all
  for (let radius = 20; radius < 120; radius++) surface.disc(300, 240, radius, radius & 15);
  expect(picture(used, 'a')).toEqual(picture(newKeeper(), 'a'));
});

test('a tile is what drawing the same makes, but for the rounding of a few edges', () => {
  const one = decodePng(picture(newKeeper(), 'a')).indices;
  const other = decodePng(picture(plain, 'a')).indices;
  const differ = one.filter((index, i) => index !== other[i]);
  expect(differ.length).toBeLessThan(0.002 * one.length);
});

test('a stick lies where it should, and points where it should', () => {
  const surface = newKeeper().paint(60, 60, grey(2));
  surface.stick(30 - 12, 30 - 9, 30 + 12, 30 + 9, 5, 1);
  const { indices } = decodePng(surface.encode('png'));
  const at = (x: number, y: number) => indices[y * 60 + x];
  expect([at(30, 30), at(30 + 8, 30 + 6), at(30 - 8, 30 - 6)]).toEqual([1, 1, 1]);
  expect([at(30 + 6, 30 - 8), at(30 - 6, 30 + 8), at(30 + 20, 30 + 15)]).toEqual([0, 0, 0]);
});

test('what is collected already is painted with them, and bending bends them', () => {
  const paint = (before: (surface: PaintSurface) => void) => {
    const surface = newKeeper().paint(100, 60, grey());
    surface.disc(20, 30, 9, 3);
    before(surface);
    surface.disc(60, 30, 9, 7);
    return decodePng(surface.encode('png')).indices;
  };
  const both = paint((surface) => surface.rect(80, 10, 10, 10));
  expect([both[30 * 100 + 20], both[30 * 100 + 60], both[15 * 100 + 85]]).toEqual([3, 7, 7]);
  const bent = paint((surface) => surface.warp([{ x: 0, y: 12, fx: 0, fy: 0, phase: 0.25 }]));
  expect([bent[30 * 100 + 20], bent[42 * 100 + 60], bent[22 * 100 + 60]]).toEqual([3, 7, 0]);
});

test('they count for the extent', () => {
  const surface = newKeeper().paint(100, 60, grey());
  surface.disc(20, 30, 9, 3);
  expect(surface.extent()).toEqual({ left: 11, top: 21, right: 29, bottom: 39 });
});

test('colours that are not there are refused', () => {
  const surface = newKeeper().paint(100, 60, grey(4));
  expect(() => surface.disc(20, 30, 9, 4)).toThrow(RangeError);
  expect(() => surface.stick(20, 30, 40, 30, 5, -1)).toThrow(RangeError);
  expect(() => surface.slab(20, 30, 40, 30, 5, 1.5)).toThrow(RangeError);
  expect(() => surface.text('a', { face: 0, size: 20, x: 5, y: 30, color: 9 })).toThrow(RangeError);
});
