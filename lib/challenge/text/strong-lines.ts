/** The lines of `strong`, from the marks where they begin and from glyph to glyph, and those marks. */
import type { RampSurface } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { sinTurns } from '../../util/trig.ts';
import { HEIGHT, type Spot } from './strong-layout.ts';
import { isLeap, type Place } from './strong-route.ts';
import type { Rule } from './strong-rules.ts';
import type { Line } from './strong-style.ts';

type Point = readonly [x: number, y: number];

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
  if (rule === 'square') surface.rect(x - RADIUS + 0.5, y - RADIUS + 0.5, 2 * RADIUS - 1, 2 * RADIUS - 1);
  else surface.circle(x, y, RADIUS);
  if (rule === 'ring') surface.outline();
  else surface.unite();
}

/** From one to the other, in a slight bend; past a place between the rows. `bend`: pixels. Shows with the next `unite`. */
export function addLine(
  surface: RampSurface,
  line: Line,
  [from, to]: readonly [Spot, Spot],
  places: readonly [Place, Place] | undefined,
  bend: number,
  random: Random,
): void {
  const way = [to.x - from.x, to.y - from.y] as const;
  const far = Math.hypot(...way);
  const off = 2 * bend * random.between(-1, 1);
  const middle = [(from.x + to.x) / 2, (from.y + to.y) / 2] as const;
  const control: Point =
    places && isLeap(...places)
      ? [middle[0] + off, HEIGHT + off - middle[1]]
      : [middle[0] - (off * way[1]) / far, middle[1] + (off * way[0]) / far];
  const at = (t: number): Point => {
    const [u, v, w] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    return [u * from.x + v * control[0] + w * to.x, u * from.y + v * control[1] + w * to.y];
  };
  const begin = leaves(from, at, 0);
  const end = leaves(to, at, 1);
  if (begin >= end) return;
  const pixels = (end - begin) * far;
  const steps = Math.max(2, Math.round(pixels / (line.kind === 'waves' ? line.period / 6 : line.period)));
  addPath(
    surface,
    line,
    Array.from({ length: steps + 1 }, (_, i) => at(begin + ((end - begin) * i) / steps)),
  );
}

/** Where the curve leaves a spot in which one of its ends lies, to a hundredth. */
function leaves(spot: Spot, at: (t: number) => Point, end: 0 | 1): number {
  let inside: number = end;
  let outside = 0.5;
  for (let i = 0; i < 6; i++) {
    const t = (inside + outside) / 2;
    if (isIn(spot, at(t))) inside = t;
    else outside = t;
  }
  return outside;
}

function isIn({ x, y, halfWidth, halfHeight }: Spot, [u, v]: Point): boolean {
  return Math.abs(u - x) < halfWidth + AWAY && Math.abs(v - y) < halfHeight + AWAY;
}

/** In the manner of a deployment; without gaps, for what crosses has to be followed. */
function addPath(surface: RampSurface, { kind, width }: Line, points: readonly Point[]): void {
  if (kind === 'beads') for (const [x, y] of points.slice(1, -1)) surface.circle(x, y, width);
  const half = (kind === 'beads' ? 0.6 : kind === 'waves' ? 0.8 : 1) * (width / 2);
  // Across the line, half of its width long; to the right, so that it turns as circles do and covers them
  const normals = points.map((_, i): Point => {
    const [x, y] = points[Math.max(0, i - 1)]!;
    const [u, v] = points[Math.min(points.length - 1, i + 1)]!;
    const long = Math.hypot(u - x, v - y);
    return [(half * (v - y)) / long, (-half * (u - x)) / long];
  });
  const middle = points.map(([x, y], i): Point => {
    const swing = kind === 'waves' ? (width / 2 / half) * sinTurns(i / 6) : 0;
    return [x + swing * normals[i]![0], y + swing * normals[i]![1]];
  });
  middle.forEach(([x, y], i) => {
    const [u, v] = normals[i]!;
    if (i === 0) surface.moveTo(x + u, y + v);
    else surface.lineTo(x + u, y + v);
  });
  for (let i = middle.length - 1; i >= 0; i--)
    surface.lineTo(middle[i]![0] - normals[i]![0], middle[i]![1] - normals[i]![1]);
  surface.close();
}
