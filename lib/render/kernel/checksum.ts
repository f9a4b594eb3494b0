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

// Adler-32 of what was read so far, its sums not yet reduced: they have room for a thousand times the largest picture
let sum: u64 = 1;
let sums: u64 = 0;
let reached: usize = 0;

/** Begins an Adler-32 at `at`. */
export function startAdler(at: usize): void {
  sum = 1;
  sums = 0;
  reached = at;
}

/** Goes on with what has been written up to `end`, in steps of 256 bytes: while it is still near. */
export function advanceAdler(end: usize): void {
  const one = i16x8.splat(1);
  for (; reached + 256 <= end; reached += 256) {
    // Sums of neighbours, and of the first of each two
    let pairs = i16x8.splat(0);
    let firsts = i16x8.splat(0);
    // What each pair of columns held before each of the sixteen rows, summed up
    let before = i16x8.splat(0);
    for (let p = reached; p < reached + 256; p += 16) {
      const v = v128.load(p);
      before = i16x8.add(before, pairs);
      pairs = i16x8.add(pairs, i16x8.extadd_pairwise_i8x16_u(v));
      firsts = i16x8.add(firsts, v128.and(v, i16x8.splat(255)));
    }
    const rows = i32x4.extadd_pairwise_i16x8_u(before);
    // A pair counts as often as its second does, and its first once more
    const columns = i32x4.add(
      i32x4.dot_i16x8_s(pairs, i16x8(15, 13, 11, 9, 7, 5, 3, 1)),
      i32x4.dot_i16x8_s(firsts, one),
    );
    sums += (sum << 8) + <u64>total(i32x4.add(i32x4.shl(rows, 4), columns));
    sum += <u64>total(i32x4.dot_i16x8_s(pairs, one));
  }
}

/** The checksum of everything up to `end`. */
export function finishAdler(end: usize): u32 {
  advanceAdler(end);
  for (; reached < end; reached++) {
    sum += load<u8>(reached);
    sums += sum;
  }
  return ((<u32>(sums % 65521)) << 16) | <u32>(sum % 65521);
}
