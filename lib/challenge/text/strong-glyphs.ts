/** The glyphs of `strong`: solid, hollow or hatched, whether they count or not. */
import type { Matrix, RampSurface, Stripes } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import { cosTurns, sinTurns } from '../../util/trig.ts';
import type { Spot } from './strong-layout.ts';
import { FILLS, type Fill, type StrongStyle } from './strong-style.ts';

/** A glyph where it stands, before the waves. */
export interface Standing {
  readonly face: number;
  readonly character: string;
  readonly fill: Fill;
  readonly matrix: Matrix;
  readonly spot: Spot;
}

/** All of one fill at once: glyphs don't touch, and every composing call costs. */
export function addGlyphs(
  surface: RampSurface,
  glyphs: readonly Standing[],
  style: StrongStyle,
  random: Random,
): void {
  for (const fill of FILLS) {
    let any = false;
    for (const glyph of glyphs) {
      if (glyph.fill !== fill) continue;
      surface.glyph(glyph.face, glyph.character, glyph.matrix);
      any = true;
    }
    if (!any) continue;
    if (fill === 'solid') surface.unite();
    else if (fill === 'hollow') surface.outline();
    else surface.hatch(stripesOf(style, random));
  }
}

function stripesOf({ stripes: { angle, period, share } }: StrongStyle, random: Random): Stripes {
  const turn = angle + random.between(-0.06, 0.06);
  return { fx: cosTurns(turn) / period, fy: sinTurns(turn) / period, phase: random.unit(), share };
}
