/**
 * The deformation: every point moves by the sum of up to eight plane waves,
 * (x, y) += (ampX, ampY) · sin(2π (fx·x + fy·y + phase)). The host writes the waves into `WAVES`, four to a vector:
 * ampX, ampY, fx, fy, phase of the first four, then of the next; a wave that is not there has amplitude 0.
 */
import { WAVES } from './memory';

/** Vectors of four waves that bend what is drawn from now on; 0 draws straight. */
export let waves: i32 = 0;

export function setWaves(count: i32): void {
  waves = count <= 0 ? 0 : count <= 4 ? 1 : 2;
}

export let warpedX: f32 = 0;
export let warpedY: f32 = 0;

/**
 * The sine of four angles in turns, off by at most 0.0011: a parabola and its square, |t| ≤ ½. Plain f32 arithmetic, the
 * same bits on every engine. (N. Capens, "Fast and accurate sine/cosine", 2006)
 */
function sines(turns: v128): v128 {
  const t = f32x4.sub(turns, f32x4.nearest(turns));
  const s = f32x4.mul(t, f32x4.sub(f32x4.splat(8), f32x4.mul(f32x4.splat(16), f32x4.abs(t))));
  return f32x4.mul(s, f32x4.add(f32x4.splat(0.775), f32x4.mul(f32x4.splat(0.225), f32x4.abs(s))));
}

/** Sum of four lanes, (0 + 2) + (1 + 3). */
function total(v: v128): f32 {
  const pairs = f32x4.add(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Leaves the moved point in `warpedX`, `warpedY`. */
export function warp(x: f32, y: f32): void {
  let u = x;
  let v = y;
  const end = WAVES + <usize>(waves * 80);
  for (let p = WAVES; p < end; p += 80) {
    const along = f32x4.mul(v128.load(p, 32), f32x4.splat(x));
    const across = f32x4.mul(v128.load(p, 48), f32x4.splat(y));
    const s = sines(f32x4.add(f32x4.add(along, across), v128.load(p, 64)));
    u += total(f32x4.mul(v128.load(p), s));
    v += total(f32x4.mul(v128.load(p, 16), s));
  }
  warpedX = u;
  warpedY = v;
}
