/**
 * Painting any palette colour over any other. An edge pixel becomes the palette entry that is nearest to the blend;
 * each answer is kept (`MIX`) until the palette changes and depends on the palette alone, so pictures repeat exactly.
 */
import { EVEN_ODD, last, shares, sums, takeMarks, y0, y1 } from './coverage';
import { COVER, MIX, PALETTE } from './memory';
import { gather } from './path';
import { pixel, stride, width } from './picture';

const UNKNOWN: u8 = 255;
let colors: i32 = 1;

/** Call after writing `count` colours into `PALETTE`. */
export function setPalette(count: i32): void {
  colors = count < 1 ? 1 : count > 256 ? 256 : count;
  memory.fill(MIX, UNKNOWN, (<usize>colors) << 12);
}

/** A colour that there is. */
export function within(color: i32): i32 {
  return min<i32>(max<i32>(color, 0), colors - 1);
}

function nearest(over: i32, under: i32, level: i32): i32 {
  const a = PALETTE + <usize>(over * 3);
  const b = PALETTE + <usize>(under * 3);
  const rest = 16 - level;
  const red = (<i32>load<u8>(a) * level + <i32>load<u8>(b) * rest + 8) >> 4;
  const green = (<i32>load<u8>(a, 1) * level + <i32>load<u8>(b, 1) * rest + 8) >> 4;
  const blue = (<i32>load<u8>(a, 2) * level + <i32>load<u8>(b, 2) * rest + 8) >> 4;
  let best = i32.MAX_VALUE;
  let found = 0;
  let p = PALETTE;
  for (let i = 0; i < colors; i++, p += 3) {
    const r = <i32>load<u8>(p) - red;
    const g = <i32>load<u8>(p, 1) - green;
    const u = <i32>load<u8>(p, 2) - blue;
    const far = 3 * r * r + 6 * g * g + 2 * u * u;
    if (far < best) {
      best = far;
      found = i;
    }
  }
  return found;
}

/** Where the blends of two colours stand, one byte a level. */
function blends(over: i32, under: i32): usize {
  const at = MIX + <usize>((over << 12) | (under << 4));
  if (load<u8>(at) === UNKNOWN)
    for (let i = 0; i < 16; i++) store<u8>(at + <usize>i, <u8>nearest(over, under, i));
  return at;
}

// Between a share of an eighth and of seven eighths an edge runs over all sixteen levels: so steep that it looks as soft as ever,
// and a quarter of its pixels need no blend and no literal in the file
export const GAIN: i16 = 20;
export const BIAS: i16 = 384;

function level(v: v128, even: bool, gain: v128, bias: v128): v128 {
  return i16x8.shr_s(i16x8.sub(i16x8.mul(shares(v, even), gain), bias), 8);
}

/** Sums → levels, sixteen of them: (share · gain − bias) / 256, 0 to 16. */
export function levels(low: v128, high: v128, even: bool, gain: v128, bias: v128): v128 {
  const both = i8x16.narrow_i16x8_u(level(low, even, gain, bias), level(high, even, gain, bias));
  return i8x16.min_u(both, i8x16.splat(16));
}

/**
 * Paints what was collected; `opacity` in sixteenths. Coverage is summed up and painted in one go, sixteen pixels at a time. Only
 * blocks that edges lie in are looked at: what is between them is empty or goes on as it was.
 */
export function fill(color: i32, opacity: i32, rule: i32): void {
  const over = within(color);
  if (!gather()) return;
  const even = rule === EVEN_ODD;
  const steep = opacity >= 16;
  const gain = steep ? i16x8.splat(GAIN) : i16x8.splat(<i16>max<i32>(opacity, 0));
  // Below nothing: what rounds
  const bias = steep ? i16x8.splat(BIAS) : i16x8.splat(-128);
  const zero = i16x8.splat(0);
  const plain = i8x16.splat(<i8>over);
  for (let y = y0; y <= y1; y++) {
    let marks = takeMarks(y);
    if (!marks) continue;
    const row = pixel(0, y);
    const end = row + <usize>width;
    const cover = COVER + ((<usize>(y * stride)) << 1);
    let carry = zero;
    let q = row;
    do {
      // A mark behind the last: what goes on, goes on up to the border
      const block = marks ? (<usize>ctz<u64>(marks)) << 4 : <usize>width;
      const start = row + block;
      if (q < start && v128.any_true(carry)) {
        const v = levels(carry, carry, even, gain, bias);
        const whole = i8x16.extract_lane_u(v, 0);
        if (whole === 16) for (; q < start; q += 16) v128.store(q, plain);
        else if (whole) for (; q < start; q += 16) blend(q, v, over);
      }
      if (!marks) break;
      marks &= marks - 1;
      q = start + 16;
      const p = cover + (block << 1);
      const a = v128.load(p);
      const b = v128.load(p, 16);
      v128.store(p, zero);
      v128.store(p, zero, 16);
      const m = i16x8.add(sums(a), carry);
      const n = i16x8.add(sums(b), last(m));
      carry = last(n);
      const v = levels(m, n, even, gain, bias);
      blend(start, v, over);
    } while (marks || q < end);
  }
}

/** Paints sixteen pixels, each at its level. */
export function blend(q: usize, v: v128, over: i32): void {
  const solid = i8x16.eq(v, i8x16.splat(16));
  const under = v128.load(q);
  let shown = v128.bitselect(i8x16.splat(<i8>over), under, solid);
  // What is not an edge is empty or solid, and stays
  const edge = v128.andnot(i8x16.ne(v, i8x16.splat(0)), solid);
  // All edge pixels over one colour at once; few sixteens have a third
  let edges: u32 = i8x16.bitmask(edge);
  // Where there is no edge, the first round changes nothing: cheaper than to ask
  do {
    const color = load<u8>(q + <usize>ctz<u32>(edges));
    const same = i8x16.eq(under, i8x16.splat(<i8>color));
    const blended = i8x16.swizzle(v128.load(blends(over, color)), v);
    shown = v128.bitselect(blended, shown, v128.and(same, edge));
    edges &= ~i8x16.bitmask(same);
  } while (edges);
  v128.store(q, shown);
}
