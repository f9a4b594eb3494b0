/** The glyphs of `strong`: solid, hollow or hatched, whether they count or not. */
import type { Matrix, RampSurface, Stripes } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { Spot } from './strong-layout.ts';
import type { StrongStyle } from './strong-style.ts';

export const FILLS = ['solid', 'hollow', 'hatched'] as const;
export type Fill = (typeof FILLS)[number];

/** A glyph where it stands, before the waves. */
export interface Standing {
  readonly face: number;
  readonly character: string;
  readonly fill: Fill;
  readonly matrix: Matrix;
  readonly spot: Spot;
}

export function addGlyph(
  surface: RampSurface,
  { face, character, matrix, fill }: Standing,
  style: StrongStyle,
  random: Random,
): void {
  surface.glyph(face, character, matrix);
  if (fill === 'solid') surface.unite();
  else if (fill === 'hollow') surface.outline();
  else surface.hatch(stripesOf(style, random));
}

function stripesOf({ stripes: { angle, period, share } }: StrongStyle, random: Random): Stripes {
  const turn = angle + random.between(-0.06, 0.06);
  return { fx: cosTurns(turn) / period, fy: sinTurns(turn) / period, phase: random.unit(), share };
}
