/** PNG (RFC 2083: indexed, 2, 4 or 8 bits, no filter) and BMP (24 bits, bottom row first) of the picture, into `OUT`. */
import { advanceAdler, crc32, finishAdler, startAdler } from './checksum';
import { deflate } from './deflate';
import { OUT, RAW, SHOWN } from './memory';
import { height, pixel, width } from './picture';

function big(at: usize, value: u32): void {
  store<u32>(at, bswap<u32>(value));
}

/** Closes a chunk whose type and `length` bytes of data are in place; returns where the next one goes. */
function chunk(at: usize, length: i32): usize {
  big(at, length);
  big(at + 8 + length, crc32(at + 4, length + 4));
  return at + 12 + length;
}

function packFour(first: i32, rows: i32): void {
  const bytes = (width + 1) >> 1;
  let o = RAW;
  for (let y = first; y < first + rows; y++) {
    store<u8>(o, 0);
    o++;
    const p = pixel(0, y);
    // Sixteen indices become eight bytes at a time; what runs over is overwritten by the next row
    for (let x = 0; x < width; x += 16) {
      const v = v128.and(v128.load(p + x), i8x16.splat(15));
      const pairs = v128.and(v128.or(i16x8.shl(v, 4), i16x8.shr_u(v, 8)), i16x8.splat(255));
      v128.store64_lane(o + (x >> 1), i8x16.narrow_i16x8_u(pairs, pairs), 0);
    }
    if (width & 1) store<u8>(o + bytes - 1, load<u8>(o + bytes - 1) & 0xf0);
    o += bytes;
    advanceAdler(o);
  }
}

/** Four pixels to a byte. */
function packTwo(first: i32, rows: i32): void {
  const bytes = (width + 3) >> 2;
  let o = RAW;
  for (let y = first; y < first + rows; y++) {
    store<u8>(o, 0);
    o++;
    const p = pixel(0, y);
    for (let i = 0; i < bytes; i++) {
      const v = load<u32>(p + <usize>(i << 2)) & 0x03030303;
      store<u8>(o + <usize>i, <u8>((v << 6) | (v >> 4) | (v >> 14) | (v >> 24)));
    }
    const over = (bytes << 2) - width;
    const mask: i32 = 0xff << (2 * over);
    if (over > 0) store<u8>(o + <usize>(bytes - 1), load<u8>(o + <usize>(bytes - 1)) & <u8>(mask & 0xff));
    o += bytes;
  }
}

function packEight(first: i32, rows: i32): void {
  let o = RAW;
  for (let y = first; y < first + rows; y++) {
    store<u8>(o, 0);
    const p = pixel(0, y);
    for (let x: usize = 0; x < <usize>width; x += 16) v128.store(o + x, v128.load(p + x), 1);
    o += width + 1;
    advanceAdler(o);
  }
}

/** `colors` entries of `SHOWN` are written; at most 16 make it a 4-bit picture. Returns the length. */
export function png(colors: i32): i32 {
  return pngOf(colors, colors <= 16 ? 4 : 8, 0, height, false);
}

/**
 * The rows `first` … of the picture as a file of their own, index 0 transparent if `clear`; 0 when there are no such rows.
 * At most 4 colours make it a 2-bit picture.
 */
export function pngRows(colors: i32, first: i32, rows: i32, clear: bool): i32 {
  return first < 0 || rows < 1 || first + rows > height
    ? 0
    : pngOf(colors, colors <= 4 ? 2 : colors <= 16 ? 4 : 8, first, rows, clear);
}

function pngOf(colors: i32, depth: i32, first: i32, rows: i32, clear: bool): i32 {
  startAdler(RAW);
  if (depth === 2) packTwo(first, rows);
  else if (depth === 4) packFour(first, rows);
  else packEight(first, rows);
  const row = 1 + ((width * depth + 7) >> 3);
  store<u32>(OUT, 0x474e5089);
  store<u32>(OUT, 0x0a1a0a0d, 4);
  let o = OUT + 8;
  store<u32>(o, 0x52444849, 4); // IHDR
  big(o + 8, width);
  big(o + 12, rows);
  store<u32>(o, depth | (3 << 8), 16);
  store<u8>(o, 0, 20);
  o = chunk(o, 13);
  store<u32>(o, 0x45544c50, 4); // PLTE
  memory.copy(o + 8, SHOWN, colors * 3);
  o = chunk(o, colors * 3);
  if (clear) {
    store<u32>(o, 0x534e5274, 4); // tRNS
    store<u8>(o, 0, 8);
    o = chunk(o, 1);
  }
  store<u32>(o, 0x54414449, 4); // IDAT
  store<u16>(o, 0x0178, 8);
  const z = deflate(row * rows, row, o + 10);
  big(z, finishAdler(RAW + <usize>(row * rows)));
  o = chunk(o, <i32>(z + 4 - o - 8));
  store<u32>(o, 0);
  store<u32>(o, 0x444e4549, 4); // IEND
  big(o + 8, 0xae426082);
  return <i32>(o + 12 - OUT);
}

/** Returns the length. */
export function bmp(): i32 {
  const row = (width * 3 + 3) & ~3;
  const size = row * height;
  memory.fill(OUT, 0, 54);
  store<u16>(OUT, 0x4d42);
  store<u32>(OUT, 54 + size, 2);
  store<u32>(OUT, 54, 10);
  store<u32>(OUT, 40, 14);
  store<u32>(OUT, width, 18);
  store<u32>(OUT, height, 22);
  store<u16>(OUT, 1, 26);
  store<u16>(OUT, 24, 28);
  store<u32>(OUT, size, 34);
  store<u32>(OUT, 2834, 38); // 72 dpi
  store<u32>(OUT, 2834, 42);
  let o = OUT + 54;
  for (let y = height - 1; y >= 0; y--) {
    const p = pixel(0, y);
    store<u32>(o + row - 4, 0);
    let q = o;
    for (let x = 0; x < width; x++, q += 3) {
      const c = SHOWN + <usize>load<u8>(p + x) * 3;
      store<u8>(q, load<u8>(c, 2));
      store<u8>(q, load<u8>(c, 1), 1);
      store<u8>(q, load<u8>(c), 2);
    }
    o += row;
  }
  return 54 + size;
}
