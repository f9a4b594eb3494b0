/** Ready shapes. All wind the same way, so that overlapping ones add up under the non-zero rule. */
import { lineTo, moveTo, quadTo } from './path';

const DIAGONAL = <f32>Math.SQRT1_2; // cos 45°
const BULGE: f32 = 0.41421356; // tan 22.5°

/** A quarter turn from (cx + ux, cy + uy), clockwise on screen, as two quadratics. */
function quarter(cx: f32, cy: f32, ux: f32, uy: f32): void {
  const vx = -uy;
  const vy = ux;
  const mx = cx + (ux + vx) * DIAGONAL;
  const my = cy + (uy + vy) * DIAGONAL;
  quadTo(cx + ux + vx * BULGE, cy + uy + vy * BULGE, mx, my);
  quadTo(cx + vx + ux * BULGE, cy + vy + uy * BULGE, cx + vx, cy + vy);
}

export function circle(x: f32, y: f32, r: f32): void {
  moveTo(x + r, y);
  quarter(x, y, r, 0);
  quarter(x, y, 0, r);
  quarter(x, y, -r, 0);
  quarter(x, y, 0, -r);
}

export function rect(x: f32, y: f32, w: f32, h: f32, radius: f32): void {
  const r = max<f32>(0, min<f32>(radius, min<f32>(w, h) * <f32>0.5));
  moveTo(x + r, y);
  lineTo(x + w - r, y);
  if (r > 0) quarter(x + w - r, y + r, 0, -r);
  lineTo(x + w, y + h - r);
  if (r > 0) quarter(x + w - r, y + h - r, r, 0);
  lineTo(x + r, y + h);
  if (r > 0) quarter(x + r, y + h - r, 0, r);
  lineTo(x, y + r);
  if (r > 0) quarter(x + r, y + r, -r, 0);
}

/** A line with round ends. */
export function capsule(x0: f32, y0: f32, x1: f32, y1: f32, lineWidth: f32): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length = sqrt<f32>(dx * dx + dy * dy);
  const r = lineWidth * <f32>0.5;
  if (!(length > <f32>0.001)) {
    circle(x0, y0, r);
    return;
  }
  const ux = (dx / length) * r;
  const uy = (dy / length) * r;
  moveTo(x0 + uy, y0 - ux);
  lineTo(x1 + uy, y1 - ux);
  quarter(x1, y1, uy, -ux);
  quarter(x1, y1, ux, uy);
  lineTo(x0 - uy, y0 + ux);
  quarter(x0, y0, -uy, ux);
  quarter(x0, y0, -ux, -uy);
}

/** A quadratic curve as a line of the given width with round ends. */
export function stroke(x0: f32, y0: f32, cx: f32, cy: f32, x1: f32, y1: f32, lineWidth: f32): void {
  const r = lineWidth * <f32>0.5;
  const span =
    abs<f32>(x1 - x0) + abs<f32>(y1 - y0) + abs<f32>(x0 - 2 * cx + x1) + abs<f32>(y0 - 2 * cy + y1);
  const n = 3 + min<i32>(29, <i32>(span * <f32>0.125));
  let ux: f32 = 0;
  let uy: f32 = 0;
  // There on one side, back on the other
  for (let side = 0; side < 2; side++) {
    for (let i = 0; i <= n; i++) {
      const t = <f32>(side === 0 ? i : n - i) / <f32>n;
      const a = <f32>1 - t;
      const dx = a * (cx - x0) + t * (x1 - cx);
      const dy = a * (cy - y0) + t * (y1 - cy);
      const length = max<f32>(sqrt<f32>(dx * dx + dy * dy), 0.001);
      const away = side === 0 ? r : -r;
      ux = (dx / length) * r;
      uy = (dy / length) * r;
      const x = a * a * x0 + 2 * a * t * cx + t * t * x1 + (dy / length) * away;
      const y = a * a * y0 + 2 * a * t * cy + t * t * y1 - (dx / length) * away;
      if (side === 0 && i === 0) moveTo(x, y);
      else lineTo(x, y);
    }
    if (side === 0) {
      quarter(x1, y1, uy, -ux);
      quarter(x1, y1, ux, uy);
    } else {
      quarter(x0, y0, -uy, ux);
      quarter(x0, y0, -ux, -uy);
    }
  }
}
