/** The picture under the pen: its size, and its palette indices, one byte a pixel. */
import { INDEX, MAX_PIXELS, MAX_SIDE } from './memory';

export let width: i32 = 0;
export let height: i32 = 0;
/** Bytes from one row of a plane to the next: vector stores may run over a row's end, never into the next row. */
export let stride: i32 = 0;

/** Starts a picture filled with `ground`; false when the size is out of bounds. */
export function begin(w: i32, h: i32, ground: i32): bool {
  if (w < 1 || h < 1 || w > MAX_SIDE || h > MAX_SIDE || w * h > MAX_PIXELS) return false;
  width = w;
  height = h;
  stride = ((w + 15) & ~15) + 48;
  memory.fill(INDEX, <u8>ground, <usize>(stride * h));
  return true;
}

/** The address of pixel (x, y). */
export function pixel(x: i32, y: i32): usize {
  return INDEX + <usize>(y * stride + x);
}

/** Fills the pixels from (left, top) up to (right, bottom), which must lie in the picture. */
export function block(left: i32, top: i32, right: i32, bottom: i32, color: i32): void {
  const v = i8x16.splat(<i8>color);
  for (let y = top; y < bottom; y++) {
    let q = pixel(left, y);
    const end = pixel(right, y);
    if (right - left < 16) {
      for (; q < end; q++) store<u8>(q, <u8>color);
      continue;
    }
    for (; q + 16 < end; q += 16) v128.store(q, v);
    v128.store(end - 16, v);
  }
}
