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
const STEPS = 40;

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
  const points: Point[] = [];
  for (let i = 0; i <= STEPS; i++) {
    const t = i / STEPS;
    const [u, v, w] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    const point: Point = [u * from.x + v * control[0] + w * to.x, u * from.y + v * control[1] + w * to.y];
    if (!isIn(from, point) && !isIn(to, point)) points.push(point);
  }
  addPath(surface, line, points);
}

function isIn({ x, y, halfWidth, halfHeight }: Spot, [u, v]: Point): boolean {
  return Math.abs(u - x) < halfWidth + AWAY && Math.abs(v - y) < halfHeight + AWAY;
}

/** In the manner of a deployment; without gaps, for what crosses has to be followed. */
function addPath(surface: RampSurface, { kind, width, period }: Line, points: readonly Point[]): void {
  if (points.length < 2) return;
  if (kind === 'plain') {
    surface.polyline(points.flat(), width);
    return;
  }
  const swung: number[] = [];
  let along = 0;
  let [x, y] = points[0]!;
  for (const [nextX, nextY] of points) {
    const step = Math.hypot(nextX - x, nextY - y);
    const before = Math.floor(along / period);
    along += step;
    if (kind === 'beads') {
      if (Math.floor(along / period) > before) surface.circle(nextX, nextY, width);
    } else if (step > 0) {
      const swing = (width / 2) * sinTurns(along / period);
      swung.push(nextX - (swing * (nextY - y)) / step, nextY + (swing * (nextX - x)) / step);
    } else swung.push(x, y);
    [x, y] = [nextX, nextY];
  }
  if (kind === 'beads') surface.polyline(points.flat(), width * 0.6);
  else surface.polyline(swung, width * 0.8);
}
