/** The lines of `strong`, from the marks where they begin and from glyph to glyph, and those marks. */
import type { RampSurface } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { sinTurns } from '../../util/trig.ts';
import { HEIGHT, type Spot } from './strong-layout.ts';
import type { Rule } from './strong-rules.ts';
import type { Line } from './strong-style.ts';

/** Where the marks stand, and how far they reach. */
const MARK_X = 9.5;
const RADIUS = 4.5;
/** Between a line's end and the glyph's box, in pixels. */
const AWAY = 1.5;

/** Where a line begins: as high as its first glyph, or nearly. `marginX`, `marginY`: how far from the picture's edge it stays. */
export function startSpot(first: Spot, marginX: number, marginY: number, random: Random): Spot {
  const away = marginY + RADIUS;
  return {
    x: Math.max(marginX + RADIUS, MARK_X + random.between(-1.5, 1.5)),
    y: Math.max(away, Math.min(HEIGHT - away, first.y + random.between(-6, 6))),
    halfWidth: RADIUS - 0.5,
    halfHeight: RADIUS - 0.5,
  };
}

export function addStart(surface: RampSurface, rule: Rule, { x, y }: Spot): void {
  const half = RADIUS - 0.5;
  if (rule === 'square') surface.rect(x - half, y - half, 2 * half, 2 * half);
  else if (rule === 'cross') {
    surface.rect(x - RADIUS, y - 1.4, 2 * RADIUS, 2.8);
    surface.rect(x - 1.4, y - RADIUS, 2.8, 2 * RADIUS);
  } else if (rule === 'triangle') {
    surface.moveTo(x, y - RADIUS);
    surface.lineTo(x + RADIUS, y + half);
    surface.lineTo(x - RADIUS, y + half);
    surface.close();
  } else surface.circle(x, y, RADIUS);
  if (rule === 'ring') surface.outline();
  else surface.unite();
}

/** How far a band reaches to either side, and between what two rails lie, in widths. */
const HALF = { plain: 0.5, beads: 0.3, waves: 0.4 } as const;
const RAIL = [0.35, 0.9] as const;

/** A line's points, and the direction to its right at each: numbers in place, for a picture has hundreds of points. */
const MOST = 256;
const xs = new Float64Array(MOST);
const ys = new Float64Array(MOST);
const rightX = new Float64Array(MOST);
const rightY = new Float64Array(MOST);

/** From one to the other, in a slight bend; past a place between the rows. `bend`: pixels. Shows with the next `unite`. */
export function addLine(
  surface: RampSurface,
  line: Line,
  from: Spot,
  to: Spot,
  leaps: boolean,
  bend: number,
  random: Random,
): void {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const far = Math.sqrt(dx * dx + dy * dy);
  const off = 2 * bend * random.between(-1, 1);
  const middleX = (from.x + to.x) / 2;
  const middleY = (from.y + to.y) / 2;
  // A quadratic curve: from + t · (p + t · q)
  const px = 2 * ((leaps ? middleX + off : middleX - (off * dy) / far) - from.x);
  const py = 2 * ((leaps ? HEIGHT + off - middleY : middleY + (off * dx) / far) - from.y);
  const qx = dx - px;
  const qy = dy - py;
  const begin = leaves(from, from, px, py, qx, qy, 0);
  const end = leaves(to, from, px, py, qx, qy, 1);
  if (begin >= end) return;
  const step = line.kind === 'waves' ? line.period / 6 : line.period;
  const steps = Math.min(MOST - 1, Math.max(2, Math.round(((end - begin) * far) / step)));
  for (let i = 0; i <= steps; i++) {
    const t = begin + ((end - begin) * i) / steps;
    xs[i] = from.x + t * (px + t * qx);
    ys[i] = from.y + t * (py + t * qy);
  }
  addPath(surface, line, steps);
}

/** Where the curve leaves a spot in which one of its ends lies, to a hundredth. */
function leaves(
  { x, y, halfWidth, halfHeight }: Spot,
  from: Spot,
  px: number,
  py: number,
  qx: number,
  qy: number,
  end: 0 | 1,
): number {
  let inside: number = end;
  let outside = 0.5;
  for (let i = 0; i < 6; i++) {
    const t = (inside + outside) / 2;
    const u = Math.abs(from.x + t * (px + t * qx) - x);
    const v = Math.abs(from.y + t * (py + t * qy) - y);
    if (u < halfWidth + AWAY && v < halfHeight + AWAY) inside = t;
    else outside = t;
  }
  return outside;
}

/** Through points 0 to `last`, in the manner of a deployment; without gaps, for what crosses has to be followed. */
function addPath(surface: RampSurface, { kind, width }: Line, last: number): void {
  for (let i = 0; i <= last; i++) {
    const before = Math.max(0, i - 1);
    const after = Math.min(last, i + 1);
    const dx = xs[after]! - xs[before]!;
    const dy = ys[after]! - ys[before]!;
    const length = Math.sqrt(dx * dx + dy * dy);
    rightX[i] = dy / length;
    rightY[i] = -dx / length;
  }
  if (kind === 'rails') {
    const [near, far] = [RAIL[0] * width, RAIL[1] * width];
    addBand(surface, last, near, far);
    addBand(surface, last, -far, -near);
    return;
  }
  if (kind === 'beads') for (let i = 1; i < last; i++) surface.circle(xs[i]!, ys[i]!, width);
  if (kind === 'waves')
    for (let i = 0; i <= last; i++) {
      const swing = (width / 2) * sinTurns(i / 6);
      xs[i]! += swing * rightX[i]!;
      ys[i]! += swing * rightY[i]!;
    }
  const half = HALF[kind] * width;
  addBand(surface, last, -half, half);
}

/** Between two distances to the right of the points. To the farther first, so that it turns as circles do and covers them. */
function addBand(surface: RampSurface, last: number, near: number, far: number): void {
  surface.moveTo(xs[0]! + far * rightX[0]!, ys[0]! + far * rightY[0]!);
  for (let i = 1; i <= last; i++) surface.lineTo(xs[i]! + far * rightX[i]!, ys[i]! + far * rightY[i]!);
  for (let i = last; i >= 0; i--) surface.lineTo(xs[i]! + near * rightX[i]!, ys[i]! + near * rightY[i]!);
  surface.close();
}
