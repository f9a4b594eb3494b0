/**
 * Composing levels 0 … 15 of inks: an index is 16 · ink + level, and a palette makes a ramp of each ink; level 0 is the ground in all of
 * them. Every composing call takes what was collected since the last one.
 */
import { NON_ZERO, x0, x1, y0, y1 } from './coverage';
import { BANDS, LEVELS, RAW } from './memory';
import { collect } from './path';
import { height, pixel, stride, width } from './picture';
import { sine } from './warp';

const INK: i32 = 15;
/** What a full pixel is while it is blurred. */
const FINE: i32 = 240;

/** How often what is united, laid or erased is blurred by 1 2 1 both ways. */
let softness: i32 = 0;
export function soften(times: i32): void {
  softness = max<i32>(0, min<i32>(times, 8));
}

function levelRow(y: i32): usize {
  return LEVELS + <usize>((y + 1) * stride);
}

/** As `collect`, blurred. */
function collectSoft(rule: i32): bool {
  if (softness === 0) return collect(rule, INK);
  if (!collect(rule, FINE, 1 + softness)) return false;
  for (let i = 0; i < softness; i++) {
    for (let y = y0; y <= y1; y++) blurRow(levelRow(y) + x0, levelRow(y) + x1);
    for (let x = <usize>x0; x < <usize>x1; x += 16) blurColumns(x);
  }
  const half = i8x16.splat(8);
  for (let y = y0; y <= y1; y++) {
    const l = levelRow(y);
    for (let x = <usize>x0; x < <usize>x1; x += 16)
      v128.store(l + x, i8x16.shr_u(i8x16.add(v128.load(l + x), half), 4));
  }
  return true;
}

function blurred(a: v128, b: v128, c: v128): v128 {
  return i8x16.avgr_u(i8x16.avgr_u(a, c), b);
}

