/**
 * Coverage. Edges add signed differences to a plane of 16-bit numbers (four sub-rows a pixel row, exact horizontal
 * coverage on each; a full pixel is 256); summing a row from left to right gives the winding-weighted coverage.
 * After R. Levien's font-rs accumulation buffer, with integers instead of floats and sub-rows instead of exact area.
 */
import { COVER, LEVELS } from './memory';
import { height, stride, width } from './picture';

export const NON_ZERO: i32 = 0;
export const EVEN_ODD: i32 = 1;

// What the edges since the last resolve touched, in 1/256 pixel
let left: i32 = i32.MAX_VALUE;
let right: i32 = i32.MIN_VALUE;
let top: i32 = i32.MAX_VALUE;
let bottom: i32 = i32.MIN_VALUE;

// The block that the last resolve wrote: columns in whole vectors, rows both included
export let x0: i32 = 0;
export let x1: i32 = 0;
export let y0: i32 = 0;
export let y1: i32 = -1;

/** The outermost drawn point in 1/256 pixel since the last `forgetExtent`: 0 left, 1 top, 2 right, 3 bottom. */
let allLeft: i32 = i32.MAX_VALUE;
let allRight: i32 = i32.MIN_VALUE;
let allTop: i32 = i32.MAX_VALUE;
let allBottom: i32 = i32.MIN_VALUE;
export function extent(side: i32): i32 {
  return side === 0 ? allLeft : side === 1 ? allTop : side === 2 ? allRight : allBottom;
}
export function forgetExtent(): void {
  allLeft = allTop = i32.MAX_VALUE;
  allRight = allBottom = i32.MIN_VALUE;
}

/** Counts a vertex (1/256 pixel) in. */
export function touch(x: i32, y: i32): void {
  left = min<i32>(left, x);
  right = max<i32>(right, x);
  top = min<i32>(top, y);
  bottom = max<i32>(bottom, y);
}

/** Adds an edge; coordinates in 1/256 pixel, within ±2²⁰. Vertices are on a grid, so edges that share one agree exactly. */
export function edge(ax: i32, ay: i32, bx: i32, by: i32): void {
  let k = (ay + 31) >> 6;
  let end = (by + 31) >> 6;
  if (k === end) return;
  let d = 64;
  if (k > end) {
    d = -64;
    const t = k;
    k = end;
    end = t;
  }
  if (k < 0) k = 0;
  if (end > height << 2) end = height << 2;
  if (k >= end) return;
  // Right of the picture an edge covers nothing that shows
  if (min<i32>(ax, bx) >= width << 8) return;
  const slope = <f32>(bx - ax) / <f32>(by - ay);
  let x = (ax << 8) + <i32>(<f32>((k << 6) + 32 - ay) * slope * 256);
  const dx = <i32>(slope * 16384);
  const w = width;
  const row = (<usize>stride) << 1;
  for (; k < end; k++) {
    let column = x >> 16;
    let part = (x >> 10) & 63;
    if (<u32>column >= <u32>w) {
      part = 0;
      column = column < 0 ? 0 : w;
    }
    const p = COVER + <usize>(k >> 2) * row + ((<usize>column) << 1);
    const r = d < 0 ? -part : part;
    store<i16>(p, load<i16>(p) + <i16>(d - r));
    store<i16>(p, load<i16>(p, 2) + <i16>r, 2);
    x += dx;
  }
}

/**
 * Finds the block that what was collected lies in, with a margin of pixels around it, and starts anew. False when nothing of it
 * lies in the picture. Whoever asks has to empty the block, as `takeRow` and `resolve` do.
 */
export function bound(margin: i32): bool {
  const l = (left >> 8) - 1 - margin;
  const r = (right >> 8) + 2 + max<i32>(margin, 1);
  const t = (top >> 8) - margin;
  const b = (bottom >> 8) + margin;
  if (right >= left) {
    allLeft = min<i32>(allLeft, left);
    allRight = max<i32>(allRight, right);
    allTop = min<i32>(allTop, top);
    allBottom = max<i32>(allBottom, bottom);
  }
  const any = right >= left;
  left = top = i32.MAX_VALUE;
  right = bottom = i32.MIN_VALUE;
  if (!any || r < 0 || l > width || b < 0 || t >= height) return false;
  x0 = max<i32>(0, l) & ~15;
  x1 = (min<i32>(width + 2, r) + 15) & ~15;
  y0 = max<i32>(0, t);
  y1 = min<i32>(height - 1, b);
  return true;
}

/**
 * Turns what was collected into levels 0 … `full` in `LEVELS` (rows and columns x0 … y1, `margin` pixels around the
 * shape included) and forgets it. False when nothing of it lies in the picture.
 */
export function resolve(rule: i32, full: i32, margin: i32 = 1): bool {
  if (!bound(margin)) return false;
  const even = rule === EVEN_ODD;
  for (let y = y0; y <= y1; y++) resolveRow(y, even, i16x8.splat(<i16>full));
  return true;
}

/** Running sum over eight lanes. */
export function sums(v: v128): v128 {
  const zero = i16x8.splat(0);
  let s = i16x8.add(
    v,
    i8x16.shuffle(zero, v, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29),
  );
  s = i16x8.add(s, i8x16.shuffle(zero, s, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27));
  return i16x8.add(s, i8x16.shuffle(zero, s, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23));
}

/** The last lane in all lanes. */
export function last(v: v128): v128 {
  return i8x16.shuffle(v, v, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15, 14, 15);
}

/** Sum → share of the pixel in 1/256, eight lanes. */
export function shares(v: v128, even: bool): v128 {
  if (!even) return i16x8.min_u(i16x8.abs(v), i16x8.splat(256));
  const turn = v128.and(v, i16x8.splat(511));
  return i16x8.min_s(turn, i16x8.sub(i16x8.splat(512), turn));
}

function levels(v: v128, even: bool, full: v128): v128 {
  return i16x8.shr_u(i16x8.add(i16x8.mul(shares(v, even), full), i16x8.splat(128)), 8);
}

function resolveRow(y: i32, even: bool, full: v128): void {
  const zero = i16x8.splat(0);
  let p = COVER + ((<usize>(y * stride + x0)) << 1);
  let q = LEVELS + <usize>((y + 1) * stride + x0);
  const end = LEVELS + <usize>((y + 1) * stride + x1);
  let carry = zero;
  for (; q < end; p += 32, q += 16) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    if (!v128.any_true(v128.or(a, b))) {
      // No edge here: the level goes on as it was
      if (v128.any_true(carry)) {
        const level = levels(carry, even, full);
        v128.store(q, i8x16.narrow_i16x8_u(level, level));
      } else v128.store(q, zero);
      continue;
    }
    v128.store(p, zero);
    v128.store(p, zero, 16);
    const m = i16x8.add(sums(a), carry);
    carry = last(m);
    const n = i16x8.add(sums(b), carry);
    carry = last(n);
    v128.store(q, i8x16.narrow_i16x8_u(levels(m, even, full), levels(n, even, full)));
  }
}
