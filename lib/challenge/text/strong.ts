/**
 * `strong`: ours. Two loose rows on a curve, every glyph in a face of its own; only the characters that wear one mark count, and which
 * mark that is changes from challenge to challenge. Waves bend the glyphs; lines, discs and letters taller than the picture flip the
 * contrast, strokes invert what they cross.
 *
 * strong-rules.ts: what is asked. strong-layout.ts: where things stand. strong-picture.ts: drawing, with strong-marks.ts, strong-flips.ts
 * and strong-strokes.ts. strong-style.ts: what a deployment's key and epoch decide. How strong it is, and how readable: docs/strength.md.
 *
 * Difficulty 1: four characters count. 2: four to six, and nobody says how many. 3: five or six, with more in the way.
 */
import type { Random } from '../../util/random.ts';
import type { Difficulty } from '../challenge.ts';
import { strongSet } from './alphabets.ts';
import type { TextPreset } from './preset.ts';
import { HEIGHT, WIDTH } from './strong-layout.ts';
import type { Standing } from './strong-marks.ts';
import { drawStrong, type StrongLook } from './strong-picture.ts';
import { markAll, noteOf, type Rule } from './strong-rules.ts';
import { type StrongStyle, styleOf } from './strong-style.ts';

export interface Look extends StrongLook {
  readonly distractors: readonly number[];
}

const LENGTHS: TextPreset['lengths'] = { 1: [4], 2: [4, 5, 6], 3: [5, 6] };

const LOOKS: Readonly<Record<Difficulty, Look>> = {
  1: {
    distractors: [2],
    cap: [23, 27],
    framedCap: [19, 22],
    turn: 0.025,
    lean: 0.06,
    stretch: 0.1,
    bend: 1.5,
    warp: 1,
    flips: 1,
    strokes: [1, 1],
    framedStrokes: [0, 0],
    strokeWidth: 2.4,
  },
  2: {
    distractors: [2, 3],
    cap: [23, 27],
    framedCap: [19, 21],
    turn: 0.03,
    lean: 0.08,
    stretch: 0.15,
    bend: 2,
    warp: 1.2,
    flips: 1,
    strokes: [1, 1],
    framedStrokes: [0, 0],
    strokeWidth: 2.2,
  },
  3: {
    distractors: [3],
    cap: [21, 26],
    framedCap: [17, 20],
    turn: 0.035,
    lean: 0.15,
    stretch: 0.2,
    bend: 2.5,
    warp: 1.8,
    flips: 2,
    strokes: [1, 2],
    framedStrokes: [1, 1],
    strokeWidth: 2.6,
  },
};

/** The style where no deployment gives one: samples, sheets, tests. */
const NO_KEY = 'none';

/** What solvers ask for: the preset without one of its factors, and where its glyphs stand. */
export interface StrongVariant {
  readonly look?: Partial<Look>;
  readonly style?: Partial<StrongStyle>;
  readonly lengths?: TextPreset['lengths'];
  readonly tell?: (rule: Rule, glyphs: readonly Standing[]) => void;
}

export function strongPreset({ look, style, lengths = LENGTHS, tell }: StrongVariant = {}): TextPreset {
  return {
    name: 'strong',
    formats: ['png', 'bmp'],
    alphabets: ['alphanumeric', 'letters', 'digits'],

    lengths,
    setOf: strongSet,
    size: () => ({ width: WIDTH, height: HEIGHT }),

    plan({ shown, pool, onceChosen }, spec, random) {
      const ownLook = { ...LOOKS[spec.difficulty], ...look };
      const ownStyle = style ? { ...styleOf(spec.style ?? NO_KEY), ...style } : styleOf(spec.style ?? NO_KEY);
      const rule = random.pick(ownStyle.rules);
      const counts = whichCount(random, shown.length + random.pick(ownLook.distractors), shown.length);
      const marks = markAll(rule, counts, random);
      const targets = shown.values();
      const characters = counts.map((count) => (count ? targets.next().value! : random.pick(pool)));
      const note = noteOf(rule);
      const plan = { characters, marks, rule, look: ownLook, style: ownStyle };
      return {
        note: onceChosen
          ? { 'zh-CN': note['zh-CN'] + onceChosen['zh-CN'], en: `${note.en} ${onceChosen.en}` }
          : note,
        draw: (renderer, drawing) =>
          drawStrong(plan, renderer, drawing, tell && ((glyphs) => tell(rule, glyphs))),
      };
    },
  };
}

export const strong = strongPreset();

function whichCount(random: Random, all: number, targets: number): boolean[] {
  return random.shuffle(Array.from({ length: all }, (_, i) => i < targets));
}