function blurRow(from: usize, end: usize): void {
  const zero = i8x16.splat(0);
  let before = zero;
  let here = v128.load(from);
  for (let l = from; l < end; l += 16) {
    const after = l + 16 < end ? v128.load(l + 16) : zero;
    const left = i8x16.shuffle(before, here, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    const right = i8x16.shuffle(here, after, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    v128.store(l, blurred(left, here, right));
    before = here;
    here = after;
  }
}

function blurColumns(x: usize): void {
  let above = i8x16.splat(0);
  let here = v128.load(levelRow(y0) + x);
  for (let y = y0; y <= y1; y++) {
    const below = y < y1 ? v128.load(levelRow(y + 1) + x) : i8x16.splat(0);
    v128.store(levelRow(y) + x, blurred(above, here, below));
    above = here;
    here = below;
  }
}

/** Union within the ink that is there: the stronger of what is there and what comes. */
export function unite(rule: i32): void {
  if (!collectSoft(rule)) return;
  const ink = i8x16.splat(<i8>INK);
  for (let y = y0; y <= y1; y++) {
    const l = levelRow(y);
    const q = pixel(0, y);
    for (let x = <usize>x0; x < <usize>x1; x += 16) {
      const old = v128.load(q + x);
      const more = i8x16.sub_sat_u(v128.load(l + x), v128.and(old, ink));
      v128.store(q + x, i8x16.add(old, more));
    }
  }
}

/** Takes away what is under the shape: the ground shows. */
export function erase(rule: i32): void {
  if (!collectSoft(rule)) return;
  const ink = i8x16.splat(<i8>INK);
  for (let y = y0; y <= y1; y++) {
    const l = levelRow(y);
    const q = pixel(0, y);
    for (let x = <usize>x0; x < <usize>x1; x += 16) {
      const old = v128.load(q + x);
      const level = v128.and(old, ink);
      const less = i8x16.sub_sat_u(level, i8x16.sub(ink, v128.load(l + x)));
      v128.store(q + x, i8x16.sub(old, less));
    }
  }
}

/** Sets ink and level, `base` + level, wherever the shape is at least as strong as what is there. */
export function lay(base: i32): void {
  if (!collectSoft(NON_ZERO)) return;
  const first = i8x16.splat(<i8>base);
  const ink = i8x16.splat(<i8>INK);
  const zero = i8x16.splat(0);
  for (let y = y0; y <= y1; y++) {
    const l = levelRow(y);
    const q = pixel(0, y);
    for (let x = <usize>x0; x < <usize>x1; x += 16) {
      const level = v128.load(l + x);
      if (!v128.any_true(level)) continue;
      const old = v128.load(q + x);
      const over = v128.and(i8x16.ge_u(level, v128.and(old, ink)), i8x16.ne(level, zero));
      v128.store(q + x, v128.bitselect(i8x16.add(level, first), old, over));
    }
  }
}

/** a + b − 2ab/15 in eight lanes: exclusive or with soft edges. */
function exclusive(a: v128, b: v128): v128 {
  const both = i16x8.shr_u(i16x8.add(i16x8.mul(i16x8.mul(a, b), i16x8.splat(273)), i16x8.splat(1024)), 11);
  return i16x8.sub(i16x8.add(a, b), both);
}

/** Inverts the levels under the shape. */
export function invert(rule: i32): void {
  if (!collect(rule, INK)) return;
  const ink = i8x16.splat(<i8>INK);
  for (let y = y0; y <= y1; y++) {
    const l = levelRow(y);
    const q = pixel(0, y);
    for (let x = <usize>x0; x < <usize>x1; x += 16) {
      const b = v128.load(l + x);
      if (!v128.any_true(b)) continue;
      const old = v128.load(q + x);
      if (i8x16.all_true(i8x16.eq(b, ink))) {
        v128.store(q + x, v128.xor(old, ink));
        continue;
      }
      const a = v128.and(old, ink);
      const low = exclusive(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
      const high = exclusive(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
      v128.store(q + x, v128.or(v128.andnot(old, ink), i8x16.narrow_i16x8_u(low, high)));
    }
  }
}

/** Sets one index, hard-edged, wherever the shape covers half a pixel. */
export function stamp(index: i32): void {
  if (!collect(NON_ZERO, INK)) return;
  const value = i8x16.splat(<i8>index);
  for (let y = y0; y <= y1; y++) {
    const l = levelRow(y);
    const q = pixel(0, y);
    for (let x = <usize>x0; x < <usize>x1; x += 16) {
      const on = i8x16.gt_u(v128.load(l + x), i8x16.splat(7));
      v128.store(q + x, v128.bitselect(value, v128.load(q + x), on));
    }
  }
}

/** Union with the shape's outline, about two pixels thick: grey dilation minus erosion by a plus of radius 1. */
export function outline(): void {
  if (collect(NON_ZERO, INK)) uniteOutline();
}

function uniteOutline(): void {
  const zero = i8x16.splat(0);
  const ink = i8x16.splat(<i8>INK);
  // Neighbours outside the resolved block count as empty
  memory.fill(levelRow(y0 - 1) + x0, 0, x1 - x0);
  memory.fill(levelRow(y1 + 1) + x0, 0, x1 - x0);
  for (let y = y0; y <= y1; y++) {
    v128.store(levelRow(y) + x0 - 16, zero);
    v128.store(levelRow(y) + x1, zero);
  }
  const s = <usize>stride;
  for (let y = y0; y <= y1; y++) {
    let l = levelRow(y) + x0;
    const end = levelRow(y) + x1;
    let q = pixel(x0, y);
    for (; l < end; l += 16, q += 16) {
      const m = v128.load(l);
      const n = v128.load(l - s);
      const o = v128.load(l + s);
      const w = v128.load(l - 1);
      const e = v128.load(l + 1);
      const most = i8x16.max_u(i8x16.max_u(i8x16.max_u(n, o), i8x16.max_u(w, e)), m);
      if (!v128.any_true(most)) continue;
      const least = i8x16.min_u(i8x16.min_u(i8x16.min_u(n, o), i8x16.min_u(w, e)), m);
      const old = v128.load(q);
      const more = i8x16.sub_sat_u(i8x16.sub(most, least), v128.and(old, ink));
      v128.store(q, i8x16.add(old, more));
    }
  }
}

/**
 * `count` random pixels become base + (0 … range − 1), or are combined with that by exclusive or.
 * The generator (xorshift32, G. Marsaglia 2003) hides nothing: its seed is used for nothing else.
 */
export function scatter(count: i32, seed: u32, base: i32, range: i32, combine: bool): void {
  let r = seed | 1;
  for (let i = min<i32>(count, 1 << 20); i > 0; i--) {
    r ^= r << 13;
    r ^= r >> 17;
    r ^= r << 5;
    const p = pixel(<i32>(((r & 0xffff) * <u32>width) >> 16), <i32>(((r >> 16) * <u32>height) >> 16));
    const value = base + <i32>((((r * 0x9e3779b1) >> 20) * <u32>range) >> 12);
    store<u8>(p, combine ? load<u8>(p) ^ <u8>value : <u8>value);
  }
}

/** Ink of four pixels that stand `turns` across the stripes; below nothing in the gaps. */
function stripe(turns: v128, share: i32, slope: f32): v128 {
  // 0 in the middle of a stripe, 256 in the middle of a gap
  const place = v128.and(i32x4.shr_s(turns, 7), i32x4.splat(511));
  const away = i32x4.abs(i32x4.sub(place, i32x4.splat(256)));
  const inside = f32x4.convert_i32x4_s(i32x4.sub(i32x4.splat(share), away));
  return i32x4.add(i32x4.trunc_sat_f32x4_s(f32x4.mul(inside, f32x4.splat(slope))), i32x4.splat(8));
}

/**
 * Union with the shape's outline and with stripes inside it. Across the stripes run fx, fy in 1/65536 turns a pixel; `share` of each
 * turn, in 1/256, is ink, edges as soft as everything else.
 */
export function hatch(fx: i32, fy: i32, phase: i32, share: i32): void {
  if (!collect(NON_ZERO, INK)) return;
  // How fast ink fades over a stripe's edge: from full to none in one pixel
  const slope = <f32>INK / max<f32>(1, sqrt<f32>(<f32>(fx * fx + fy * fy)) / 128);
  const lanes = i32x4.mul(i32x4.splat(fx), i32x4(0, 1, 2, 3));
  const step = i32x4.splat(fx << 2);
  for (let y = y0; y <= y1; y++) {
    const l = levelRow(y);
    const q = pixel(0, y);
    let at = fx * x0 + fy * y + phase;
    for (let x = <usize>x0; x < <usize>x1; x += 16, at += fx << 4) {
      const level = v128.load(l + x);
      if (!v128.any_true(level)) continue;
      const a = i32x4.add(i32x4.splat(at), lanes);
      const b = i32x4.add(a, step);
      const c = i32x4.add(b, step);
      const low = i16x8.narrow_i32x4_s(stripe(a, share, slope), stripe(b, share, slope));
      const d = i32x4.add(c, step);
      const high = i16x8.narrow_i32x4_s(stripe(c, share, slope), stripe(d, share, slope));
      const ink = i8x16.min_u(level, i8x16.narrow_i16x8_u(low, high));
      v128.store(q + x, i8x16.max_u(v128.load(q + x), ink));
    }
  }
  uniteOutline();
}

/** The most bytes that can be set aside. */
const SPARE: i32 = 0x80000;

/**
 * Draws the picture anew: every row moved sideways and every column up or down by whole pixels along a wave; index 0 moves in.
 * False when the picture is too large for it.
 */
export function rerender(amplitude: f32, frequency: f32, phaseX: f32, phaseY: f32): bool {
  const bytes = stride * height;
  if (bytes > SPARE) return false;
  memory.copy(RAW, pixel(0, 0), <usize>bytes);
  const reach = max<f32>(-100, min<f32>(amplitude, 100));
  for (let x = 0; x < width; x++)
    store<i8>(BANDS + <usize>x, <i8>nearest<f32>(reach * sine(<f32>x * frequency + phaseY)));
  for (let y = 0; y < height; y++) {
    const q = pixel(0, y);
    const dx = <i32>nearest<f32>(reach * sine(<f32>y * frequency + phaseX));
    for (let x = 0; x < width; x++) {
      const u = x - dx;
      const v = y - <i32>load<i8>(BANDS + <usize>x);
      const inside = <u32>u < <u32>width && <u32>v < <u32>height;
      store<u8>(q + <usize>x, inside ? load<u8>(RAW + <usize>(v * stride + u)) : <u8>0);
    }
  }
  return true;
}
