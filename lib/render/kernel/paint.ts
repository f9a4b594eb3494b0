/**
 * Painting any palette colour over any other. An edge pixel becomes the palette entry that is nearest to the blend;
 * each answer is kept (`MIX`) until the palette changes and depends on the palette alone, so pictures repeat exactly.
 */
import { EVEN_ODD, last, shares, sums, x0, x1, y0, y1 } from './coverage';
import { COVER, MIX, PALETTE } from './memory';
import { gather } from './path';
import { pixel, stride } from './picture';

const UNKNOWN: u8 = 255;
let colors: i32 = 1;

/** Call after writing `count` colours into `PALETTE`. */
export function setPalette(count: i32): void {
  colors = count < 1 ? 1 : count > 256 ? 256 : count;
  memory.fill(MIX, UNKNOWN, (<usize>colors) << 12);
}

function nearest(over: i32, under: i32, level: i32): i32 {
  const a = PALETTE + <usize>(over * 3);
  const b = PALETTE + <usize>(under * 3);
  const rest = 16 - level;
  const red = (<i32>load<u8>(a) * level + <i32>load<u8>(b) * rest + 8) >> 4;
  const green = (<i32>load<u8>(a, 1) * level + <i32>load<u8>(b, 1) * rest + 8) >> 4;
  const blue = (<i32>load<u8>(a, 2) * level + <i32>load<u8>(b, 2) * rest + 8) >> 4;
  let best = i32.MAX_VALUE;
  let found = 0;
  let p = PALETTE;
  for (let i = 0; i < colors; i++, p += 3) {
    const r = <i32>load<u8>(p) - red;
    const g = <i32>load<u8>(p, 1) - green;
    const u = <i32>load<u8>(p, 2) - blue;
    const far = 3 * r * r + 6 * g * g + 2 * u * u;
    if (far < best) {
      best = far;
      found = i;
    }
  }
  return found;
}

/** Where the blends of two colours stand, one byte a level. */
function blends(over: i32, under: i32): usize {
  const at = MIX + <usize>((over << 12) | (under << 4));
  if (load<u8>(at) === UNKNOWN)
    for (let i = 0; i < 16; i++) store<u8>(at + <usize>i, <u8>nearest(over, under, i));
  return at;
}

// Between a share of an eighth and of seven eighths an edge runs over all sixteen levels: so steep that it looks as soft as ever,
// and a quarter of its pixels need no blend and no literal in the file
const GAIN: i16 = 20;
const BIAS: i16 = 384;

/** Sum → level, eight lanes; `steep`: edges as above. */
function levels(v: v128, even: bool, steep: bool, most: v128): v128 {
  const share = shares(v, even);
  if (!steep) return i16x8.shr_u(i16x8.add(i16x8.mul(share, most), i16x8.splat(128)), 8);
  const level = i16x8.sub_sat_u(i16x8.mul(share, i16x8.splat(GAIN)), i16x8.splat(BIAS));
  return i16x8.min_u(i16x8.shr_u(level, 8), i16x8.splat(16));
}

/** Paints what was collected; `opacity` in sixteenths. Coverage is summed up and painted in one go, sixteen pixels at a time. */
export function fill(color: i32, opacity: i32, rule: i32): void {
  const over = min<i32>(max<i32>(color, 0), colors - 1);
  if (!gather()) return;
  const even = rule === EVEN_ODD;
  const zero = i16x8.splat(0);
  const most = i16x8.splat(<i16>min<i32>(max<i32>(opacity, 0), 16));
  const steep = opacity >= 16;
  const full = i8x16.splat(16);
  const plain = i8x16.splat(<i8>over);
  for (let y = y0; y <= y1; y++) {
    let p = COVER + ((<usize>(y * stride + x0)) << 1);
    let q = pixel(x0, y);
    const end = q + <usize>(x1 - x0);
    let carry = zero;
    for (; q < end; p += 32, q += 16) {
      const a = v128.load(p);
      const b = v128.load(p, 16);
      let v: v128;
      if (v128.any_true(v128.or(a, b))) {
        v128.store(p, zero);
        v128.store(p, zero, 16);
        const m = i16x8.add(sums(a), carry);
        const n = i16x8.add(sums(b), last(m));
        carry = last(n);
        v = i8x16.narrow_i16x8_u(levels(m, even, steep, most), levels(n, even, steep, most));
      } else {
        // No edge here: the level goes on as it was
        if (!v128.any_true(carry)) continue;
        const level = levels(carry, even, steep, most);
        v = i8x16.narrow_i16x8_u(level, level);
      }
      const solid = i8x16.eq(v, full);
      const some = i8x16.bitmask(i8x16.ne(v, i8x16.splat(0)));
      const whole = i8x16.bitmask(solid);
      if (whole === 0xffff) {
        v128.store(q, plain);
        continue;
      }
      const under = v128.load(q);
      let shown = v128.bitselect(plain, under, solid);
      // All edge pixels over one colour at once; few sixteens have a third
      let edges: u32 = some ^ whole;
      while (edges) {
        const color = load<u8>(q + <usize>ctz<u32>(edges));
        const same = i8x16.eq(under, i8x16.splat(<i8>color));
        const blended = i8x16.swizzle(v128.load(blends(over, color)), v);
        // What is not an edge is empty or solid, and stays
        const edge = v128.andnot(v128.and(same, i8x16.ne(v, zero)), solid);
        shown = v128.bitselect(blended, shown, edge);
        edges &= ~i8x16.bitmask(same);
      }
      v128.store(q, shown);
    }
  }
}
