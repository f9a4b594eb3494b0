/** The factors of `strong`, each as what is drawn without it. */
import type { StrongVariant } from '../../../lib/challenge/text/strong.ts';
import { styleOf } from '../../../lib/challenge/text/strong-style.ts';

const style = styleOf('key1');

export const FACTORS: Readonly<Record<string, StrongVariant>> = {
  nothing: {},
  'contrast flips': { style: { flips: [] } },
  'waves and bent lines': { look: { warp: 0, bend: 0 } },
  'rotation, lean and stretch': {
    look: { turn: 0, lean: 0, stretch: 0 },
    style: { turn: 0, faces: style.faces.map(({ name }) => ({ name, lean: 0, stretch: 1 })) },
  },
  'loose places': { look: { loose: 0, tilt: 0 } },
  'many faces': { style: { faces: style.faces.slice(0, 1) } },
  'hollow glyphs': { look: { fills: ['solid'] } },
  'lines past a place': { look: { leaps: 0 } },
  'a second line': { look: { others: [1] } },
  'varying length': { lengths: { 1: [5], 2: [5], 3: [5] } },
};
