/**
 * Tiles: the levels of a shape that comes up again and again, kept in the host's part of the memory and painted by copying. The shape is
 * drawn near the origin, like any other; a tile's rows are whole sixteens of bytes.
 */
import {
  bound,
  extend,
  extent,
  forgetExtent,
  isEmpty,
  last,
  sums,
  takeMarks,
  x0,
  x1,
  y0,
  y1,
} from './coverage';
import { COVER } from './memory';
import { BIAS, blend, GAIN, levels, within } from './paint';
import { isDrawing, keepPen, restorePen, settleAll } from './path';
import { height, pixel, stride } from './picture';
import { bent } from './warp';

let left: i32 = 0;
let top: i32 = 0;
let right: i32 = 0;
let bottom: i32 = 0;

/** Whether a shape would now be drawn as it is, and alone. */
function isClear(): bool {
  return !bent && !isDrawing() && isEmpty();
}

/** Call before the shape of a tile is drawn; false when what is collected already would get into it. */
export function startTile(): bool {
  if (!isClear()) return false;
  keepPen();
  left = extent(0);
  top = extent(1);
  right = extent(2);
  bottom = extent(3);
  return true;
}

/** Takes what was drawn since `startTile`; the picture must be as large as the tile. */
export function makeTile(at: usize, width: i32, rows: i32): void {
  const columns = (width + 15) & ~15;
  memory.fill(at, 0, columns * rows);
  settleAll();
  if (bound(0)) {
    const zero = i16x8.splat(0);
    const gain = i16x8.splat(GAIN);
    const bias = i16x8.splat(BIAS);
    for (let y = y0; y <= y1; y++) {
      takeMarks(y);
      let carry = zero;
      for (let x = x0; x < x1; x += 16) {
        const p = COVER + ((<usize>(y * stride + x)) << 1);
        const m = i16x8.add(sums(v128.load(p)), carry);
        const n = i16x8.add(sums(v128.load(p, 16)), last(m));
        v128.store(p, zero);
        v128.store(p, zero, 16);
        carry = last(n);
        if (x >= columns || y >= rows) continue;
        v128.store(at + <usize>(y * columns + x), levels(m, n, false, gain, bias));
      }
    }
  }
  restorePen();
  forgetExtent();
  extend(left, top, right, bottom);
}

/**
 * Paints a tile with its corner at (x, y). False, and nothing is painted, when it does not lie within the picture, or when what is
 * collected would have been painted with it.
 */
export function paintTile(at: usize, width: i32, rows: i32, x: i32, y: i32, color: i32): bool {
  const columns = (width + 15) & ~15;
  // Columns may run over a row's end, as all vector stores may
  if (x < 0 || y < 0 || x + columns > stride || y + rows > height || !isClear()) return false;
  const over = within(color);
  const plain = i8x16.splat(<i8>over);
  const full = i8x16.splat(16);
  let p = at;
  for (let row = y; row < y + rows; row++) {
    const q = pixel(x, row);
    for (let i: usize = 0; i < <usize>columns; i += 16, p += 16) {
      const level = v128.load(p);
      if (!v128.any_true(level)) continue;
      if (i8x16.all_true(i8x16.eq(level, full))) v128.store(q + i, plain);
      else blend(q + i, level, over);
    }
  }
  extend(x << 8, y << 8, (x + width) << 8, (y + rows) << 8);
  return true;
}
