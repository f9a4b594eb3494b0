/**
 * A line through many points with round joins and ends. Where it turns slightly it is drawn as a band, two sides and a round at either
 * end: a capsule for every piece would be nine times as many edges.
 */
import type { Kernel } from './engine.ts';

/** What a band may hold; a longer line is several bands. */
const MOST = 512;
const xs = new Float64Array(MOST);
const ys = new Float64Array(MOST);
/** From a point to the side that comes first. */
const sideX = new Float64Array(MOST);
const sideY = new Float64Array(MOST);

/** Least cosine of a turn within a band. */
const SLIGHT = 0.6;

/** `points`: x, y, x, y, … */
export function drawPolyline(kernel: Kernel, points: ArrayLike<number>, width: number): void {
  const last = points.length - 2;
  let count = 1;
  xs[0] = points[0]!;
  ys[0] = points[1]!;
  for (let i = 2; i <= last; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    const dx = x - xs[count - 1]!;
    const dy = y - ys[count - 1]!;
    // Overlaps add up in a plane of 16 bits: points closer than this would only pile up
    if (i < last && dx * dx + dy * dy < 0.25) continue;
    if (count === MOST) count = drawBands(kernel, count, width);
    xs[count] = x;
    ys[count] = y;
    count++;
  }
  if (count > 1) drawBands(kernel, count, width);
}

/** Draws through the first `count` points; the last one becomes the first. Returns 1. */
function drawBands(kernel: Kernel, count: number, width: number): number {
  const radius = width / 2;
  let first = 0;
  let [beforeX, beforeY, before] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const isEnd = i === count - 1;
    const dx = isEnd ? 0 : xs[i + 1]! - xs[i]!;
    const dy = isEnd ? 0 : ys[i + 1]! - ys[i]!;
    const length = Math.sqrt(dx * dx + dy * dy);
    const ux = dx / length;
    const uy = dy / length;
    const turn = ux * beforeX + uy * beforeY;
    // Short pieces that turn much would fold the inner side over
    const folds = (1 - turn) * radius * radius > (1 + turn) * 0.25 * Math.min(length, before) ** 2;
    if (i > 0 && (isEnd || !(turn > SLIGHT) || folds)) {
      sideX[i] = radius * beforeY;
      sideY[i] = -radius * beforeX;
      drawBand(kernel, first, i, width);
      first = i;
    }
    if (isEnd) break;
    const share = first === i ? radius : radius / (1 + turn);
    sideX[i] = share * (first === i ? uy : uy + beforeY);
    sideY[i] = -share * (first === i ? ux : ux + beforeX);
    [beforeX, beforeY, before] = [ux, uy, length];
  }
  xs[0] = xs[count - 1]!;
  ys[0] = ys[count - 1]!;
  return 1;
}

function drawBand(kernel: Kernel, first: number, last: number, width: number): void {
  if (last === first + 1) {
    kernel.capsule(xs[first]!, ys[first]!, xs[last]!, ys[last]!, width);
    return;
  }
  kernel.moveTo(xs[first]! + sideX[first]!, ys[first]! + sideY[first]!);
  for (let i = first + 1; i <= last; i++) kernel.lineTo(xs[i]! + sideX[i]!, ys[i]! + sideY[i]!);
  for (let i = last; i >= first; i--) kernel.lineTo(xs[i]! - sideX[i]!, ys[i]! - sideY[i]!);
  kernel.circle(xs[first]!, ys[first]!, width / 2);
  kernel.circle(xs[last]!, ys[last]!, width / 2);
}
