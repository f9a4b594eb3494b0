/**
 * The search for repeats. Rows of a flat picture repeat the row above or themselves: two distances are tried at every byte and nothing
 * is hashed. (The row above moved by a byte would save a hundredth of a scene, and take a tenth longer.)
 */
import { DIST_COUNT, LENGTHS, LIT_COUNT, OTHER_COUNT, RAW, SEEN, TOKENS } from './memory';

export const CAPACITY: i32 = 16384;
export const NO_DISTANCE: u32 = 2 << 18;
const SHORTEST: usize = 4;
/** A match of this length ends the search. */
const GOOD: usize = 12;
const LONGEST: usize = 258;

// Symbol and extra bits of the two distances
let rowBytes: i32 = 1;
export function distance(which: u32): i32 {
  return which === 0 ? rowBytes : 1;
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

export function startTokens(row: i32): void {
  rowBytes = row;
}

/**
 * Fills `TOKENS` and the two histograms from `from`; returns where the next block starts. A token is what `LENGTHS` says of the
 * match, or the literal, and from bit 18 which distance, 2 for none. The next 32 bytes are compared at once: up to where the
 * first match starts all of them are literals, and nothing has to be guessed on the way.
 */
export function tokenize(from: usize, end: usize): usize {
  memory.fill(DIST_COUNT, 0, 32 << 2);
  store<u64>(SEEN, 0);
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
    const above = p > second ? agree(a, b, p - row) : 0;
    const any = starts(above) | starts(before);
    // A match may start at the last three as well: they are looked at again
    let i = any ? ctz<u32>(any) : 29;
    if (p + <usize>i + SHORTEST > end) i = <u32>(end - p);
    writeLiterals(t, a);
    if (i > 16) writeLiterals(t + 64, b);
    t += (<usize>i) << 2;
    p += <usize>i;
    const longest = min<usize>(LONGEST, end - p);
    if (!any || p === end) continue;
    // The longest, and of equals the first
    let length = run(above, i, p, p - row, longest);
    let which: u32 = 0;
    if (length < GOOD) {
      const n = run(before, i, p, p - 1, longest);
      which = n > length ? 1 : 0;
      length = max<usize>(n, length);
    }
    const match = load<u32>(LENGTHS + (length << 2));
    const taken = SEEN + ((<usize>which) << 2);
    store<u32>(taken, load<u32>(taken) + 1);
    more += (match >> 9) & 15;
    store<u32>(t, match | (which << 18));
    t += 4;
    p += length;
  }
  countSymbols(t);
  extraBits = <i32>more + seen(0) + seen(1);
  tokens = <i32>((t - TOKENS) >> 2);
  return p;
}

/** The tokens of sixteen literals. */
function writeLiterals(t: usize, v: v128): void {
  const none = i32x4.splat(NO_DISTANCE);
  const low = i16x8.extend_low_i8x16_u(v);
  const high = i16x8.extend_high_i8x16_u(v);
  v128.store(t, v128.or(i32x4.extend_low_i16x8_u(low), none));
  v128.store(t, v128.or(i32x4.extend_high_i16x8_u(low), none), 16);
  v128.store(t, v128.or(i32x4.extend_low_i16x8_u(high), none), 32);
  v128.store(t, v128.or(i32x4.extend_high_i16x8_u(high), none), 48);
}

/** Counts the symbols of the tokens up to `end`, in two tables by turns: a symbol that comes twice would wait for itself. */
function countSymbols(end: usize): void {
  memory.fill(LIT_COUNT, 0, 288 << 2);
  memory.fill(OTHER_COUNT, 0, 288 << 2);
  // A token more than there may be is not counted
  store<u32>(end, 287);
  for (let t = TOKENS; t < end; t += 8) {
    const one = LIT_COUNT + ((<usize>(load<u32>(t) & 511)) << 2);
    const other = OTHER_COUNT + ((<usize>(load<u32>(t, 4) & 511)) << 2);
    store<u32>(one, load<u32>(one) + 1);
    store<u32>(other, load<u32>(other) + 1);
  }
  for (let i: usize = 0; i < 288 << 2; i += 16)
    v128.store(LIT_COUNT + i, i32x4.add(v128.load(LIT_COUNT + i), v128.load(OTHER_COUNT + i)));
  store<u32>(LIT_COUNT + (256 << 2), 1);
  store<u32>(LIT_COUNT + (287 << 2), 0);
}

function seen(which: u32): i32 {
  const times = load<u32>(SEEN + ((<usize>which) << 2));
  const d = distance(which);
  const at = DIST_COUNT + ((<usize>distanceSymbol(d)) << 2);
  store<u32>(at, load<u32>(at) + times);
  return <i32>times * <i32>distanceExtra(d);
}
