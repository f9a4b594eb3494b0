/** Paths: points in pixels, bent by the waves, cut into edges. Contours close by themselves. */
import { bound, edge, resolve, touch } from './coverage';
import { bent, warp, warpedX, warpedY } from './warp';

/** Points further out are pulled back to this many pixels; NaN too. It keeps every later number within its range. */
const REACH: f32 = 4096;

let startX: f32 = 0;
let startY: f32 = 0;
let penX: f32 = 0;
let penY: f32 = 0;
// The pen after the warp, on the 1/256 grid
let gridX: i32 = 0;
let gridY: i32 = 0;
// Where the contour started, on that grid
let firstX: i32 = 0;
let firstY: i32 = 0;

// Whether a contour is being drawn: everything before it has been resolved or closed
let open = false;

function within(v: f32): f32 {
  return v > -REACH ? (v < REACH ? v : REACH) : -REACH;
}

function toGrid(v: f32): i32 {
  return <i32>floor<f32>(within(v) * 256 + <f32>0.5);
}

function step(x: f32, y: f32): void {
  let u = x;
  let v = y;
  if (bent) {
    warp(x, y);
    u = warpedX;
    v = warpedY;
  }
  const gx = toGrid(u);
  const gy = toGrid(v);
  touch(gx, gy);
  edge(gridX, gridY, gx, gy);
  gridX = gx;
  gridY = gy;
}

export function close(): void {
  if (penX !== startX || penY !== startY) lineTo(startX, startY);
  // The waves may have changed on the way
  if (open && (gridX !== firstX || gridY !== firstY)) {
    edge(gridX, gridY, firstX, firstY);
    gridX = firstX;
    gridY = firstY;
  }
}

export function moveTo(x: f32, y: f32): void {
  close();
  open = true;
  startX = penX = within(x);
  startY = penY = within(y);
  let u = penX;
  let v = penY;
  if (bent) {
    warp(u, v);
    u = warpedX;
    v = warpedY;
  }
  gridX = firstX = toGrid(u);
  gridY = firstY = toGrid(v);
  touch(gridX, gridY);
}

/** Resolves what was collected; see coverage.ts. */
export function collect(rule: i32, full: i32, margin: i32 = 1): bool {
  close();
  open = false;
  return resolve(rule, full, margin);
}

/** Finds where what was collected lies, without resolving it; see coverage.ts. */
export function gather(): bool {
  close();
  open = false;
  return bound(0);
}

/** Back to (0, 0), where the pen of every picture starts. */
export function restPen(): void {
  startX = penX = 0;
  startY = penY = 0;
}

export function lineTo(toX: f32, toY: f32): void {
  if (!open) moveTo(penX, penY);
  const x = within(toX);
  const y = within(toY);
  if (bent) {
    // A long edge has to bend: one piece for each eight pixels
    const fromX = penX;
    const fromY = penY;
    const dx = x - fromX;
    const dy = y - fromY;
    const n = <i32>(max<f32>(abs<f32>(dx), abs<f32>(dy)) * <f32>0.125);
    const share = <f32>1 / <f32>(n + 1);
    for (let i = 1; i <= n; i++) step(fromX + dx * (<f32>i * share), fromY + dy * (<f32>i * share));
  }
  step(x, y);
  penX = x;
  penY = y;
}

export function quadTo(controlX: f32, controlY: f32, toX: f32, toY: f32): void {
  if (!open) moveTo(penX, penY);
  const cx = within(controlX);
  const cy = within(controlY);
  const x = within(toX);
  const y = within(toY);
  const fromX = penX;
  const fromY = penY;
  const bendX = fromX - 2 * cx + x;
  const bendY = fromY - 2 * cy + y;
  // n pieces leave an error of |bend| / (4 n²): below 0.25 px
  const n = 1 + <i32>sqrt<f32>(sqrt<f32>(bendX * bendX + bendY * bendY) * <f32>1);
  const share = <f32>1 / <f32>n;
  for (let i = 1; i < n; i++) {
    const t = <f32>i * share;
    const u = <f32>1 - t;
    const a = u * u;
    const b = <f32>2 * u * t;
    const c = t * t;
    step(a * fromX + b * cx + c * x, a * fromY + b * cy + c * y);
  }
  step(x, y);
  penX = x;
  penY = y;
}

/**
 * Draws packed contours (see infra/build/outlines.ts for the bytes) through the matrix.
 * x' = a·x + c·y + e, y' = b·x + d·y + f.
 */
export function contours(at: usize, a: f32, b: f32, c: f32, d: f32, e: f32, f: f32): void {
  let p = at;
  const count = <i32>load<u16>(p);
  p += 2;
  for (let k = 0; k < count; k++) {
    const segments = <i32>load<u16>(p);
    let x = <f32>load<i16>(p, 2);
    let y = <f32>load<i16>(p, 4);
    p += 6;
    moveTo(a * x + c * y + e, b * x + d * y + f);
    for (let s = 0; s < segments; s++) {
      const kind = load<u8>(p);
      x = <f32>load<i16>(p, 1);
      y = <f32>load<i16>(p, 3);
      p += 5;
      if (kind === 0) lineTo(a * x + c * y + e, b * x + d * y + f);
      else {
        const u = <f32>load<i16>(p);
        const v = <f32>load<i16>(p, 2);
        p += 4;
        quadTo(a * x + c * y + e, b * x + d * y + f, a * u + c * v + e, b * u + d * v + f);
      }
    }
  }
  close();
}
