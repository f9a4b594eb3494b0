/**
 * Coverage. Edges add signed differences to a plane of 16-bit numbers (four sub-rows a pixel row, exact horizontal
 * coverage on each; a full pixel is 256); summing a row from left to right gives the winding-weighted coverage.
 * After R. Levien's font-rs accumulation buffer, with integers instead of floats and sub-rows instead of exact area.
 */
import { COVER, EDGES, GRID, LEVELS, MARKS, MAX_SIDE } from './memory';
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

/** Whether nothing is collected. */
export function isEmpty(): bool {
  return right < left;
}

/** The outermost drawn point in 1/256 pixel since the last `forgetExtent`: 0 left, 1 top, 2 right, 3 bottom. */
let allLeft: i32 = i32.MAX_VALUE;
let allRight: i32 = i32.MIN_VALUE;
let allTop: i32 = i32.MAX_VALUE;
let allBottom: i32 = i32.MIN_VALUE;
export function extent(side: i32): i32 {
  return side === 0 ? allLeft : side === 1 ? allTop : side === 2 ? allRight : allBottom;
}
/** Makes the extent hold a box. */
export function extend(l: i32, t: i32, r: i32, b: i32): void {
  allLeft = min<i32>(allLeft, l);
  allTop = min<i32>(allTop, t);
  allRight = max<i32>(allRight, r);
  allBottom = max<i32>(allBottom, b);
}
export function forgetExtent(): void {
  allLeft = allTop = i32.MAX_VALUE;
  allRight = allBottom = i32.MIN_VALUE;
}

/**
 * Adds `count` edges, from each point in `GRID` to the next (1/256 pixel, within ±2²⁰; x first, y `apart` bytes on). Up to three points
 * behind the last must be the same as the last.
 */
