/**
 * Pictures in pieces: a box is cut by near-vertical and near-horizontal lines, every piece belongs to a set, and layers
 * (boxes of the picture, one below the other) keep, lose or combine pixels by that. Indices here are not levels but colours.
 *
 * The host writes into `CUTS` first the near-vertical lines from left to right, x = at + lean·y, then the near-horizontal
 * ones from top to bottom, y = at + lean·x: at, lean and half the width of the gap as f32 in slots of 16 bytes, at most 64;
 * into `SETS` the set of each piece, rows of 40, at most 32. No two lines of one direction cross inside the box.
 */
import { NON_ZERO, x0, x1, y0, y1 } from './coverage';
import { BANDS, CUTS, LEVELS, RAW, SETS } from './memory';
import { collect } from './path';
import { height, pixel, stride, width } from './picture';

/** What the map says of a pixel on a cut. */
const CUT: u8 = 255;

let boxHeight: i32 = 0;

/** Fills the map (one byte a pixel of the box, rows of `width`): the set of the piece, or CUT. It lasts until a file is written. */
export function cut(columns: i32, rows: i32, rowsOfBox: i32): void {
  boxHeight = min<i32>(max<i32>(rowsOfBox, 0), height);
  const across = min<i32>(max<i32>(columns, 1), 40);
  const down = min<i32>(max<i32>(rows, 1), 32);
  const lying = CUTS + ((<usize>(across - 1)) << 4);
  for (let y = 0; y < boxHeight; y++) {
    const row = RAW + <usize>(y * width);
    memory.fill(row, 0, width);
    for (let i = 1; i < across; i++) {
      const line = CUTS + ((<usize>(i - 1)) << 4);
      const at = column(load<f32>(line) + load<f32>(line, 4) * <f32>y);
      memory.fill(row + <usize>at, <u8>i, width - at);
    }
    memory.fill(BANDS, 0, width);
    for (let i = 1; i < down; i++) {
      const line = lying + ((<usize>(i - 1)) << 4);
      const far = <f32>y - load<f32>(line);
      band(far, load<f32>(line, 4), <u8>i);
    }
    for (let x: usize = 0; x < <usize>width; x++)
      store<u8>(row + x, load<u8>(SETS + <usize>load<u8>(BANDS + x) * 40 + <usize>load<u8>(row + x)));
    for (let i = 1; i < across; i++) {
      const line = CUTS + ((<usize>(i - 1)) << 4);
      const at = load<f32>(line) + load<f32>(line, 4) * <f32>y;
      const gap = load<f32>(line, 8);
      drop(row, column(at - gap), column(at + gap));
    }
    for (let i = 1; i < down; i++) {
      const line = lying + ((<usize>(i - 1)) << 4);
      const far = <f32>y - load<f32>(line);
      const lean = load<f32>(line, 4);
      const gap = load<f32>(line, 8);
      if (abs<f32>(lean) < LEVEL) {
        if (abs<f32>(far) < gap) drop(row, 0, width);
      } else {
        const half = abs<f32>(gap / lean);
        drop(row, column(far / lean - half), column(far / lean + half));
      }
    }
  }
}

/** Lines that lean less are level. */
const LEVEL: f32 = 0.0001;

/** The first pixel column whose middle line is at or right of `at`, inside the box. */
function column(at: f32): i32 {
  return <i32>max<f32>(0, min<f32>(ceil<f32>(at), <f32>width));
}

/** Marks in BANDS what is below a line: far ≥ lean·x. */
function band(far: f32, lean: f32, index: u8): void {
  if (abs<f32>(lean) < LEVEL) {
    if (far >= 0) memory.fill(BANDS, index, width);
    return;
  }
  const at = column(far / lean);
  if (lean > 0) memory.fill(BANDS, index, at);
  else memory.fill(BANDS + <usize>at, index, width - at);
}

function drop(row: usize, from: i32, to: i32): void {
  if (to > from) memory.fill(row + <usize>from, CUT, to - from);
}

