/** Deflate (RFC 1951): block by block the smallest of stored, fixed and dynamic codes. */
import { assignCodes, buildCode } from './huffman';
import {
  CL_CODE,
  CL_COUNT,
  DIST_CODE,
  DIST_COUNT,
  ENTRIES,
  FIXED_DIST,
  FIXED_LIT,
  LENGTHS,
  LIT_CODE,
  LIT_COUNT,
  RAW,
  RUNS,
  TIMES,
  TOKENS,
} from './memory';
import {
  distance,
  distanceExtra,
  distanceSymbol,
  extraBits,
  initLengths,
  NOTHING,
  startTokens,
  tokenize,
  tokens,
} from './tokens';

// The bit writer: up to 7 bits wait in `bits` between two puts
let out: usize = 0;
let bits: u64 = 0;
let held: u64 = 0;

function put(value: u32, length: u32): void {
  bits |= (<u64>value) << held;
  held += length;
  store<u64>(out, bits);
  const whole = held >> 3;
  out += <usize>whole;
  bits >>= whole << 3;
  held &= 7;
}

function at(array: usize, i: i32): u32 {
  return load<u32>(array + ((<usize>i) << 2));
}

export function initDeflate(): void {
  initLengths();
  for (let i = 0; i < 288; i++)
    store<u32>(FIXED_LIT + ((<usize>i) << 2), (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8) << 24);
  for (let i = 0; i < 32; i++) store<u32>(FIXED_DIST + ((<usize>i) << 2), 5 << 24);
  assignCodes(FIXED_LIT, 288);
  assignCodes(FIXED_DIST, 32);
}

