/**
 * The same photo, a little different every time: another crop and enlargement, a shift of brightness and hue, slight noise. It keeps a
 * picture from being known by its bytes; it does not keep anybody from knowing the photo.
 */
import type { Pixels, Size } from '../../render/photo.ts';
import type { Random } from '../../util/random.ts';
import { cos, sin } from '../../util/trig.ts';
import { SPARE } from './fit.ts';

export interface Disturbance {
  /** The part that is shown, in pixels of the kept photo. */
  readonly left: number;
  readonly top: number;
  /** Pixels of the kept photo to one of the picture. */
  readonly step: number;
  /** Red, green and blue of the result from those of the photo, row by row, and what is added to each. */
  readonly color: readonly number[];
  readonly lift: number;
  /** Highest deviation of a pixel's brightness. */
  readonly noise: number;
  /** 32 bits that the noise runs from. */
  readonly seed: number;
}

const HUE = 0.12;
const GAIN = 0.06;
const LIFT = 7;
const NOISE = [1.5, 3] as const;

export function disturb(random: Random, kept: Size, shown: Size): Disturbance {
  // At most what is kept beyond the shown part: nothing is ever taken from beside the photo
  const most = Math.min(kept.width / shown.width, kept.height / shown.height);
  const step = random.between(Math.max(1, most / SPARE), most);
  const spare = (whole: number, part: number) => Math.max(0, whole - part * step);
  // The middle half of what could be shown: the edges of a photo that has to be cut are cut on both sides
  const start = (room: number) => room * random.between(0.3, 0.7);
  const gain = 1 + random.between(-GAIN, GAIN);
  return {
    left: start(spare(kept.width, shown.width)),
    top: start(spare(kept.height, shown.height)),
    step,
    color: turnOfHue(random.between(-HUE, HUE)).map((part) => part * gain),
    lift: random.between(-LIFT, LIFT),
    noise: random.between(...NOISE),
    seed: random.uint32() | 1,
  };
}

/** A turn about the grey axis (Paul Haeberli, Matrix Operations for Image Processing, 1993), in radians. */
function turnOfHue(angle: number): number[] {
  const c = cos(angle);
  const rest = (1 - c) / 3;
  const s = sin(angle) * Math.sqrt(1 / 3);
  return [c + rest, rest - s, rest + s, rest + s, c + rest, rest - s, rest - s, rest + s, c + rest];
}

/** Draws the disturbed part into `page` at (`x`, `y`), in whole numbers throughout: weights of 8 bits, colours of 8 + 16. */
export function drawDisturbed(
  kept: Pixels,
  how: Disturbance,
  page: Pixels,
  x: number,
  y: number,
  shown: Size,
): void {
  const { rgba, width, height } = kept;
  const out = new Uint8ClampedArray(page.rgba.buffer, page.rgba.byteOffset, page.rgba.length);
  const matrix = Int32Array.from(how.color, (part) => Math.round(part * 256));
  const [rr, rg, rb] = [matrix[0]!, matrix[1]!, matrix[2]!];
  const [gr, gg, gb] = [matrix[3]!, matrix[4]!, matrix[5]!];
  const [br, bg, bb] = [matrix[6]!, matrix[7]!, matrix[8]!];
  const columns = steps(shown.width, how.left, how.step, width);
  const rows = steps(shown.height, how.top, how.step, height);
  const lift = Math.round((how.lift + 0.5) * 65536);
  const noise = Math.round(how.noise * 256);
  let state = how.seed | 0;
  for (let row = 0; row < shown.height; row++) {
    const above = rows.first[row]! * width;
    const below = rows.second[row]! * width;
    const down = rows.part[row]!;
    let at = ((y + row) * page.width + x) * 4;
    for (let column = 0; column < shown.width; column++, at += 4) {
      const left = columns.first[column]!;
      const right = columns.second[column]!;
      const across = columns.part[column]!;
      const a = (above + left) << 2;
      const b = (above + right) << 2;
      const c = (below + left) << 2;
      const d = (below + right) << 2;
      const wd = across * down;
      const wb = (across << 8) - wd;
      const wc = (down << 8) - wd;
      const wa = 65536 - wb - wc - wd;
      const red = (rgba[a]! * wa + rgba[b]! * wb + rgba[c]! * wc + rgba[d]! * wd) >> 8;
      const green = (rgba[a + 1]! * wa + rgba[b + 1]! * wb + rgba[c + 1]! * wc + rgba[d + 1]! * wd) >> 8;
      const blue = (rgba[a + 2]! * wa + rgba[b + 2]! * wb + rgba[c + 2]! * wc + rgba[d + 2]! * wd) >> 8;
      // xorshift32 (G. Marsaglia, 2003): noise that decides nothing
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const add = lift + (((state >> 13) * noise) >> 10);
      out[at] = (red * rr + green * rg + blue * rb + add) >> 16;
      out[at + 1] = (red * gr + green * gg + blue * gb + add) >> 16;
      out[at + 2] = (red * br + green * bg + blue * bb + add) >> 16;
      out[at + 3] = 255;
    }
  }
}

/** Between which two each pixel of a line lies, and how far from the first to the second, 0 … 255. */
function steps(count: number, start: number, step: number, length: number) {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const part = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const place = Math.min(length - 1, start + i * step);
    first[i] = Math.floor(place);
    second[i] = Math.min(length - 1, first[i]! + 1);
    part[i] = Math.floor((place - first[i]!) * 256);
  }
  return { first, second, part };
}
