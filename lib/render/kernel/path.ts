/**
 * Paths: points in pixels, bent by the waves, cut into edges. Contours close by themselves. Points are gathered and go on to the bending
 * and the grid together (`settle`), four at a time.
 */
import { addEdges, bound, resolve } from './coverage';
import { GRID, POINTS } from './memory';
import { bend, bent } from './warp';

/** Points further out are pulled back to this many pixels; NaN too. It keeps every later number within its range. */
const REACH: f32 = 4096;
/** Points that wait at most. */
const CAPACITY: i32 = 512;
/** Bytes from a point's x to its y. */
const APART: usize = 2176;

let startX: f32 = 0;
let startY: f32 = 0;
let penX: f32 = 0;
let penY: f32 = 0;
// Where the contour started, on the 1/256 grid. Where the pen was when points settled last stands first in `GRID`
let firstX: i32 = 0;
let firstY: i32 = 0;

// Whether a contour is being drawn: everything before it has been resolved or closed
let open = false;
/** Whether the first point that waits begins the contour. */
let fresh = false;
/** Points that wait in `POINTS`. */
let waiting: i32 = 0;

function within(v: f32): f32 {
  return v > -REACH ? (v < REACH ? v : REACH) : -REACH;
}

function add(x: f32, y: f32): void {
  if (waiting === CAPACITY) settle();
  const p = POINTS + ((<usize>waiting) << 2);
  waiting++;
  store<f32>(p, x);
  store<f32>(p + APART, y);
}

/** Four numbers to the 1/256 grid. */
function toGrid(v: v128): v128 {
  const near = f32x4.pmin(f32x4.splat(REACH), f32x4.pmax(f32x4.splat(-REACH), v));
  const whole = f32x4.floor(f32x4.add(f32x4.mul(near, f32x4.splat(256)), f32x4.splat(0.5)));
  // Below 2²² the last bits of 1.5 · 2²³ plus a whole number are that number
  return i32x4.sub(f32x4.add(whole, f32x4.splat(12582912)), i32x4.splat(0x4b400000));
}

/** Makes edges of the points that wait. Whoever changes the bending has to ask for it first. */
export function settle(): void {
  if (waiting === 0) return;
  const stop = POINTS + ((<usize>waiting) << 2);
  if (bent) bend(POINTS, stop, APART);
  // Behind the point where the pen was, unless the contour begins here
  let q = fresh ? GRID : GRID + 4;
  for (let p = POINTS; p < stop; p += 16, q += 16) {
    v128.store(q, toGrid(v128.load(p)));
    v128.store(q + APART, toGrid(v128.load(p + APART)));
  }
  const edges = fresh ? waiting - 1 : waiting;
  if (fresh) {
    firstX = load<i32>(GRID);
    firstY = load<i32>(GRID + APART);
  }
  waiting = 0;
  fresh = false;
  connect(edges);
}

/** Adds the edges between the first points of `GRID`; the last becomes the first. */
function connect(edges: i32): void {
  const last = GRID + ((<usize>edges) << 2);
  const x = load<i32>(last);
  const y = load<i32>(last + APART);
  v128.store(last + 4, i32x4.splat(x));
  v128.store(last + 4 + APART, i32x4.splat(y));
  addEdges(edges, APART);
  store<i32>(GRID, x);
  store<i32>(GRID + APART, y);
}

export function close(): void {
  if (penX !== startX || penY !== startY) lineTo(startX, startY);
  settle();
  // The waves may have changed on the way
  if (open && (load<i32>(GRID) !== firstX || load<i32>(GRID + APART) !== firstY)) {
    store<i32>(GRID + 4, firstX);
    store<i32>(GRID + 4 + APART, firstY);
    connect(1);
  }
}

export function moveTo(x: f32, y: f32): void {
  close();
  open = true;
  fresh = true;
  startX = penX = within(x);
  startY = penY = within(y);
  add(penX, penY);
}

/** Resolves what was collected; see coverage.ts. */
export function collect(rule: i32, full: i32, margin: i32 = 1): bool {
  settleAll();
  return resolve(rule, full, margin);
}

/** Finds where what was collected lies, without resolving it; see coverage.ts. */
export function gather(): bool {
  settleAll();
  return bound(0);
}

/** Makes edges of everything that was drawn. */
export function settleAll(): void {
  close();
  open = false;
}

/** Whether a contour is being drawn. */
export function isDrawing(): bool {
  return open;
}

let keptX: f32 = 0;
let keptY: f32 = 0;

/** Remembers where the pen is. */
export function keepPen(): void {
  keptX = penX;
  keptY = penY;
}

/** Back to where it was then. */
export function restorePen(): void {
  startX = penX = keptX;
  startY = penY = keptY;
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
    for (let i = 1; i <= n; i++) add(fromX + dx * (<f32>i * share), fromY + dy * (<f32>i * share));
  }
  add(x, y);
  penX = x;
  penY = y;
}

export function quadTo(controlX: f32, controlY: f32, toX: f32, toY: f32): void {
  if (!open) moveTo(penX, penY);
  const cx = within(controlX);
  const cy = within(controlY);
  const x = within(toX);
  const y = within(toY);
  const bendX = penX - 2 * cx + x;
  const bendY = penY - 2 * cy + y;
  // n pieces leave an error of |bend| / (4 n²): below 0.25 px
  const bend = bendX * bendX + bendY * bendY;
  if (bend < 1) {
    add(x, y);
    penX = x;
    penY = y;
    return;
  }
  const n = 1 + <i32>sqrt<f32>(sqrt<f32>(bend));
  if (waiting + n > CAPACITY) settle();
  const share = f32x4.splat(<f32>1 / <f32>n);
  const last = POINTS + ((<usize>(waiting + n - 1)) << 2);
  let steps = f32x4(1, 2, 3, 4);
  for (let p = POINTS + ((<usize>waiting) << 2); p < last; p += 16) {
    const t = f32x4.mul(steps, share);
    const u = f32x4.sub(f32x4.splat(1), t);
    const a = f32x4.mul(u, u);
    const b = f32x4.mul(f32x4.add(u, u), t);
    const c = f32x4.mul(t, t);
    v128.store(p, mixed(a, penX, b, cx, c, x));
    v128.store(p + APART, mixed(a, penY, b, cy, c, y));
    steps = f32x4.add(steps, f32x4.splat(4));
  }
  store<f32>(last, x);
  store<f32>(last + APART, y);
  waiting += n;
  penX = x;
  penY = y;
}

function mixed(a: v128, p: f32, b: v128, q: f32, c: v128, r: f32): v128 {
  const two = f32x4.add(f32x4.mul(a, f32x4.splat(p)), f32x4.mul(b, f32x4.splat(q)));
  return f32x4.add(two, f32x4.mul(c, f32x4.splat(r)));
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
