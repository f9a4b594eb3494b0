import { expect, test } from 'vitest';
import { offends } from '../../../infra/build/offensive.ts';
import { DIFFICULTIES, GENERATORS, type GeneratorName } from '../../../lib/challenge/challenge.ts';
import { SETS } from '../../../lib/challenge/text/alphabets.ts';
import { findComposed, findWord } from '../../../lib/challenge/text/dictionary.ts';
import { type AskOptions, ask, lengthsOf } from '../../../lib/challenge/text/generators.ts';
import { HANZI } from '../../../lib/challenge/text/hanzi.ts';
import { HEADS, TAILS, WORDS } from '../../../lib/challenge/text/words.ts';
import { seededRandom } from '../../../lib/util/random.ts';

const options = (
  generator: GeneratorName,
  difficulty: 1 | 2 | 3,
  more: Partial<AskOptions> = {},
): AskOptions => ({
  generator,
  difficulty,
  alphabet: 'alphanumeric',
  set: 'alphanumeric',
  lengths: lengthsOf(generator, difficulty, [4, 5]),
  ...more,
});

/** The share of the likeliest answer among many is what a guess is said to be worth. */
function expectGuess(of: AskOptions, runs: number): void {
  const random = seededRandom('guess', JSON.stringify(of));
  const counts = new Map<string, number>();
  let guess = 0;
  for (let i = 0; i < runs; i++) {
    const asked = ask(of, random);
    guess = asked.guess;
    counts.set(asked.solution.text, (counts.get(asked.solution.text) ?? 0) + 1);
  }
  const expected = runs * guess;
  const spread = 6 * Math.sqrt(expected);
  expect(Math.max(...counts.values())).toBeLessThan(expected + spread + 1);
  // And every answer comes up: there are as many as the guess says
  expect(counts.size).toBeGreaterThan((1 / guess) * 0.98);
  expect(counts.size).toBeLessThanOrEqual(Math.round(1 / guess));
}

test.each(DIFFICULTIES)(
  'sums of difficulty %s: right, readable, and a guess is worth what it says',
  (difficulty) => {
    expectGuess(options('arithmetic', difficulty), 30_000);
    const random = seededRandom('sums', `${difficulty}`);
    for (let i = 0; i < 3000; i++) {
      const { shown, solution } = ask(options('arithmetic', difficulty), random);
      const text = shown.join('');
      expect(text.length).toBeLessThanOrEqual(7);
      const [, a, sign, b] = /^([1-9]\d?)([+−×])([1-9]\d?)=\?$/.exec(text)!;
      const result =
        sign === '+' ? Number(a) + Number(b) : sign === '−' ? Number(a) - Number(b) : Number(a) * Number(b);
      expect(String(result), text).toBe(solution.text);
    }
  },
);

test('words, made-up words and characters: a guess is worth what it says', () => {
  expectGuess(options('words', 1), 30_000);
  expectGuess(options('composed', 1, { lengths: [5] }), 60_000);
  expectGuess(options('characters', 2, { characters: 'AB7', lengths: [4] }), 20_000);
  expectGuess(options('characters', 2, { characters: 'AB7CD', lengths: [4], distinct: true }), 20_000);
  expectGuess(options('hanzi', 1, { lengths: [1] }), 20_000);
});

test('a length is kept to, and of several any is drawn', () => {
  const random = seededRandom('lengths', '');
  for (const generator of GENERATORS.filter((name) => name !== 'arithmetic'))
    for (const length of generator === 'hanzi' ? [2, 3, 4] : [5, 6, 7, 8])
      expect(ask(options(generator, 2, { lengths: [length] }), random).shown).toHaveLength(length);
  const seen = new Set(Array.from({ length: 50 }, () => findWord([4, 8], random).word.length));
  expect([...seen].sort()).toEqual([4, 8]);
  expect(() => findComposed([3], random)).toThrow(RangeError);
});

test('no word offends, made up or not, and every made-up word has one way to be made', () => {
  expect(WORDS.split(' ').filter(offends)).toEqual([]);
  const [heads, tails] = [HEADS.split(' '), TAILS.split(' ')];
  const made = new Set<string>();
  for (const head of heads)
    for (const tail of tails) {
      if (offends(head + tail)) throw new Error(head + tail);
      made.add(head + tail);
    }
  expect(made.size).toBe(heads.length * tails.length);
});

test('Chinese characters are all different, and the set is the one on record', () => {
  expect(new Set(HANZI).size).toBe([...HANZI].length);
  expect(SETS.hanzi).toBe(HANZI);
});

test('an own alphabet keeps all that it lists', () => {
  const random = seededRandom('own', '');
  const seen = new Set<string>();
  for (let i = 0; i < 200; i++)
    for (const glyph of ask(options('characters', 2, { characters: '0O1IL', lengths: [8] }), random).shown)
      seen.add(glyph);
  expect([...seen].sort().join('')).toBe('01ILO');
});
