import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TextSolution, textAnswers } from '../../../lib/challenge/text/check.ts';

const solution: TextSolution = { text: 'X4K7', set: 'strong-alphanumeric' };

test('right answers are right, however they are written', () => {
  for (const answer of ['X4K7', 'x4k7', ' x 4 k 7 ', 'Ｘ４Ｋ７', 'xak7'])
    expect(textAnswers.check(solution, answer)).toBe(true);
});

test('others are wrong', () => {
  for (const answer of ['', ' ', 'X4K', 'X4K77', '7K4X', 'X4K7\0', 'X4K7'.repeat(1000)])
    expect(textAnswers.check(solution, answer)).toBe(false);
  expect(textAnswers.check({ text: '', set: 'digits' }, '')).toBe(false);
});

test('it never throws', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (anySolution, anyAnswer) => {
      expect(typeof textAnswers.check(anySolution as TextSolution, anyAnswer as string)).toBe('boolean');
      expect(textAnswers.check(solution, anyAnswer as string)).toBe(false);
    }),
    { numRuns: 500 },
  );
});
