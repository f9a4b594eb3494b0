/**
 * `strong`: ours. Two loose rows, every glyph in a face of its own, filled or outlined; only one of the two counts. Waves
 * bend the glyphs, hard-edged polygons and a stroke invert what they cross. How it is laid out: strong-layout.ts.
 *
 * Difficulty 1: four characters count, no stroke, little warp. 2: five, one stroke. 3: four to six (nobody says how many),
 * more warp, a thicker stroke.
 */
import type { Random } from '../../util/random.ts';
import type { ChallengeSpec, PictureLanguage } from '../challenge.ts';
import { strongSet } from './alphabets.ts';
import { blindGuess, drawCharacters, type TextPreset } from './preset.ts';
import { drawStrong, type Mark, type StrongLook } from './strong-picture.ts';

interface Look extends StrongLook {
  readonly targets: readonly number[];
  readonly distractors: readonly number[];
}

const LOOKS: Readonly<Record<1 | 2 | 3, Look>> = {
  1: { targets: [4], distractors: [2], rotation: 0.03, warp: 1, flips: [2, 3], stroke: 0, cap: [26, 30] },
  2: {
    targets: [5],
    distractors: [2, 3],
    rotation: 0.05,
    warp: 1.5,
    flips: [2, 4],
    stroke: 2.6,
    cap: [24, 29],
  },
  3: {
    targets: [4, 5, 6],
    distractors: [2, 3],
    rotation: 0.055,
    warp: 2.1,
    flips: [3, 4],
    stroke: 3.2,
    cap: [23, 28],
  },
};

const NOTES: Readonly<Record<Mark, Readonly<Record<PictureLanguage, string>>>> = {
  filled: {
    'zh-CN': '只输入实心的字符，先上行后下行，不分大小写。',
    en: 'Type only the solid characters, top row first; upper or lower case does not matter.',
  },
  outlined: {
    'zh-CN': '只输入空心（只有轮廓）的字符，先上行后下行，不分大小写。',
    en: 'Type only the hollow (outlined) characters, top row first; upper or lower case does not matter.',
  },
};

export const strong: TextPreset = {
  name: 'strong',
  formats: ['png', 'bmp'],
  alphabets: ['alphanumeric', 'letters', 'digits'],

  plan({ alphabet = 'alphanumeric', difficulty, format }: ChallengeSpec, random) {
    const look = LOOKS[difficulty];
    const set = strongSet(alphabet);
    const targets = random.pick(look.targets);
    const all = targets + random.pick(look.distractors);
    const characters = drawCharacters(random, set, all);
    const wanted: Mark = random.chance() ? 'filled' : 'outlined';
    const counts = whichCount(random, all, targets);
    const text = [...characters].filter((_, i) => counts[i]).join('');
    // Where the length varies, the shortest is the best bet
    const shortest = Math.min(...look.targets);
    return {
      text,
      set,
      note: NOTES[wanted],
      ...(look.targets.length === 1 && { length: shortest }),
      guess: blindGuess(set, shortest) / look.targets.length,
      draw: (renderer, drawing) =>
        drawStrong({ characters, counts, wanted, look, format }, renderer, drawing),
    };
  },
};

function whichCount(random: Random, all: number, targets: number): boolean[] {
  return random.shuffle(Array.from({ length: all }, (_, i) => i < targets));
}
