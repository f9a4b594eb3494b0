/**
 * `strong`: ours. Two loose rows, every glyph in a face of its own, filled or outlined; only one of the two counts. Waves
 * bend the glyphs, hard-edged polygons and a stroke invert what they cross. How it is laid out: strong-layout.ts.
 *
 * Difficulty 1: four characters count, no stroke, little warp. 2: five, one stroke. 3: four to six (nobody says how many),
 * more warp, a thicker stroke.
 */
import type { Random } from '../../util/random.ts';
import type { PictureLanguage } from '../challenge.ts';
import { strongSet } from './alphabets.ts';
import type { TextPreset } from './preset.ts';
import { drawStrong, type Mark, STRONG_SIZE, type StrongLook } from './strong-picture.ts';

interface Look extends StrongLook {
  readonly distractors: readonly number[];
}

const LOOKS: Readonly<Record<1 | 2 | 3, Look>> = {
  1: { distractors: [2], rotation: 0.03, warp: 1, flips: [2, 3], stroke: 0, cap: [26, 30] },
  2: {
    distractors: [2, 3],
    rotation: 0.05,
    warp: 1.5,
    flips: [2, 4],
    stroke: 2.6,
    cap: [24, 29],
  },
  3: {
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

  lengths: { 1: [4], 2: [5], 3: [4, 5, 6] },
  setOf: strongSet,
  size: () => STRONG_SIZE,

  plan({ shown, pool, onceChosen }, { difficulty }, random) {
    const look = LOOKS[difficulty];
    const all = shown.length + random.pick(look.distractors);
    const wanted: Mark = random.chance() ? 'filled' : 'outlined';
    const counts = whichCount(random, all, shown.length);
    const targets = shown.values();
    const characters = counts.map((count) => (count ? targets.next().value! : random.pick(pool)));
    const note = NOTES[wanted];
    return {
      note: onceChosen
        ? { 'zh-CN': note['zh-CN'] + onceChosen['zh-CN'], en: `${note.en} ${onceChosen.en}` }
        : note,
      draw: (renderer, drawing) => drawStrong({ characters, counts, wanted, look }, renderer, drawing),
    };
  },
};

function whichCount(random: Random, all: number, targets: number): boolean[] {
  return random.shuffle(Array.from({ length: all }, (_, i) => i < targets));
}