function inside(top: i32): bool {
  return top >= 0 && top + boxHeight <= height;
}

/** Of the box at `top` only what lies in pieces of `set` stays. */
export function keep(top: i32, set: i32): void {
  if (!inside(top)) return;
  const wanted = i8x16.splat(<i8>set);
  for (let y = 0; y < boxHeight; y++) {
    const row = RAW + <usize>(y * width);
    const q = pixel(0, top + y);
    for (let x: usize = 0; x < <usize>width; x += 16)
      v128.store(q + x, v128.and(v128.load(q + x), i8x16.eq(v128.load(row + x), wanted)));
  }
}

/** Gives whatever is in the box at `top` one index, and takes away what lies on a cut. */
export function dye(top: i32, index: i32): void {
  if (!inside(top)) return;
  const color = i8x16.splat(<i8>index);
  const gap = i8x16.splat(<i8>CUT);
  const none = i8x16.splat(0);
  for (let y = 0; y < boxHeight; y++) {
    const row = RAW + <usize>(y * width);
    const q = pixel(0, top + y);
    for (let x: usize = 0; x < <usize>width; x += 16) {
      const clear = v128.or(i8x16.eq(v128.load(q + x), none), i8x16.eq(v128.load(row + x), gap));
      v128.store(q + x, v128.andnot(color, clear));
    }
  }
}

/** Exclusive or with 1, hard-edged, wherever the shape covers half a pixel of the box at `top`. */
export function flip(top: i32): void {
  if (!collect(NON_ZERO, 15)) return;
  const last = min<i32>(y1, top + boxHeight - 1);
  for (let y = max<i32>(y0, top); y <= last; y++) {
    const l = LEVELS + <usize>((y + 1) * stride);
    const q = pixel(0, y);
    for (let x = <usize>x0; x < <usize>x1; x += 16) {
      const on = v128.and(i8x16.gt_u(v128.load(l + x), i8x16.splat(7)), i8x16.splat(1));
      v128.store(q + x, v128.xor(v128.load(q + x), on));
    }
  }
}

/** Four shades, `base` + 0 … 3, wherever the shape is. */
export function ink(base: i32, rule: i32): void {
  if (!collect(rule, 15)) return;
  for (let y = y0; y <= y1; y++) {
    const l = LEVELS + <usize>((y + 1) * stride);
    const q = pixel(0, y);
    for (let x = x0; x < x1; x++) {
      const shade = (<i32>load<u8>(l + <usize>x) * 4 + 7) / 15;
      if (shade !== 0) store<u8>(q + <usize>x, <u8>(base + shade - 1));
    }
  }
}

/**
 * Lays the box at `from` over the one at `to`, moved by (dx, dy), what leaves on one side coming in on the other. Where both
 * have a colour, neither shows.
 */
export function combine(from: i32, to: i32, dx: i32, dy: i32): void {
  if (!inside(from) || !inside(to)) return;
  const right = ((dx % width) + width) % width;
  for (let y = 0; y < boxHeight; y++) {
    const source = pixel(0, from + ((((y - dy) % boxHeight) + boxHeight) % boxHeight));
    const q = pixel(0, to + y);
    exclude(source, q + <usize>right, width - right);
    exclude(source + <usize>(width - right), q, right);
  }
}

function exclude(source: usize, target: usize, count: i32): void {
  let i: usize = 0;
  const none = i8x16.splat(0);
  for (; i + 16 <= <usize>count; i += 16) {
    const over = v128.load(source + i);
    const under = v128.load(target + i);
    const both = v128.or(over, under);
    const clash = v128.and(i8x16.ne(over, none), i8x16.ne(under, none));
    v128.store(target + i, v128.andnot(both, clash));
  }
  for (; i < <usize>count; i++) {
    const over = load<u8>(source + i);
    if (over !== 0) store<u8>(target + i, load<u8>(target + i) === 0 ? over : 0);
  }
}
