/**
 * What is asked: characters, words, composed words, sums, Chinese characters. A generator knows nothing of looks: it says which
 * glyphs a picture has to show, what the right answer is, and what a blind guess is worth. Every preset can show any of them.
 */
import type { Random } from '../../util/random.ts';
import type { AlphabetName, AnswerFormat, Difficulty, GeneratorName, PictureLanguage } from '../challenge.ts';
import { SETS, type SetName } from './alphabets.ts';
import type { TextSolution } from './check.ts';
import { findComposed, findWord } from './dictionary.ts';
import { drawSum } from './sums.ts';

export type Note = Readonly<Record<PictureLanguage, string>>;

export interface AskOptions {
  readonly generator: GeneratorName;
  readonly difficulty: Difficulty;
  /** characters: which. */
  readonly alphabet: AlphabetName;
  /** characters: the preset's own set of that alphabet. */
  readonly set: SetName;
  /** characters: one's own alphabet instead. */
  readonly characters?: string | undefined;
  /** How many of them; one of these. Sums have no length. */
  readonly lengths: readonly number[];
  /** characters: none comes twice, as far as there are enough. */
  readonly distinct?: boolean | undefined;
}

export interface Asked {
  /** The glyphs to read, in order: digits, capitals, + − × = ?, Chinese characters. */
  readonly shown: readonly string[];
  readonly solution: TextSolution;
  readonly answerFormat: AnswerFormat;
  /** What the best blind guess is worth. */
  readonly guess: number;
  /** What to do, where nothing else has to be said. */
  readonly note: Note;
  /** What to do with the glyphs, once it is clear which ones count; absent: type them. */
  readonly onceChosen?: Note;
  /** Other glyphs that may stand beside these without standing out. */
  readonly pool: readonly string[];
}

/** Lengths of what is asked by itself. Characters: the preset's. */
const LENGTHS: Readonly<
  Record<Exclude<GeneratorName, 'characters'>, Readonly<Record<Difficulty, readonly number[]>>>
> = {
  words: { 1: [4, 5], 2: [5, 6], 3: [6, 7, 8] },
  composed: { 1: [5, 6], 2: [6, 7], 3: [7, 8] },
  arithmetic: { 1: [], 2: [], 3: [] },
  hanzi: { 1: [2], 2: [3], 3: [4] },
};

export const lengthsOf = (
  generator: GeneratorName,
  difficulty: Difficulty,
  characters: readonly number[],
): readonly number[] => (generator === 'characters' ? characters : LENGTHS[generator][difficulty]);

/** The most glyphs that a picture may have to show. */
export function mostShown(generator: GeneratorName, lengths: readonly number[]): number {
  return generator === 'arithmetic' ? 7 : Math.max(...lengths);
}

/** The sets, character by character. */
const POOLS = Object.fromEntries(
  Object.entries(SETS).map(([name, set]) => [name, [...set]]),
) as unknown as Readonly<Record<SetName, readonly string[]>>;

const CHARACTERS: Note = {
  'zh-CN': '请输入图中的字符，不分大小写。',
  en: 'Type the characters you see; upper or lower case does not matter.',
};
const WORD: Note = {
  'zh-CN': '请输入图中的英文单词，不分大小写。',
  en: 'Type the word you see; upper or lower case does not matter.',
};
const MADE_UP: Note = {
  'zh-CN': '请输入图中的字母，不分大小写。',
  en: 'Type the letters you see; they make a word that does not exist.',
};
const SUM: Note = { 'zh-CN': '请输入图中算式的结果。', en: 'Work out what you see and type the result.' };
const SUM_ONCE_CHOSEN: Note = {
  'zh-CN': '这些字符组成一个算式，请输入结果。',
  en: 'They make a sum: type its result only.',
};
const HANZI: Note = { 'zh-CN': '请输入图中的汉字。', en: 'Type the Chinese characters you see.' };

export function ask(options: AskOptions, random: Random): Asked {
  switch (options.generator) {
    case 'characters':
      return askCharacters(options, random);
    case 'words':
      return askWord(findWord(options.lengths, random), WORD);
    case 'composed':
      return askWord(findComposed(options.lengths, random), MADE_UP);
    case 'arithmetic':
      return askSum(options.difficulty, random);
    case 'hanzi':
      return askFrom(POOLS.hanzi, 'hanzi', options, random);
  }
}

function askCharacters(options: AskOptions, random: Random): Asked {
  const { characters, set } = options;
  return characters === undefined
    ? askFrom(POOLS[set], set, options, random)
    : askFrom([...characters], 'custom', options, random);
}

function askFrom(
  pool: readonly string[],
  set: SetName | 'custom',
  { lengths, distinct, alphabet, characters }: AskOptions,
  random: Random,
): Asked {
  const length = random.pick(lengths);
  const apart = distinct === true && pool.length >= Math.max(...lengths);
  const shown = apart ? random.sample(pool, length) : Array.from({ length }, () => random.pick(pool));
  const texts = (n: number) => {
    let all = 1;
    for (let i = 0; i < n; i++) all *= apart ? pool.length - i : pool.length;
    return all;
  };
  const named = set === 'hanzi' || set === 'custom' ? set : alphabet;
  return {
    shown,
    solution: { text: shown.join(''), set, ...(set === 'custom' && { characters: characters! }) },
    answerFormat: {
      type: 'characters',
      alphabet: named,
      // Where the length varies, nobody says it
      ...(lengths.length === 1 && { length }),
    },
    // Then the shortest is the best bet
    guess: 1 / texts(Math.min(...lengths)) / lengths.length,
    note: set === 'hanzi' ? HANZI : CHARACTERS,
    pool,
  };
}

function askWord({ word, of }: { word: string; of: number }, note: Note): Asked {
  const text = word.toUpperCase();
  return {
    shown: [...text],
    solution: { text, set: 'words' },
    answerFormat: { type: 'characters', alphabet: 'letters' },
    guess: 1 / of,
    note,
    pool: POOLS.words,
  };
}

function askSum(difficulty: Difficulty, random: Random): Asked {
  const { shown, result, of } = drawSum(difficulty, random);
  return {
    shown: [...shown],
    solution: { text: String(result), set: 'number' },
    answerFormat: { type: 'number' },
    guess: 1 / of,
    note: SUM,
    onceChosen: SUM_ONCE_CHOSEN,
    pool: POOLS.digits,
  };
}
