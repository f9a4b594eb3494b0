/**
 * Length-limited Huffman codes. Lengths by the in-place method of A. Moffat and J. Katajainen (1995), then shortened to
 * the limit by moving leaves up until the Kraft sum is one again (the heuristic of miniz). Codes as in RFC 1951, 3.2.2.
 */
import { RADIX, SORT_SPARE, SORTED } from './memory';

/** `length` bits, at most 16, the other way round. */
export function reverse(value: u32, length: u32): u32 {
  let v = ((value & 0x5555) << 1) | ((value >> 1) & 0x5555);
  v = ((v & 0x3333) << 2) | ((v >> 2) & 0x3333);
  v = ((v & 0x0f0f) << 4) | ((v >> 4) & 0x0f0f);
  return (((v & 0x00ff) << 8) | (v >> 8)) >> (16 - length);
}

function at(array: usize, i: i32): u32 {
  return load<u32>(array + ((<usize>i) << 2));
}

function put(array: usize, i: i32, value: u32): void {
  store<u32>(array + ((<usize>i) << 2), value);
}

/** One pass of a radix sort by eight bits. */
function pass(from: usize, to: usize, n: i32, shift: u32): void {
  memory.fill(RADIX, 0, 1024);
  for (let i = 0; i < n; i++) {
    const bin = (at(from, i) >> shift) & 255;
    put(RADIX, bin, at(RADIX, bin) + 1);
  }
  let sum: u32 = 0;
  for (let i = 0; i < 256; i++) {
    const count = at(RADIX, i);
    put(RADIX, i, sum);
    sum += count;
  }
  for (let i = 0; i < n; i++) {
    const item = at(from, i);
    const bin = (item >> shift) & 255;
    const place = at(RADIX, bin);
    put(RADIX, bin, place + 1);
    put(to, place, item);
  }
}

/** Packs (count << 9 | symbol) of the symbols in use into `SORTED`, rarest first; returns how many. */
function sortUsed(counts: usize, symbols: i32): i32 {
  let n = 0;
  let most: u32 = 0;
  for (let i = 0; i < symbols; i++) {
    const count = at(counts, i);
    if (!count) continue;
    most = max<u32>(most, count);
    put(SORTED, n++, (count << 9) | i);
  }
  if (n > 24) {
    pass(SORTED, SORT_SPARE, n, 9);
    pass(SORT_SPARE, SORTED, n, 17);
    return n;
  }
  for (let i = 1; i < n; i++) {
    const item = at(SORTED, i);
    let j = i;
    for (; j > 0 && at(SORTED, j - 1) > item; j--) put(SORTED, j, at(SORTED, j - 1));
    put(SORTED, j, item);
  }
  return n;
}

/** Optimal code lengths of n ≥ 2 counts in rising order, in place. */
function lengthsInPlace(a: usize, n: i32): void {
  put(a, 0, at(a, 0) + at(a, 1));
  let root = 0;
  let leaf = 2;
  for (let next = 1; next < n - 1; next++) {
    let sum: u32;
    if (leaf >= n || at(a, root) < at(a, leaf)) {
      sum = at(a, root);
      put(a, root++, next);
    } else sum = at(a, leaf++);
    if (leaf >= n || (root < next && at(a, root) < at(a, leaf))) {
      sum += at(a, root);
      put(a, root++, next);
    } else sum += at(a, leaf++);
    put(a, next, sum);
  }
  put(a, n - 2, 0);
  for (let next = n - 3; next >= 0; next--) put(a, next, at(a, at(a, next)) + 1);
  let free = 1;
  let used = 0;
  let depth: u32 = 0;
  root = n - 2;
  let next = n - 1;
  while (free > 0) {
    while (root >= 0 && at(a, root) === depth) {
      used++;
      root--;
    }
    while (free > used) {
      put(a, next--, depth);
      free--;
    }
    free = 2 * used;
    depth++;
    used = 0;
  }
}

/** Codes for lengths that stand in the top byte of each entry of `codes`. */
export function assignCodes(codes: usize, symbols: i32): void {
  memory.fill(RADIX, 0, 128);
  for (let i = 0; i < symbols; i++) {
    const length = at(codes, i) >> 24;
    put(RADIX, length, at(RADIX, length) + 1);
  }
  put(RADIX, 0, 0);
  let code: u32 = 0;
  for (let length = 1; length < 16; length++) {
    code = (code + at(RADIX + 64, length - 1)) << 1;
    // RADIX: how many; RADIX + 64: kept for the next length; RADIX + 128: the next code
    put(RADIX + 64, length, at(RADIX, length));
    put(RADIX + 128, length, code);
  }
  for (let i = 0; i < symbols; i++) {
    const length = at(codes, i) >> 24;
    if (!length) continue;
    const next = at(RADIX + 128, length);
    put(RADIX + 128, length, next + 1);
    put(codes, i, reverse(next, length) | (length << 24));
  }
}

/** Writes a complete code for `counts` into `codes`: reversed bits | length << 24. At least two symbols get a code. */
export function buildCode(counts: usize, symbols: i32, limit: i32, codes: usize): void {
  let n = sortUsed(counts, symbols);
  for (let i = 0; n < 2; i++) {
    if (at(counts, i)) continue;
    put(counts, i, 1);
    n = sortUsed(counts, symbols);
  }
  for (let i = 0; i < n; i++) put(SORT_SPARE, i, at(SORTED, i) >> 9);
  lengthsInPlace(SORT_SPARE, n);
  memory.fill(RADIX, 0, 256);
  for (let i = 0; i < n; i++) {
    const length = min<u32>(at(SORT_SPARE, i), limit);
    put(RADIX, length, at(RADIX, length) + 1);
  }
  let kraft = 0;
  for (let i = limit; i > 0; i--) kraft += at(RADIX, i) << (limit - i);
  for (; kraft > 1 << limit; kraft--) {
    put(RADIX, limit, at(RADIX, limit) - 1);
    let i = limit - 1;
    while (!at(RADIX, i)) i--;
    put(RADIX, i, at(RADIX, i) - 1);
    put(RADIX, i + 1, at(RADIX, i + 1) + 2);
  }
  memory.fill(codes, 0, (<usize>symbols) << 2);
  let j = n;
  for (let length = 1; length <= limit; length++)
    for (let left = at(RADIX, length); left > 0; left--) put(codes, at(SORTED, --j) & 511, length << 24);
  assignCodes(codes, symbols);
}
