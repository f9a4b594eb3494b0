/**
 * The search for repeats. Rows of a flat picture repeat the row above or themselves: two distances are tried at every byte and nothing
 * is hashed. (The row above moved by a byte would save a hundredth of a scene, and take a tenth longer.)
 *
 * A token is a literal, 0 … 255, or the length of a match less 3, plus 256 for the row above, plus 512 for the byte before.
 */
import { DIST_COUNT, LENGTHS, LIT_COUNT, RAW, TIMES, TOKENS } from './memory';

const CAPACITY: usize = 32768;
/** Tokens that 64 bytes become at most, and what is written beyond them. */
const MARGIN: usize = 80;
/** One more than tokens there are: it stands for none. */
export const NOTHING: u32 = 768;
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

/** Which of the 64 bytes at `p` agree with those at `from`. */
function agree(p: usize, from: usize): u64 {
  const a = i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(from)));
  const b = i8x16.bitmask(i8x16.eq(v128.load(p, 16), v128.load(from, 16)));
  const c = i8x16.bitmask(i8x16.eq(v128.load(p, 32), v128.load(from, 32)));
  const d = i8x16.bitmask(i8x16.eq(v128.load(p, 48), v128.load(from, 48)));
  return <u64>(<u32>(a | (b << 16))) | ((<u64>(<u32>(c | (d << 16)))) << 32);
}

/** Where at least four agree in a row, which is the shortest match. */
function starts(same: u64): u64 {
  const two = same & (same >> 1);
  return two & (two >> 2);
}

/** How many bytes at `p` agree with those at `from`, at most `longest`. Reads a little further: the planes have room. */
function run(p: usize, from: usize, longest: usize): usize {
  let n: usize = 0;
  for (; n < longest; n += 32) {
    const low = i8x16.ne(v128.load(p + n), v128.load(from + n));
    const high = i8x16.ne(v128.load(p + n, 16), v128.load(from + n, 16));
    if (!v128.any_true(v128.or(low, high))) continue;
    n += <usize>ctz<u32>(i8x16.bitmask(low) | (i8x16.bitmask(high) << 16));
    break;
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
 * Fills `TOKENS`, counts them (`TIMES`) and their symbols from `from` on; returns where the next block starts. 64 bytes are compared at
 * once, with both distances; all matches that start in them are read off the agreements, and nothing has to be guessed on the way.
 */
export function tokenize(from: usize, end: usize): usize {
  const row = <usize>rowBytes;
  const second = RAW + row;
  let p = from;
  let t = TOKENS;
  const full = TOKENS + ((CAPACITY - MARGIN) << 1);
  while (p < end && t < full) {
    let above = p > second ? agree(p, p - row) : 0;
    // The first byte has none before it
    let before = agree(p, p - 1) & ~(<u64>(p === RAW));
    // A match may start at the last three as well: they are looked at again
    let stop: u32 = 61;
    if (p + 64 > end) {
      const rest = ((<u64>1) << (<u64>(end - p))) - 1;
      above &= rest;
      before &= rest;
      stop = <u32>min<usize>(stop, end - p);
    }
    const any = starts(above) | starts(before);
    let at: u32 = 0;
    for (;;) {
      const next = at < 64 ? any >> <u64>at : 0;
      if (!next) {
        if (at < stop) {
          writeLiterals(t, p + at, stop - at);
          t += (<usize>(stop - at)) << 1;
          at = stop;
        }
        break;
      }
      const literals = <u32>ctz<u64>(next);
      writeLiterals(t, p + at, literals);
      t += (<usize>literals) << 1;
      at += literals;
      // The longest, and of equals the row above
      const long = <u32>ctz<u64>(~(above >> <u64>at));
      const short = <u32>ctz<u64>(~(before >> <u64>at));
      const isAbove = long >= short;
      const which: u32 = isAbove ? 253 : 509;
      let length = isAbove ? long : short;
      const known: u32 = 64 - at;
      if (length >= known) {
        const q = p + <usize>at;
        const longest = min<usize>(LONGEST, end - q);
        length =
          known + <u32>run(q + <usize>known, q + <usize>known - (isAbove ? row : 1), longest - <usize>known);
      }
      store<u16>(t, <u16>(length + which));
      t += 2;
      at += length;
    }
    p += at;
  }
  tokens = <i32>((t - TOKENS) >> 1);
  countTokens(t);
  return p;
}

/** The tokens of bytes that stand for themselves; writes whole sixteens. */
function writeLiterals(t: usize, p: usize, count: u32): void {
  let v = v128.load(p);
  v128.store(t, i16x8.extend_low_i8x16_u(v));
  v128.store(t, i16x8.extend_high_i8x16_u(v), 16);
  for (let i: usize = 16; i < <usize>count; i += 16) {
    v = v128.load(p + i);
    v128.store(t + (i << 1), i16x8.extend_low_i8x16_u(v));
    v128.store(t + (i << 1), i16x8.extend_high_i8x16_u(v), 16);
  }
}

/** From one table of counts to the next. */
const APART: usize = 4096;

function count(token: u32, table: usize): void {
  const at = TIMES + table + ((<usize>token) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Counts the tokens up to `end`, in two tables by turns: one that comes twice would wait for itself. Then their symbols. */
function countTokens(end: usize): void {
  memory.fill(TIMES, 0, APART << 1);
  // Tokens more than there are do not count
  store<u64>(end, 0x0300030003000300);
  for (let t = TOKENS; t < end; t += 8) {
    const four = load<u64>(t);
    count(<u32>four & 0xffff, 0);
    count(<u32>four >> 16, APART);
    count(<u32>(four >> 32) & 0xffff, 0);
    count(<u32>(four >> 48), APART);
  }
  for (let i: usize = 0; i < (<usize>NOTHING) << 2; i += 16)
    v128.store(TIMES + i, i32x4.add(v128.load(TIMES + i), v128.load(TIMES + APART + i)));
  memory.copy(LIT_COUNT, TIMES, 256 << 2);
  memory.fill(LIT_COUNT + (256 << 2), 0, 32 << 2);
  store<u32>(LIT_COUNT + (256 << 2), 1);
  memory.fill(DIST_COUNT, 0, 32 << 2);
  let far: u32 = 0;
  let near: u32 = 0;
  let more: u32 = 0;
  for (let i: usize = 0; i < 256 << 2; i += 4) {
    const one = load<u32>(TIMES + i, 1024);
    const other = load<u32>(TIMES + i, 2048);
    const both = one + other;
    if (!both) continue;
    far += one;
    near += other;
    const match = load<u32>(LENGTHS + i, 12);
    more += both * ((match >> 9) & 15);
    const symbol = LIT_COUNT + ((<usize>(match & 511)) << 2);
    store<u32>(symbol, load<u32>(symbol) + both);
  }
  extraBits = <i32>more + seen(0, far) + seen(1, near);
}

/** Counts a distance that was taken so many times; returns the bits that it needs beside its code. */
function seen(which: u32, times: u32): i32 {
  const d = distance(which);
  const at = DIST_COUNT + ((<usize>distanceSymbol(d)) << 2);
  store<u32>(at, load<u32>(at) + times);
  return <i32>times * <i32>distanceExtra(d);
}
