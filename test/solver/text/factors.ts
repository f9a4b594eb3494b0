/** The factors of `strong`, each as what is drawn without it. */
import type { StrongVariant } from '../../../lib/challenge/text/strong.ts';
import { styleOf } from '../../../lib/challenge/text/strong-style.ts';

const style = styleOf('key1');

export const FACTORS: Readonly<Record<string, StrongVariant>> = {
  nothing: {},
  'contrast flips': { style: { flips: [] } },
  strokes: { look: { strokes: [0, 0], framedStrokes: [0, 0] } },
  'waves and the rows’ curve': { look: { warp: 0, bend: 0 } },
  'rotation, lean and stretch': {
    look: { turn: 0, lean: 0, stretch: 0 },
    style: { turn: 0, faces: style.faces.map(({ name }) => ({ name, lean: 0, stretch: 1 })) },
  },
  'many faces': { style: { faces: style.faces.slice(0, 1) } },
  'several rules': { style: { rules: style.rules.slice(0, 1) } },
  distractors: { look: { distractors: [0] } },
  'varying length': { lengths: { 1: [5], 2: [5], 3: [5] } },
};