export function addEdges(count: i32, apart: usize): void {
  const zero = i32x4.splat(0);
  const bottom4 = i32x4.splat(height << 2);
  const w = width;
  const border = i32x4.splat(w << 8);
  const pitch = (<usize>stride) << 1;
  let least = v128.load(GRID);
  let most = least;
  let upmost = v128.load(GRID + apart);
  let lowest = upmost;
  const stop = GRID + ((<usize>count) << 2);
  for (let p = GRID; p < stop; p += 16) {
    const ax = v128.load(p);
    const bx = v128.load(p, 4);
    const ay = v128.load(p + apart);
    const by = v128.load(p + apart, 4);
    least = i32x4.min_s(least, bx);
    most = i32x4.max_s(most, bx);
    upmost = i32x4.min_s(upmost, by);
    lowest = i32x4.max_s(lowest, by);
    const half = i32x4.splat(31);
    const from = i32x4.shr_s(i32x4.add(ay, half), 6);
    const to = i32x4.shr_s(i32x4.add(by, half), 6);
    const first = i32x4.max_s(i32x4.min_s(from, to), zero);
    const end = i32x4.min_s(i32x4.max_s(from, to), bottom4);
    // Right of the picture an edge covers nothing that shows
    const shows = v128.and(i32x4.lt_s(first, end), i32x4.lt_s(i32x4.min_s(ax, bx), border));
    let live = i32x4.bitmask(shows);
    if (!live) continue;
    const slope = f32x4.div(
      f32x4.convert_i32x4_s(i32x4.sub(bx, ax)),
      f32x4.convert_i32x4_s(i32x4.sub(by, ay)),
    );
    const down = i32x4.sub(i32x4.add(i32x4.shl(first, 6), i32x4.splat(32)), ay);
    const along = f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(down), slope), f32x4.splat(256));
    v128.store(EDGES, first);
    v128.store(EDGES, end, 16);
    v128.store(EDGES, i32x4.add(i32x4.shl(ax, 8), i32x4.trunc_sat_f32x4_s(along)), 32);
    v128.store(EDGES, i32x4.trunc_sat_f32x4_s(f32x4.mul(slope, f32x4.splat(16384))), 48);
    // Of an edge: its first sub-row and the one behind its last, where it crosses the first and how much further on each next one,
    // in 1/65536 pixel; and its sign, 1 downwards, -1 upwards
    v128.store(EDGES, v128.or(i32x4.gt_s(from, to), i32x4.splat(1)), 64);
    do {
      const e = EDGES + ((<usize>ctz<i32>(live)) << 2);
      live &= live - 1;
      let k = load<i32>(e);
      const last = load<i32>(e, 16);
      let x = load<i32>(e, 32);
      const dx = load<i32>(e, 48);
      const sign = load<i32>(e, 64);
      let row = COVER + <usize>(k >> 2) * pitch;
      let mark = MARKS + ((<usize>(k >> 2)) << 3);
      // Sub-rows of a pixel row that cross one column go in as one sum: one by one, each would wait for the one before
      do {
        const next = min<i32>(last, (k | 3) + 1);
        const n = next - k;
        const lowest = x + (n - 1) * dx;
        const column = x >> 16;
        if (column === lowest >> 16 && <u32>column < <u32>w) {
          const part = (n * ((x & 0xffff) + (lowest & 0xffff))) >> 11;
          const p = row + ((<usize>column) << 1);
          store<i16>(p, load<i16>(p) + <i16>(((n << 6) - part) * sign));
          store<i16>(p, load<i16>(p, 2) + <i16>(part * sign), 2);
          const blocks = ((<u64>1) << (<u64>(column >> 4))) | ((<u64>1) << (<u64>((column + 1) >> 4)));
          store<u64>(mark, load<u64>(mark) | blocks);
          x = lowest + dx;
        } else {
          const leftmost = <u64>(min<i32>(max<i32>(min<i32>(x, lowest), 0) >> 16, w) >> 4);
          const rightmost = <u64>((min<i32>(max<i32>(max<i32>(x, lowest), 0) >> 16, w) + 1) >> 4);
          store<u64>(mark, load<u64>(mark) | (((<u64>2) << rightmost) - ((<u64>1) << leftmost)));
          for (; k < next; k++, x += dx) {
            const inside = min<i32>(max<i32>(x, 0), w << 16);
            const part = ((inside >> 10) & 63) * sign;
            const p = row + ((<usize>(inside >> 16)) << 1);
            store<i16>(p, load<i16>(p) + <i16>((sign << 6) - part));
            store<i16>(p, load<i16>(p, 2) + <i16>part, 2);
          }
        }
        k = next;
        row += pitch;
        mark += 8;
      } while (k < last);
    } while (live);
  }
  const x0 = lowestOf(least);
  const x1 = -lowestOf(i32x4.neg(most));
  const y0 = lowestOf(upmost);
  const y1 = -lowestOf(i32x4.neg(lowest));
  left = min<i32>(left, x0);
  right = max<i32>(right, x1);
  top = min<i32>(top, y0);
  bottom = max<i32>(bottom, y1);
}

function lowestOf(v: v128): i32 {
  const pairs = i32x4.min_s(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  return min<i32>(i32x4.extract_lane(pairs, 0), i32x4.extract_lane(pairs, 1));
}

/** Which blocks of 16 columns of row `y` hold anything; whoever asks has to empty them. */
export function takeMarks(y: i32): u64 {
  const mark = MARKS + ((<usize>y) << 3);
  const blocks = load<u64>(mark);
  store<u64>(mark, 0);
  // The columns right of the widest picture have no mark
  if (width === MAX_SIDE) store<u64>(COVER + ((<usize>(y * stride + MAX_SIDE)) << 1), 0);
  return blocks;
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
  if (right >= left) extend(left, top, right, bottom);
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
  let rest = zero;
  let marks = takeMarks(y) >> <u64>(x0 >> 4);
  for (; q < end; p += 32, q += 16, marks >>= 1) {
    if (!(marks & 1)) {
      // No edge here: the level goes on as it was
      v128.store(q, rest);
      continue;
    }
    const a = v128.load(p);
    const b = v128.load(p, 16);
    v128.store(p, zero);
    v128.store(p, zero, 16);
    const m = i16x8.add(sums(a), carry);
    const n = i16x8.add(sums(b), last(m));
    carry = last(n);
    v128.store(q, i8x16.narrow_i16x8_u(levels(m, even, full), levels(n, even, full)));
    const level = levels(carry, even, full);
    rest = i8x16.narrow_i16x8_u(level, level);
  }
}
