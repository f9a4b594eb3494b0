/** How far glyphs reach to either side, band by band: measured once by drawing each, so that letters can be set close. */
import type { Engine } from './engine.ts';
import type { Profile } from './types.ts';

/** In 1/1024 em: Latin ascenders and Chinese characters above, descenders below. */
export const PROFILE = { top: -960, band: 128, bands: 10 } as const;

/** Pixels to the em. */
const SIZE = 64;
const UNIT = 1024 / SIZE;
const LEFT = 16;
const WIDTH = 112;
const ROWS_A_BAND = PROFILE.band / UNIT;
const HEIGHT = PROFILE.bands * ROWS_A_BAND;
const BASELINE = -PROFILE.top / UNIT;
/** Of 15: fainter edges don't count. */
const SEEN = 4;

export function profiler(engine: Engine): (at: number) => Profile {
  const known = new Map<number, Profile>();
  return (at) => {
    const found = known.get(at) ?? measure(engine, at);
    known.set(at, found);
    return found;
  };
}

function measure(engine: Engine, at: number): Profile {
  const { kernel, bytes } = engine;
  engine.lent = undefined;
  kernel.begin(WIDTH, HEIGHT, 0);
  const scale = SIZE / 1024;
  kernel.contours(at, scale, 0, 0, scale, LEFT, BASELINE);
  kernel.unite(0);
  const stride: number = kernel.stride.value;
  const first = kernel.address(3);
  const left: number[] = [];
  const right: number[] = [];
  for (let band = 0; band < PROFILE.bands; band++) {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let y = band * ROWS_A_BAND; y < (band + 1) * ROWS_A_BAND; y++) {
      const row = bytes.subarray(first + y * stride, first + y * stride + WIDTH);
      const start = row.findIndex((level) => level >= SEEN);
      if (start < 0) continue;
      from = Math.min(from, start);
      to = Math.max(to, row.findLastIndex((level) => level >= SEEN) + 1);
    }
    left.push((from - LEFT) * UNIT);
    right.push((to - LEFT) * UNIT);
  }
  return { left, right };
}