/** Bits that the counted symbols need under a code; `symbols` is rounded up to four. */
function cost(counts: usize, codes: usize, symbols: i32): i32 {
  let sum = i32x4.splat(0);
  for (let i: usize = 0; i < (<usize>symbols) << 2; i += 16)
    sum = i32x4.add(sum, i32x4.mul(v128.load(counts + i), i32x4.shr_u(v128.load(codes + i), 24)));
  const pairs = i32x4.add(sum, i32x4.shuffle(sum, sum, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

let runs: i32 = 0;
function addRun(symbol: i32, extra: i32): void {
  store<u16>(RUNS + ((<usize>runs) << 1), <u16>(symbol | (extra << 8)));
  runs++;
  const c = CL_COUNT + ((<usize>symbol) << 2);
  store<u32>(c, load<u32>(c) + 1);
}

function codeLength(i: i32, literals: i32): u32 {
  return (i < literals ? at(LIT_CODE, i) : at(DIST_CODE, i - literals)) >> 24;
}

/** Run-length codes the code lengths into `RUNS` and counts their symbols. */
function packLengths(literals: i32, distances: i32): void {
  memory.fill(CL_COUNT, 0, 20 << 2);
  runs = 0;
  const all = literals + distances;
  for (let i = 0; i < all; ) {
    const length = codeLength(i, literals);
    let n = 1;
    while (i + n < all && codeLength(i + n, literals) === length) n++;
    i += n;
    if (length) {
      addRun(length, 0);
      n--;
    }
    while (n >= 3) {
      const take = length ? min<i32>(n, 6) : min<i32>(n, 138);
      if (length) addRun(16, take - 3);
      else if (take < 11) addRun(17, take - 3);
      else addRun(18, take - 11);
      n -= take;
    }
    for (; n > 0; n--) addRun(length, 0);
  }
}

/** The order in which code length code lengths are sent. */
function clOrder(i: i32): i32 {
  if (i < 3) return 16 + i;
  if (i === 3) return 0;
  const k = (i - 4) >> 1;
  return i & 1 ? 7 - k : 8 + k;
}

function clExtra(symbol: i32): i32 {
  return symbol === 16 ? 2 : symbol === 17 ? 3 : symbol === 18 ? 7 : 0;
}

/** Writes to `ENTRIES` what each token of the block becomes: its bits, and below them in six how many. */
function makeEntries(lits: usize, dists: usize): void {
  const low = i64x2.splat(0xffffff);
  for (let i: usize = 0; i < 256 << 2; i += 8) {
    const codes = i64x2.extend_low_i32x4_u(v128.load64_zero(lits + i));
    const entries = v128.or(i64x2.shl(v128.and(codes, low), 6), i64x2.shr_u(codes, 24));
    v128.store(ENTRIES + (i << 1), entries);
  }
  store<u64>(ENTRIES + ((<usize>NOTHING) << 3), 0);
  for (let which: u32 = 0; which < 2; which++) {
    const d = distance(which);
    const code = at(dists, distanceSymbol(d));
    const extra = distanceExtra(d);
    const far = <u64>(code & 0xffffff) | ((<u64>((d - 1) & ((1 << extra) - 1))) << (<u64>(code >> 24)));
    const farLength = <u64>((code >> 24) + extra);
    const times = TIMES + (256 << 2) + ((<usize>which) << 10);
    const entries = ENTRIES + (256 << 3) + ((<usize>which) << 11);
    for (let i: usize = 0; i < 256; i++) {
      if (!load<u32>(times + (i << 2))) continue;
      const match = load<u32>(LENGTHS + ((i + 3) << 2));
      const symbol = load<u32>(lits + ((<usize>(match & 511)) << 2));
      const length = <u64>(symbol >> 24);
      const more = <u64>((match >> 9) & 15);
      const bits = <u64>(symbol & 0xffffff) | ((<u64>(match >> 13) | (far << more)) << length);
      store<u64>(entries + (i << 3), (bits << 6) | (length + more + farLength));
    }
  }
}

/** Writes the block's tokens and its end. */
function emit(lits: usize, dists: usize): void {
  makeEntries(lits, dists);
  let z = out;
  let b = bits;
  let n = held;
  const end = TOKENS + ((<usize>tokens) << 1);
  // A token of no bits behind the last: they are written two at a time
  store<u16>(end, <u16>NOTHING);
  for (let t = TOKENS; t < end; t += 4) {
    const one = load<u64>(ENTRIES + ((<usize>load<u16>(t)) << 3));
    const two = load<u64>(ENTRIES + ((<usize>load<u16>(t, 2)) << 3));
    b |= (one >> 6) << n;
    n += one & 63;
    // The longest have 15 + 5 + 15 + 13 bits
    if (n + (two & 63) > 63) {
      store<u64>(z, b);
      z += <usize>(n >> 3);
      b >>= n & 56;
      n &= 7;
    }
    b |= (two >> 6) << n;
    n += two & 63;
    store<u64>(z, b);
    z += <usize>(n >> 3);
    b >>= n & 56;
    n &= 7;
  }
  out = z;
  bits = b;
  held = n;
  put(at(lits, 256) & 0xffffff, at(lits, 256) >> 24);
}

function storeRaw(from: usize, end: usize, last: bool): void {
  let p = from;
  do {
    const n = <u32>min<usize>(end - p, 65535);
    p += n;
    put(last && p === end ? 1 : 0, 3);
    if (held) put(0, 8 - <u32>held);
    store<u16>(out, <u16>n);
    store<u16>(out, <u16>~n, 2);
    memory.copy(out + 4, p - n, n);
    out += 4 + n;
  } while (p < end);
}

function writeBlock(from: usize, end: usize, last: bool): void {
  const fixed = cost(LIT_COUNT, FIXED_LIT, 286) + cost(DIST_COUNT, FIXED_DIST, 30) + extraBits;
  buildCode(LIT_COUNT, 286, 15, LIT_CODE);
  buildCode(DIST_COUNT, 30, 15, DIST_CODE);
  let literals = 286;
  while (!at(LIT_CODE, literals - 1)) literals--;
  let distances = 30;
  while (!at(DIST_CODE, distances - 1)) distances--;
  packLengths(literals, distances);
  buildCode(CL_COUNT, 19, 7, CL_CODE);
  let sent = 19;
  while (!at(CL_CODE, clOrder(sent - 1))) sent--;
  let dynamic = 14 + 3 * sent + cost(CL_COUNT, CL_CODE, 19) + extraBits;
  for (let i = 16; i < 19; i++) dynamic += at(CL_COUNT, i) * clExtra(i);
  dynamic += cost(LIT_COUNT, LIT_CODE, 286) + cost(DIST_COUNT, DIST_CODE, 30);
  const plain = ((<i32>(end - from) + 5) << 3) + <i32>((end - from) >> 16) * 40;
  if (plain <= min<i32>(dynamic, fixed)) {
    storeRaw(from, end, last);
    return;
  }
  if (fixed <= dynamic) {
    put((last ? 1 : 0) | 2, 3);
    emit(FIXED_LIT, FIXED_DIST);
    return;
  }
  put((last ? 1 : 0) | 4, 3);
  put((literals - 257) | ((distances - 1) << 5) | ((sent - 4) << 10), 14);
  for (let i = 0; i < sent; i++) put(at(CL_CODE, clOrder(i)) >> 24, 3);
  for (let i = 0; i < runs; i++) {
    const run = load<u16>(RUNS + ((<usize>i) << 1));
    const code = at(CL_CODE, run & 255);
    put(code & 0xffffff, code >> 24);
    put(run >> 8, clExtra(run & 255));
  }
  emit(LIT_CODE, DIST_CODE);
}

/** Compresses `length` bytes of `RAW` to `to`; returns the end. `row`: bytes of a row, filter byte included. */
export function deflate(length: i32, row: i32, to: usize): usize {
  out = to;
  bits = 0;
  held = 0;
  startTokens(row);
  const end = RAW + <usize>length;
  let p = RAW;
  while (p < end) {
    const from = p;
    p = tokenize(p, end);
    writeBlock(from, p, p === end);
  }
  if (held) put(0, 8 - <u32>held);
  return out;
}
