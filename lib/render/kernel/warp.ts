/**
 * The deformation, four points at a time: first a lens, then a ripple, then the sum of up to eight plane waves.
 *
 * Lens: within `radius` of its centre every distance grows by 1 + strength · (1 − d²/radius²)²; a negative strength pinches.
 * Ripple: rings around a centre push outwards and inwards by amplitude · sin(2π (d·frequency + phase)), less near the centre.
 * Waves: (x, y) += (ampX, ampY) · sin(2π (fx·x + fy·y + phase)). The host writes them into `WAVES`, four to a vector:
 * ampX, ampY, fx, fy, phase of the first four, then of the next; a wave that is not there has amplitude 0.
 */
import { BENT, WAVES } from './memory';

/** How many waves bend what is drawn from now on. */
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
  waves = max<i32>(0, min<i32>(count, 8));
  // The host may write the next ones while points still wait to be bent by these
  memory.copy(BENT, WAVES, 160);
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

/** Moves the points whose x stand from `from` up to `stop`, and whose y stand `apart` bytes on. May write up to three more. */
export function bend(from: usize, stop: usize, apart: usize): void {
  for (let p = from; p < stop; p += 16) {
    let x = v128.load(p);
    let y = v128.load(p + apart);
    if (lens !== 0) {
      const dx = f32x4.sub(x, f32x4.splat(lensX));
      const dy = f32x4.sub(y, f32x4.splat(lensY));
      const far = f32x4.mul(squares(dx, dy), f32x4.splat(lensReach));
      const rest = f32x4.pmax(f32x4.splat(0), f32x4.sub(f32x4.splat(1), far));
      const grown = f32x4.mul(f32x4.mul(f32x4.splat(lens), rest), rest);
      x = f32x4.add(x, f32x4.mul(dx, grown));
      y = f32x4.add(y, f32x4.mul(dy, grown));
    }
    if (ripple !== 0) {
      const dx = f32x4.sub(x, f32x4.splat(rippleX));
      const dy = f32x4.sub(y, f32x4.splat(rippleY));
      const d = f32x4.sqrt(squares(dx, dy));
      // Falls to nothing within the first ring, where all directions meet
      const turns = f32x4.mul(d, f32x4.splat(rippleFrequency));
      const size = f32x4.mul(f32x4.splat(ripple), f32x4.pmin(f32x4.splat(1), turns));
      const swing = f32x4.mul(size, sines(f32x4.add(turns, f32x4.splat(ripplePhase))));
      const push = f32x4.div(swing, f32x4.pmax(f32x4.splat(0.01), d));
      x = f32x4.add(x, f32x4.mul(dx, push));
      y = f32x4.add(y, f32x4.mul(dy, push));
    }
    let u = x;
    let v = y;
    for (let i = 0; i < waves; i++) {
      const w = BENT + <usize>(i >> 2) * 80 + ((<usize>(i & 3)) << 2);
      const along = f32x4.mul(v128.load32_splat(w, 32), x);
      const across = f32x4.mul(v128.load32_splat(w, 48), y);
      const s = sines(f32x4.add(f32x4.add(along, across), v128.load32_splat(w, 64)));
      u = f32x4.add(u, f32x4.mul(v128.load32_splat(w), s));
      v = f32x4.add(v, f32x4.mul(v128.load32_splat(w, 16), s));
    }
    v128.store(p, u);
    v128.store(p + apart, v);
  }
}

function squares(x: v128, y: v128): v128 {
  return f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y));
}
