/**
 * From outlines to the bytes the kernel draws. Units: 1024 to the em of a glyph or the box of an icon, y down; a glyph's
 * baseline is y = 0 (so most of it is negative). Everything little-endian, nothing aligned:
 *
 *     u16 contours
 *     per contour:  u16 segments, i16 x, i16 y (the start)
 *     per segment:  u8 0, i16 x, i16 y                     a line to (x, y)
 *                   u8 1, i16 cx, i16 cy, i16 x, i16 y     a quadratic through control (cx, cy) to (x, y)
 *
 * A contour closes by itself and has a segment at least. A space is 0 contours. Cubics become quadratics with an error of at most
 * `TOLERANCE`. Glyphs and icons travel in packs (pack.ts), where the same outlines take less room.
 */

export type Point = readonly [x: number, y: number];
/** A line has one point, a quadratic two (control, end), a cubic three. */
export type Segment = readonly Point[];
export interface Contour {
  readonly start: Point;
  readonly segments: readonly Segment[];
}

/** In units: 0.75/1024 of the em. */
const TOLERANCE = 0.75;

/** Packs contours given in the 1024-unit box. Throws when a number leaves int16 or is none. */
export function packContours(contours: readonly Contour[]): Uint8Array {
  const bytes: number[] = [];
  const put = (value: number) => {
    const n = Math.round(value);
    if (!(n >= -32768 && n <= 32767)) throw new RangeError(`outline: ${value} does not fit 16 bits`);
    bytes.push(n & 255, (n >> 8) & 255);
  };
  const drawn = contours
    .map(({ start, segments }) => ({ start, flat: toQuadratics(start, segments) }))
    .filter(({ flat }) => flat.length > 0);
  put(drawn.length);
  for (const { start, flat } of drawn) {
    put(flat.length);
    put(start[0]);
    put(start[1]);
    for (const segment of flat) {
      bytes.push(segment.length - 1);
      for (const [x, y] of segment) {
        put(x);
        put(y);
      }
    }
  }
  return Uint8Array.from(bytes);
}

function toQuadratics(start: Point, segments: readonly Segment[]): Segment[] {
  const flat: Segment[] = [];
  let from = start;
  for (const segment of segments) {
    if (segment.length === 3) flat.push(...cubic(from, segment));
    else flat.push(segment);
    from = segment.at(-1)!;
  }
  // Segments that rounding leaves without length cost time and draw nothing
  let at = rounded(start);
  return flat.filter((segment) => {
    const still = segment.every((point) => rounded(point) === at);
    at = rounded(segment.at(-1)!);
    return !still;
  });
}

const rounded = ([x, y]: Point) => `${Math.round(x)},${Math.round(y)}`;

/** n equal pieces, each replaced by a quadratic: off by at most √3/36 · |p3 − 3 p2 + 3 p1 − p0| / n³. */
function cubic(p0: Point, [p1, p2, p3]: Segment): Segment[] {
  const third = (i: 0 | 1) => p3![i] - 3 * p2![i] + 3 * p1![i] - p0[i];
  const error = (Math.sqrt(3) / 36) * Math.hypot(third(0), third(1));
  const n = Math.max(1, Math.ceil(Math.cbrt(error / TOLERANCE)));
  const value = (t: number, i: 0 | 1) => {
    const u = 1 - t;
    return u * u * u * p0[i] + 3 * u * u * t * p1![i] + 3 * u * t * t * p2![i] + t * t * t * p3![i];
  };
  const slope = (t: number, i: 0 | 1) => {
    const u = 1 - t;
    return 3 * (u * u * (p1![i] - p0[i]) + 2 * u * t * (p2![i] - p1![i]) + t * t * (p3![i] - p2![i]));
  };
  return Array.from({ length: n }, (_, k): Segment => {
    const a = k / n;
    const b = (k + 1) / n;
    // The mean of the two controls that the tangents at the ends give
    const control = (i: 0 | 1) =>
      (value(a, i) + value(b, i)) / 2 + ((slope(a, i) - slope(b, i)) * (b - a)) / 4;
    return [
      [control(0), control(1)],
      [value(b, 0), value(b, 1)],
    ];
  });
}

/** One drawing command of opentype.js (`font.getPath(…).commands`). */
export type PathCommand =
  | { type: 'M'; x: number; y: number }
  | { type: 'L'; x: number; y: number }
  | { type: 'Q'; x1: number; y1: number; x: number; y: number }
  | { type: 'C'; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
  | { type: 'Z' };

/** The contours of a glyph. For SVG path data see svg.ts. */
export function fromCommands(commands: readonly PathCommand[]): Contour[] {
  const contours: { start: Point; segments: Segment[] }[] = [];
  for (const c of commands) {
    if (c.type === 'M') contours.push({ start: [c.x, c.y], segments: [] });
    else if (c.type !== 'Z') {
      const end: Point = [c.x, c.y];
      const segment: Segment =
        c.type === 'L' ? [end] : c.type === 'Q' ? [[c.x1, c.y1], end] : [[c.x1, c.y1], [c.x2, c.y2], end];
      contours.at(-1)!.segments.push(segment);
    }
  }
  return contours.filter((contour) => contour.segments.length > 0);
}
