/** The marks of `strong`: glyphs as solid, hollow or hatched shapes, what stands beside them, and the icon that shows what counts. */
import type { GlyphInfo, Matrix, RampSurface, Stripes } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import { HEIGHT } from './strong-layout.ts';
import type { Fill, Marks, Rule } from './strong-rules.ts';
import type { StrongStyle } from './strong-style.ts';

type Box = GlyphInfo['box'];

/** Width of a frame's line in pixels. */
const FRAME = 2;

/** A glyph where it stands, before the waves. */
export interface Standing {
  readonly face: number;
  readonly character: string;
  readonly marks: Marks;
  readonly matrix: Matrix;
}

export function addGlyph(
  surface: RampSurface,
  { face, character, matrix, marks }: Standing,
  style: StrongStyle,
  random: Random,
): void {
  surface.glyph(face, character, matrix);
  compose(surface, marks.fill, style, random);
}

function compose(surface: RampSurface, fill: Fill, style: StrongStyle, random: Random): void {
  if (fill === 'solid') surface.unite();
  else if (fill === 'hollow') surface.outline();
  else surface.hatch(stripesOf(style, random));
}

function stripesOf({ stripes: { angle, period, share } }: StrongStyle, random: Random): Stripes {
  const turn = angle + random.between(-0.06, 0.06);
  return { fx: cosTurns(turn) / period, fy: sinTurns(turn) / period, phase: random.unit(), share };
}

/** Around a glyph, leaning with it, into the even-odd plane of everything that inverts: over whatever it lies, it can be seen. */
export function addFrame(
  surface: RampSurface,
  matrix: Matrix,
  [left, top, right, bottom]: Box,
  gap: number,
): void {
  const [a, b, c, d] = matrix;
  // Units of the glyph to a pixel
  const x = 1 / (Math.abs(a) + Math.abs(b));
  const y = 1 / (Math.abs(c) + Math.abs(d));
  for (const far of [gap, gap + FRAME])
    quad(surface, matrix, [left - far * x, top - far * y, right + far * x, bottom + far * y]);
}

/** A box in units of the glyph. */
function quad(surface: RampSurface, [a, b, c, d, e, f]: Matrix, [l, t, r, m]: Box): void {
  surface.moveTo(a * l + c * t + e, b * l + d * t + f);
  surface.lineTo(a * r + c * t + e, b * r + d * t + f);
  surface.lineTo(a * r + c * m + e, b * r + d * m + f);
  surface.lineTo(a * l + c * m + e, b * l + d * m + f);
  surface.close();
}

const ICON_X = 10.5;
const RADIUS = 6;

/** The mark that counts, worn by a disc, on a ground that nothing inverts. */
export function addIcon(surface: RampSurface, rule: Rule, style: StrongStyle, random: Random): void {
  const y = HEIGHT / 2 + random.between(-14, 14);
  if (rule !== 'framed') {
    surface.circle(ICON_X, y, RADIUS);
    compose(surface, rule, style, random);
    return;
  }
  surface.circle(ICON_X, y, 4);
  surface.unite();
  surface.rect(ICON_X - RADIUS - 2, y - RADIUS - 2, 2 * RADIUS + 4, 2 * RADIUS + 4);
  surface.outline();
}
