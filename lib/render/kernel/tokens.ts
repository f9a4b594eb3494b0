/**
 * The search for repeats. Rows of a flat picture repeat the row above, or that row moved by a byte, or themselves: four
 * distances are tried at every byte and nothing is hashed.
 */
import { DIST_COUNT, LENGTHS, LIT_COUNT, RAW, TOKENS } from './memory';

export const CAPACITY: i32 = 16384;
export const MATCH: u32 = 0x80000000;
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

/** How many of the eight bytes at `p` agree with those at `from`; without a branch, for nothing predicts noise. */
function firstEight(v: u64, from: usize): usize {
  return <usize>(ctz<u64>(v ^ load<u64>(from)) >> 3);
}

/** How far a match of eight bytes goes on, at most to `longest`. Reads a little further: the planes have room. */
function extend(p: usize, from: usize, longest: usize): usize {
  let n: usize = 8;
  while (n < longest) {
    const same = firstEight(load<u64>(p + n), from + n);
    n += same;
    if (same < 8) break;
  }
  return n;
}

export let tokens: i32 = 0;
/** Bits that the block's matches need beside their codes. */
export let extraBits: i32 = 0;

/** `moved`: try the row above moved by a byte as well, which pays only where a byte is a pixel. */
export function startTokens(row: i32, moved: bool): void {
  rowBytes = row;
  wide = moved;
}

/** Fills `TOKENS` and the two histograms from `from`; returns where the next block starts. */
export function tokenize(from: usize, end: usize): usize {
  memory.fill(LIT_COUNT, 0, 286 << 2);
  memory.fill(DIST_COUNT, 0, 30 << 2);
  const row = <usize>rowBytes;
  const second = RAW + row;
  let seen0 = 0;
  let seen1 = 0;
  let seen2 = 0;
  let seen3 = 0;
  let more = 0;
  let p = from;
  let t = TOKENS;
  const full = TOKENS + ((<usize>CAPACITY) << 2);
  while (p < end && t < full) {
    const v = load<u64>(p);
    const longest = min<usize>(LONGEST, end - p);
    let best: usize = p >= second ? firstEight(v, p - row) : 0;
    let which: u32 = 0;
    if (best === 8) best = extend(p, p - row, longest);
    if (best < GOOD && p > RAW) {
      let n = firstEight(v, p - 1);
      if (n === 8) n = extend(p, p - 1, longest);
      which = n > best ? 1 : 0;
      best = max<usize>(n, best);
      if (wide && best < GOOD && p > second) {
        n = firstEight(v, p - row - 1);
        if (n === 8) n = extend(p, p - row - 1, longest);
        which = n > best ? 2 : which;
        best = max<usize>(n, best);
        n = firstEight(v, p - row + 1);
        if (n === 8) n = extend(p, p - row + 1, longest);
        which = n > best ? 3 : which;
        best = max<usize>(n, best);
      }
    }
    best = min<usize>(best, longest);
    if (best >= SHORTEST) {
      const symbol = load<u32>(LENGTHS + (best << 2));
      const at = LIT_COUNT + ((<usize>(symbol & 511)) << 2);
      store<u32>(at, load<u32>(at) + 1);
      more += (symbol >> 9) & 15;
      if (which === 0) seen0++;
      else if (which === 1) seen1++;
      else if (which === 2) seen2++;
      else seen3++;
      store<u32>(t, MATCH | ((<u32>best) << 2) | which);
      p += best;
    } else {
      const literal = <u32>v & 255;
      const at = LIT_COUNT + ((<usize>literal) << 2);
      store<u32>(at, load<u32>(at) + 1);
      store<u32>(t, literal);
      p++;
    }
    t += 4;
  }
  store<u32>(LIT_COUNT + (256 << 2), 1);
  extraBits = more + seen(0, seen0) + seen(1, seen1) + seen(2, seen2) + seen(3, seen3);
  tokens = <i32>((t - TOKENS) >> 2);
  return p;
}

function seen(which: u32, times: i32): i32 {
  const d = distance(which);
  const at = DIST_COUNT + ((<usize>distanceSymbol(d)) << 2);
  store<u32>(at, load<u32>(at) + times);
  return times * <i32>distanceExtra(d);
}
