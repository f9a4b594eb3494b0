/** PNG (RFC 2083: indexed, 4 or 8 bits, no filter) and BMP (24 bits, bottom row first) of the picture, into `OUT`. */
import { adler32, crc32 } from './checksum';
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

const NIBBLES: u64 = ((<u64>0x0f0f0f0f) << 32) | 0x0f0f0f0f;
const BYTES: u64 = ((<u64>0x00ff00ff) << 32) | 0x00ff00ff;
const HALVES: u64 = ((<u64>0x0000ffff) << 32) | 0x0000ffff;

function packFour(): void {
  const bytes = (width + 1) >> 1;
  let o = RAW;
  for (let y = 0; y < height; y++) {
    store<u8>(o, 0);
    o++;
    const p = pixel(0, y);
    // Eight indices become four bytes at a time; what runs over is overwritten by the next row
    for (let x = 0; x < width; x += 8) {
      let v = load<u64>(p + x) & NIBBLES;
      v = ((v << 4) | (v >> 8)) & BYTES;
      v = (v | (v >> 8)) & HALVES;
      store<u32>(o + (x >> 1), <u32>(v | (v >> 16)));
    }
    if (width & 1) store<u8>(o + bytes - 1, load<u8>(o + bytes - 1) & 0xf0);
    o += bytes;
  }
}

function packEight(): void {
  let o = RAW;
  for (let y = 0; y < height; y++) {
    store<u8>(o, 0);
    memory.copy(o + 1, pixel(0, y), width);
    o += width + 1;
  }
}

/** `colors` entries of `SHOWN` are written; at most 16 make it a 4-bit picture. Returns the length. */
export function png(colors: i32): i32 {
  const four = colors <= 16;
  if (four) packFour();
  else packEight();
  const row = 1 + (four ? (width + 1) >> 1 : width);
  store<u32>(OUT, 0x474e5089);
  store<u32>(OUT, 0x0a1a0a0d, 4);
  let o = OUT + 8;
  store<u32>(o, 0x52444849, 4); // IHDR
  big(o + 8, width);
  big(o + 12, height);
  store<u32>(o, (four ? 4 : 8) | (3 << 8), 16);
  store<u8>(o, 0, 20);
  o = chunk(o, 13);
  store<u32>(o, 0x45544c50, 4); // PLTE
  memory.copy(o + 8, SHOWN, colors * 3);
  o = chunk(o, colors * 3);
  store<u32>(o, 0x54414449, 4); // IDAT
  store<u16>(o, 0x0178, 8);
  const z = deflate(row * height, row, !four, o + 10);
  big(z, adler32(RAW, row * height));
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
