/** CRC-32 (eight bytes at a time, slicing-by-8, M. Kounavis and F. Berry 2005) and Adler-32 (RFC 1950). */
import { CRC } from './memory';

export function initCrc(): void {
  for (let i: u32 = 0; i < 256; i++) {
    let c = i;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >> 1) : c >> 1;
    store<u32>(CRC + ((<usize>i) << 2), c);
  }
  for (let i: u32 = 0; i < 1792; i++) {
    const p = load<u32>(CRC + ((<usize>i) << 2));
    store<u32>(CRC + ((<usize>(i + 256)) << 2), (p >> 8) ^ load<u32>(CRC + ((<usize>(p & 255)) << 2)));
  }
}

function slice(table: usize, value: u32): u32 {
  return load<u32>(CRC + (table << 10) + ((<usize>(value & 255)) << 2));
}

export function crc32(at: usize, length: i32): u32 {
  let c: u32 = 0xffffffff;
  let p = at;
  let n = length;
  for (; n >= 8; n -= 8, p += 8) {
    const a = load<u32>(p) ^ c;
    const b = load<u32>(p, 4);
    c =
      slice(7, a) ^
      slice(6, a >> 8) ^
      slice(5, a >> 16) ^
      slice(4, a >> 24) ^
      slice(3, b) ^
      slice(2, b >> 8) ^
      slice(1, b >> 16) ^
      slice(0, b >> 24);
  }
  for (; n > 0; n--, p++) c = (c >> 8) ^ slice(0, c ^ load<u8>(p));
  return ~c;
}

/** Sum of four lanes. */
function total(v: v128): u32 {
  return (
    i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
  );
}

export function adler32(at: usize, length: i32): u32 {
  const high = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const low = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let a: u32 = 1;
  let b: u32 = 0;
  let p = at;
  let n = length;
  while (n >= 16) {
    // 5552 bytes at most before the sums must be reduced
    let k = min<i32>(n & ~15, 5552);
    n -= k;
    b += a * <u32>k;
    let bytes = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    let before = i32x4.splat(0);
    for (; k > 0; k -= 16, p += 16) {
      const v = v128.load(p);
      before = i32x4.add(before, bytes);
      bytes = i32x4.add(bytes, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(v), high));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(v), low));
    }
    a = (a + total(bytes)) % 65521;
    b = (b + total(i32x4.add(weighted, i32x4.shl(before, 4)))) % 65521;
  }
  for (; n > 0; n--, p++) {
    a += load<u8>(p);
    b += a;
  }
  return ((b % 65521) << 16) | (a % 65521);
}
