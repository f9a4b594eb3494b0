import fc from 'fast-check';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { decodeBmp, decodePng } from './decode.ts';
import { expectCanaries, grey, newStage, setCanaries } from './stage.ts';

const { engine, renderer } = newStage();

/** Puts indices straight into the picture, past all drawing. */
function put(
  width: number,
  height: number,
  colors: number,
  at: (x: number, y: number) => number,
): Uint8Array {
  renderer.ramp(width, height);
  const plane = engine.kernel.address(3);
  const stride = engine.kernel.stride.value as number;
  const expected = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const index = at(x, y) % colors;
      expected[y * width + x] = index;
      engine.bytes[plane + y * stride + x] = index;
    }
  return expected;
}

function encode(colors: number): Uint8Array {
  engine.bytes.set(grey(colors), engine.shown);
  const length = engine.kernel.png(colors);
  return engine.bytes.slice(engine.file, engine.file + length);
}

function check(width: number, height: number, colors: number, at: (x: number, y: number) => number): number {
  setCanaries(engine);
  const expected = put(width, height, colors, at);
  const file = encode(colors);
  const decoded = decodePng(file);
  expect([decoded.width, decoded.height, decoded.depth]).toEqual([width, height, colors > 16 ? 8 : 4]);
  expect(Buffer.from(decoded.indices).equals(expected)).toBe(true);
  expectCanaries(engine);
  return file.length;
}

const noise = (seed: number) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

test.each([1, 2, 3, 15, 16, 17, 200, 255, 256])('any indices come back, %i colours', (colors) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer(),
      fc.integer({ min: 0, max: 40 }),
      (width, height, seed, rarely) => {
        const next = noise(seed);
        check(width, height, colors, (x, y) => (rarely && next() % rarely ? (x >> 3) + (y >> 2) : next()));
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ['noise, 8 bits', 256, 1024, 512, 1],
  ['noise, 4 bits', 16, 1024, 512, 1],
  ['half noise', 256, 512, 1024, 4],
  ['almost flat', 256, 1024, 512, 400],
  ['flat', 256, 724, 724, 1e9],
] as const)('the largest pictures: %s', (_, colors, width, height, rarely) => {
  const next = noise(7);
  const size = check(width, height, colors, () => (next() % rarely === 0 ? next() >>> 8 : 3));
  expect(size).toBeLessThan((width * height * (colors > 16 ? 8 : 4)) / 8 + 4096);
});

test('counts that grow like Fibonacci numbers need codes longer than the format allows', () => {
  const next = noise(3);
  const counts = Array.from({ length: 24 }, (_, i) => Math.round(1.618 ** i));
  const all = counts.flatMap((count, i) => Array.from({ length: Math.min(count, 9000) }, () => i));
  for (let i = all.length - 1; i > 0; i--) {
    const j = next() % (i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  check(256, 128, 256, (x, y) => all[(y * 256 + x) % all.length]!);
});

test('an independent decoder sees the same pixels', () => {
  const surface = renderer.ramp(61, 33);
  surface.circle(30, 16, 12);
  surface.unite();
  const file = surface.encode('png', grey());
  const { rgb } = decodePng(file);
  const other = PNG.sync.read(Buffer.from(file));
  expect([...rgb]).toEqual([...other.data].filter((_, i) => i % 4 !== 3));
  expect([...decodeBmp(surface.encode('bmp', grey())).rgb]).toEqual([...rgb]);
});
