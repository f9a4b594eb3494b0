/**
 * The deformation, point by point: first a lens, then a ripple, then the sum of up to eight plane waves.
 *
 * Lens: within `radius` of its centre every distance grows by 1 + strength · (1 − d²/radius²)²; a negative strength pinches.
 * Ripple: rings around a centre push outwards and inwards by amplitude · sin(2π (d·frequency + phase)), less near the centre.
 * Waves: (x, y) += (ampX, ampY) · sin(2π (fx·x + fy·y + phase)). The host writes them into `WAVES`, four to a vector:
 * ampX, ampY, fx, fy, phase of the first four, then of the next; a wave that is not there has amplitude 0.
 */
import { WAVES } from './memory';

/** Vectors of four waves that bend what is drawn from now on; 0: none. */
let waves: i32 = 0;

let lensX: f32 = 0;
let lensY: f32 = 0;
/** 1 / radius² */
let lensReach: f32 = 0;
let lens: f32 = 0;

let rippleX: f32 = 0;
let rippleY: f32 = 0;
let ripple: f32 = 0;
let rippleFrequency: f32 = 0;
let ripplePhase: f32 = 0;

/** Whether anything bends what is drawn from now on. */
export let bent = false;

function remember(): void {
  bent = waves > 0 || lens !== 0 || ripple !== 0;
}

export function setWaves(count: i32): void {
  waves = count <= 0 ? 0 : count <= 4 ? 1 : 2;
  remember();
}

/** Strength 0 takes it away. */
export function setLens(x: f32, y: f32, radius: f32, strength: f32): void {
  lensX = x;
  lensY = y;
  lensReach = <f32>1 / max<f32>(1, radius * radius);
  lens = strength;
  remember();
}

/** Amplitude 0 takes it away. */
export function setRipple(x: f32, y: f32, amplitude: f32, frequency: f32, phase: f32): void {
  rippleX = x;
  rippleY = y;
  ripple = amplitude;
  rippleFrequency = frequency;
  ripplePhase = phase;
  remember();
}

/** Draws straight from now on. */
export function straighten(): void {
  waves = 0;
  lens = ripple = 0;
  bent = false;
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

/** The same for one angle. */
export function sine(turns: f32): f32 {
  return f32x4.extract_lane(sines(f32x4.splat(turns)), 0);
}

/** Sum of four lanes, (0 + 2) + (1 + 3). */
function total(v: v128): f32 {
  const pairs = f32x4.add(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Leaves the moved point in `warpedX`, `warpedY`. */
export function warp(fromX: f32, fromY: f32): void {
  let x = fromX;
  let y = fromY;
  if (lens !== 0) {
    const dx = x - lensX;
    const dy = y - lensY;
    const rest = <f32>1 - (dx * dx + dy * dy) * lensReach;
    if (rest > 0) {
      const grown = lens * rest * rest;
      x += dx * grown;
      y += dy * grown;
    }
  }
  if (ripple !== 0) {
    const dx = x - rippleX;
    const dy = y - rippleY;
    const d = sqrt<f32>(dx * dx + dy * dy);
    // Falls to nothing within the first ring, where all directions meet
    const turns = d * rippleFrequency;
    const push = (ripple * min<f32>(1, turns) * sine(turns + ripplePhase)) / max<f32>(d, 0.01);
    x += dx * push;
    y += dy * push;
  }
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
