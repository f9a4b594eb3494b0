/** Contours of any SVG segments to contours of lines and quadratics, and what can be measured on them. */
import type { Contour, Point, Segment } from './outlines.ts';

/** Every segment has one or two points. `tolerance`: how far the curve may stray, in the contour's units. */
export function toQuadratics(contour: Contour, tolerance: number): Contour {
  let from = contour.start;
  const segments: Segment[] = [];
  for (const segment of contour.segments) {
    const end = segment.at(-1)!;
    if (segment.length < 3) segments.push(segment);
    else segments.push(...cubicToQuadratics([from, ...segment], tolerance));
    from = end;
  }
  return { start: contour.start, segments };
}

const mid = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** n equal pieces, each with the quadratic through its ends: the error falls with n³ (T. Sederberg, CAGD notes, 2012). */
function cubicToQuadratics(cubic: readonly Point[], tolerance: number): Segment[] {
  const [p0, p1, p2, p3] = cubic as readonly [Point, Point, Point, Point];
  const bend = Math.hypot(p3[0] - 3 * p2[0] + 3 * p1[0] - p0[0], p3[1] - 3 * p2[1] + 3 * p1[1] - p0[1]);
  const n = Math.max(1, Math.ceil(Math.cbrt((bend * Math.sqrt(3)) / 36 / tolerance)));
  const pieces: Segment[] = [];
  let rest: readonly [Point, Point, Point, Point] = [p0, p1, p2, p3];
  for (let left = n; left > 0; left--) {
    const t = 1 / left;
    const [a, b, c, d] = rest;
    const [ab, bc, cd] = [mid(a, b, t), mid(b, c, t), mid(c, d, t)];
    const [abc, bcd] = [mid(ab, bc, t), mid(bc, cd, t)];
    const end = left === 1 ? d : mid(abc, bcd, t);
    const last = left === 1 ? c : abc;
    const first = left === 1 ? b : ab;
    const control: Point = [
      (3 * (first[0] + last[0]) - a[0] - end[0]) / 4,
      (3 * (first[1] + last[1]) - a[1] - end[1]) / 4,
    ];
    pieces.push([control, end]);
    rest = [end, bcd, cd, d];
  }
  return pieces;
}

export function flatten(contour: Contour, steps = 8): Point[] {
  const points: Point[] = [contour.start];
  let from = contour.start;
  for (const segment of contour.segments) {
    const [control, end] = segment as readonly [Point, Point];
    if (segment.length === 1) points.push(control);
    else
      for (let i = 1; i <= steps; i++) {
        const t = i / steps;
        points.push(mid(mid(from, control, t), mid(control, end, t), t));
      }
    from = segment.at(-1)!;
  }
  return points;
}

export function perimeter(polygon: readonly Point[]): number {
  const legs = polygon.map(([x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length]!;
    return Math.hypot(nextX - x, nextY - y);
  });
  return legs.reduce((sum, leg) => sum + leg, 0);
}

export function winding(polygon: readonly Point[], [x, y]: Point): number {
  let turns = 0;
  for (const [i, a] of polygon.entries()) {
    const b = polygon[(i + 1) % polygon.length]!;
    if (a[1] <= y === b[1] <= y) continue;
    const side = (b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1]);
    if (a[1] <= y && side > 0) turns++;
    if (b[1] <= y && side < 0) turns--;
  }
  return turns;
}
