/**
 * Painting any palette colour over any other. An edge pixel becomes the palette entry that is nearest to the blend;
 * each answer is kept (`MIX`) until the palette changes and depends on the palette alone, so pictures repeat exactly.
 */
import { NON_ZERO, x0, x1, y0, y1 } from './coverage';
import { LEVELS, MIX, PALETTE } from './memory';
import { collect } from './path';
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

function mix(over: i32, under: i32, level: i32): u8 {
  const at = MIX + <usize>((over << 12) | (under << 4) | level);
  const known = load<u8>(at);
  if (known !== UNKNOWN) return known;
  const found = <u8>nearest(over, under, level);
  store<u8>(at, found);
  return found;
}

/** Paints what was collected; `opacity` in sixteenths. */
export function fill(color: i32, opacity: i32, rule: i32): void {
  const over = min<i32>(max<i32>(color, 0), colors - 1);
  if (!collect(rule, min<i32>(max<i32>(opacity, 0), 16))) return;
  const full = i8x16.splat(16);
  const plain = i8x16.splat(<i8>over);
  for (let y = y0; y <= y1; y++) {
    let l = LEVELS + <usize>((y + 1) * stride + x0);
    const end = l + <usize>(x1 - x0);
    let q = pixel(x0, y);
    for (; l < end; l += 16, q += 16) {
      const v = v128.load(l);
      if (!v128.any_true(v)) continue;
      const solid = i8x16.eq(v, full);
      if (i8x16.all_true(solid)) {
        v128.store(q, plain);
        continue;
      }
      v128.store(q, v128.bitselect(plain, v128.load(q), solid));
      let edges: u32 = i8x16.bitmask(v128.and(i8x16.ne(v, i8x16.splat(0)), v128.not(solid)));
      while (edges) {
        const i = <usize>ctz<u32>(edges);
        edges &= edges - 1;
        store<u8>(q + i, mix(over, load<u8>(q + i), load<u8>(l + i)));
      }
    }
  }
}

/** Paints with the non-zero rule. */
export function paint(color: i32, opacity: i32): void {
  fill(color, opacity, NON_ZERO);
}
