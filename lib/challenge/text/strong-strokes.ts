/** Strokes as thick as a glyph's lines that invert what they cross, so that the letters under them stay whole. */
import type { RampSurface } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { HEIGHT, LEFT, WIDTH } from './strong-layout.ts';
import type { Stroke } from './strong-style.ts';

/**
 * Strokes into the even-odd plane of everything that inverts. Each has a band of the picture of its own, for two that run side by side
 * through one letter make it hard to read.
 */
export function addStrokes(
  surface: RampSurface,
  kind: Stroke,
  count: number,
  width: number,
  random: Random,
): void {
  for (let i = 0; i < count; i++) {
    const band = { low: i / count, high: (i + 1) / count };
    const thick = width * random.between(0.9, 1.1);
    if (kind === 'ring') addRing(surface, thick, band, random);
    else if (kind === 'zigzag') addZigzag(surface, thick, band, random);
    else addCurve(surface, thick, band, random);
  }
}

/** A share of the picture's height, or of its width for rings. */
interface Band {
  readonly low: number;
  readonly high: number;
}

const EDGE = 5;

/** From side to side in one bend. */
function addCurve(surface: RampSurface, width: number, { low, high }: Band, random: Random): void {
  const room = HEIGHT - 2 * EDGE;
  const down = () => EDGE + room * random.between(low, high);
  const from = { x: random.between(LEFT, 50), y: down() };
  const to = { x: random.between(150, WIDTH - 4), y: down() };
  const control = { x: random.between(70, 130), y: down() + random.between(-25, 25) };
  surface.moveTo(from.x, from.y);
  surface.quadTo(control.x, control.y, to.x, to.y);
  surface.lineTo(to.x, to.y + width);
  surface.quadTo(control.x, control.y + width, from.x, from.y + width);
  surface.close();
}

/** From side to side in four straight pieces. */
function addZigzag(surface: RampSurface, width: number, { low, high }: Band, random: Random): void {
  const room = HEIGHT - 2 * EDGE - width;
  const points = [0, 1, 2, 3, 4].map((i) => ({
    x: LEFT + 8 + i * 40 + (i > 0 && i < 4 ? random.between(-12, 12) : 0),
    y: EDGE + room * random.between(low, high),
  }));
  points.forEach(({ x, y }, i) => {
    if (i === 0) surface.moveTo(x, y);
    else surface.lineTo(x, y);
  });
  for (const { x, y } of points.reverse()) surface.lineTo(x, y + width * 1.15);
  surface.close();
}

/** Round most of the picture's height. */
function addRing(surface: RampSurface, width: number, { low, high }: Band, random: Random): void {
  const radius = random.between(20, 34);
  const x = Math.max(LEFT + radius, LEFT + (WIDTH - LEFT - radius / 2) * random.between(low, high));
  const y = HEIGHT / 2 + random.between(-18, 18);
  surface.circle(x, y, radius);
  surface.circle(x, y, radius - width);
}
