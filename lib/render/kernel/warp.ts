/**
 * The deformation: every point moves by the sum of up to eight plane waves,
 * (x, y) += (ampX, ampY) · sin(2π (fx·x + fy·y + phase)). The host writes the waves into `WAVES`.
 */
import { SINE, WAVES } from './memory';

export let waves: i32 = 0;

/** How many waves bend what is drawn from now on; 0 draws straight. */
export function setWaves(count: i32): void {
  waves = count < 0 ? 0 : count > 8 ? 8 : count;
}

export let warpedX: f32 = 0;
export let warpedY: f32 = 0;

/** Leaves the moved point in `warpedX`, `warpedY`. */
export function warp(x: f32, y: f32): void {
  let u = x;
  let v = y;
  const end = WAVES + <usize>(waves * 20);
  for (let p = WAVES; p < end; p += 20) {
    const turn = load<f32>(p, 8) * x + load<f32>(p, 12) * y + load<f32>(p, 16);
    const s = load<f32>(SINE + ((<usize>(<i32>(turn * 1024) & 1023)) << 2));
    u += load<f32>(p) * s;
    v += load<f32>(p, 4) * s;
  }
  warpedX = u;
  warpedY = v;
}

/** Fills the sine table by rotating a vector in f64: plain arithmetic, so every engine gets the same bits. */
export function initSine(): void {
  const c: f64 = 0.9999811752826011; // cos 2π/1024
  const s: f64 = 0.006135884649154475; // sin 2π/1024
  let x: f64 = 1;
  let y: f64 = 0;
  for (let i = 0; i < 1024; i++) {
    store<f32>(SINE + ((<usize>i) << 2), <f32>y);
    const next = x * c - y * s;
    y = x * s + y * c;
    x = next;
  }
}
