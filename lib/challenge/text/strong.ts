/**
 * `strong`: ours. Two lines wander through two loose rows of characters, every glyph in a face of its own; one line is asked for by the mark
 * at which it begins, and what counts is what it passes, in its order. Which mark that is changes from challenge to challenge. Waves bend
 * everything; lines, discs and letters taller than the picture flip the contrast.
 *
 * strong-rules.ts: what is asked. strong-route.ts: where the lines go. strong-layout.ts: where things stand. strong-picture.ts: drawing, with
 * strong-glyphs.ts, strong-lines.ts and strong-flips.ts. strong-style.ts: what a deployment's key and epoch decide. How strong it is, and how
 * readable: docs/strength.md.
 *
 * Difficulty 1: four characters count. 2: five or six, and nobody says which. 3: as many, with more in the way. From 2 on a
 * line now and then passes a place: slower to read, and what keeps those out who learn from answers alone.
 */
import type { Difficulty } from '../challenge.ts';
import { strongSet } from './alphabets.ts';
import type { TextPreset } from './preset.ts';
import { HEIGHT, WIDTH } from './strong-layout.ts';
import { drawStrong, type StrongLook, type Told } from './strong-picture.ts';
import { noteOf, type Rule } from './strong-rules.ts';
import { type StrongStyle, styleOf } from './strong-style.ts';

export interface Look extends StrongLook {
  /** How many characters the other line passes. */
  readonly others: readonly number[];
}

const LENGTHS: TextPreset['lengths'] = { 1: [4], 2: [5, 6], 3: [5, 6] };

const LOOKS: Readonly<Record<Difficulty, Look>> = {
  1: {
    others: [3],
    cap: [20, 23],
    turn: 0.025,
    lean: 0.06,
    stretch: 0.1,
    loose: 1.5,
    tilt: 1,
    bend: 1,
    leaps: 0,
    warp: 1,
    flips: 1,
  },
  2: {
    others: [3, 4],
    cap: [19, 22],
    turn: 0.035,
    lean: 0.08,
    stretch: 0.15,
    loose: 2.5,
    tilt: 1.5,
    bend: 3.5,
    leaps: 0.3,
    warp: 1.3,
    flips: 1,
  },
  3: {
    others: [4],
    cap: [18, 21],
    turn: 0.035,
    lean: 0.12,
    stretch: 0.2,
    loose: 3,
    tilt: 2,
    bend: 4,
    leaps: 0.4,
    warp: 1.6,
    flips: 2,
    fills: ['solid', 'hollow', 'hatched'],
  },
};

/** The style where no deployment gives one: samples, sheets, tests. */
const NO_KEY = 'none';

/** What solvers ask for: the preset without one of its factors, and where its glyphs stand. */
export interface StrongVariant {
  readonly look?: Partial<Look>;
  readonly style?: Partial<StrongStyle>;
  readonly lengths?: TextPreset['lengths'];
  readonly tell?: (rule: Rule, told: Told) => void;
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
      const other = Array.from({ length: random.pick(ownLook.others) }, () => random.pick(pool));
      const note = noteOf(rule);
      const plan = { asked: shown, other, rule, look: ownLook, style: ownStyle };
      return {
        note: onceChosen
          ? { 'zh-CN': note['zh-CN'] + onceChosen['zh-CN'], en: `${note.en} ${onceChosen.en}` }
          : note,
        draw: (renderer, drawing) =>
          drawStrong(plan, renderer, drawing, tell && ((told) => tell(rule, told))),
      };
    },
  };
}

export const strong = strongPreset();
