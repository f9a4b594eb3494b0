/**
 * The search for repeats. Rows of a flat picture repeat the row above, or that row moved by a byte, or themselves: four
 * distances are tried at every byte and nothing is hashed.
 */
import { DIST_COUNT, LENGTHS, LIT_COUNT, RAW, SEEN, TOKENS } from './memory';

export const CAPACITY: i32 = 16384;
export const NO_DISTANCE: u32 = 4 << 18;
const SHORTEST: usize = 4;
/** A match of this length ends the search. */
const GOOD: usize = 12;
const LONGEST: usize = 258;

// Symbol and extra bits of the four distances
let rowBytes: i32 = 1;
let wide = false;
export function distance(which: u32): i32 {
  return which === 0 ? rowBytes : which === 1 ? 1 : which === 2 ? rowBytes + 1 : rowBytes - 1;
}
export function distanceExtra(d: i32): u32 {
  return d <= 4 ? 0 : 30 - clz<u32>(d - 1);
}
export function distanceSymbol(d: i32): i32 {
  const extra = distanceExtra(d);
  return <i32>(2 * extra) + ((d - 1) >> extra);
}

/** Symbol | extra bits << 9 | extra value << 13 for every match length (RFC 1951, 3.2.5). */
export function initLengths(): void {
  let length = 3;
  for (let symbol: u32 = 257; symbol < 285; symbol++) {
    const extra: u32 = symbol < 265 ? 0 : (symbol - 261) >> 2;
    for (let value: u32 = 0; value < 1 << extra; value++) {
      store<u32>(LENGTHS + ((<usize>length) << 2), symbol | (extra << 9) | (value << 13));
      length++;
    }
  }
  store<u32>(LENGTHS + (258 << 2), 285);
}

/** Which of the 32 bytes at `p` agree with those at `from`. */
function agree(a: v128, b: v128, from: usize): u32 {
  const low = i8x16.bitmask(i8x16.eq(a, v128.load(from)));
  return low | (i8x16.bitmask(i8x16.eq(b, v128.load(from, 16))) << 16);
}

/** Where at least `SHORTEST` agree in a row. */
function starts(same: u32): u32 {
  const two = same & (same >> 1);
  return two & (two >> 2);
}

/**
 * How far the agreement goes on from position `i` of a window of which all bytes after it are known, at most to `longest`.
 * Reads a little further: the planes have room.
 */
function run(same: u32, i: u32, p: usize, from: usize, longest: usize): usize {
  const known = <usize>(32 - i);
  let n = <usize>ctz<u32>(~(same >> i));
  if (n < known) return min<usize>(n, longest);
  for (n = known; n < longest; n += 16) {
    const other = i8x16.bitmask(i8x16.ne(v128.load(p + n), v128.load(from + n)));
    if (other) {
      n += <usize>ctz<i32>(other);
      break;
    }
  }
  return min<usize>(n, longest);
}

export let tokens: i32 = 0;
/** Bits that the block's matches need beside their codes. */
export let extraBits: i32 = 0;

/** `moved`: try the row above moved by a byte as well, which pays only where a byte is a pixel. */
export function startTokens(row: i32, moved: bool): void {
  rowBytes = row;
  wide = moved;
}

/**
 * Fills `TOKENS` and the two histograms from `from`; returns where the next block starts. A token is what `LENGTHS` says of the
 * match, or the literal, and from bit 18 which distance, 4 for none. The next 32 bytes are compared at once: up to where the
 * first match starts all of them are literals, and nothing has to be guessed on the way.
 */
export function tokenize(from: usize, end: usize): usize {
  memory.fill(LIT_COUNT, 0, 286 << 2);
  memory.fill(DIST_COUNT, 0, 30 << 2);
  memory.fill(SEEN, 0, 4 << 2);
  const row = <usize>rowBytes;
  const second = RAW + row;
  let more: u32 = 0;
  let p = from;
  let t = TOKENS;
  const full = TOKENS + ((<usize>(CAPACITY - 32)) << 2);
  while (p < end && t < full) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const before = p > RAW ? agree(a, b, p - 1) : 0;
    let above: u32 = 0;
    let left: u32 = 0;
    let right: u32 = 0;
    if (p > second) {
      above = agree(a, b, p - row);
      if (wide) {
        left = agree(a, b, p - row - 1);
        right = agree(a, b, p - row + 1);
      }
    }
    const any = starts(above) | starts(before) | starts(left) | starts(right);
    // A match may start at the last three as well: they are looked at again
    let i = any ? ctz<u32>(any) : 29;
    if (p + <usize>i + SHORTEST > end) i = <u32>(end - p);
    for (const stop = p + <usize>i; p < stop; p++, t += 4) {
      const literal = <u32>load<u8>(p);
      const count = LIT_COUNT + ((<usize>literal) << 2);
      store<u32>(count, load<u32>(count) + 1);
      store<u32>(t, literal | NO_DISTANCE);
    }
    const longest = min<usize>(LONGEST, end - p);
    if (!any || p === end) continue;
    // The longest, and of equals the first
    let length = run(above, i, p, p - row, longest);
    let which: u32 = 0;
    if (length < GOOD) {
      let n = run(before, i, p, p - 1, longest);
      which = n > length ? 1 : 0;
      length = max<usize>(n, length);
      if (wide) {
        n = run(left, i, p, p - row - 1, longest);
        which = n > length ? 2 : which;
        length = max<usize>(n, length);
        n = run(right, i, p, p - row + 1, longest);
        which = n > length ? 3 : which;
        length = max<usize>(n, length);
      }
    }
    const match = load<u32>(LENGTHS + (length << 2));
    const count = LIT_COUNT + ((<usize>(match & 511)) << 2);
    store<u32>(count, load<u32>(count) + 1);
    const taken = SEEN + ((<usize>which) << 2);
    store<u32>(taken, load<u32>(taken) + 1);
    more += (match >> 9) & 15;
    store<u32>(t, match | (which << 18));
    t += 4;
    p += length;
  }
  store<u32>(LIT_COUNT + (256 << 2), 1);
  extraBits = <i32>more + seen(0) + seen(1) + seen(2) + seen(3);
  tokens = <i32>((t - TOKENS) >> 2);
  return p;
}

function seen(which: u32): i32 {
  const times = load<u32>(SEEN + ((<usize>which) << 2));
  const d = distance(which);
  const at = DIST_COUNT + ((<usize>distanceSymbol(d)) << 2);
  store<u32>(at, load<u32>(at) + times);
  return <i32>times * <i32>distanceExtra(d);
}
