import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spokenSymbols, type TextSolution, textAnswers } from '../../../lib/challenge/text/check.ts';

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

test.each<[TextSolution, string[], string[]]>([
  [{ text: '12', set: 'number' }, ['12', ' 1 2 ', '１２', '012', 'l2'], ['13', '1.2', '', '-12', '12=']],
  [{ text: '1207', set: 'digits' }, ['一二〇七', '幺两零７'], ['一二〇', '一二〇八']],
  [{ text: '0', set: 'number' }, ['0', '00'], ['', 'x']],
  [{ text: '山水', set: 'hanzi' }, ['山水', ' 山 水'], ['水山', '山', '山水火']],
  // Lists both zero and O: neither is taken for the other. 1 stands alone: I and L are taken for it
  [{ text: '0O1', set: 'custom', characters: '01O' }, ['0O1', '0ol'], ['001', 'OO1']],
  [{ text: 'SLOW', set: 'words' }, ['slow', '5low'], ['SIOW', 'slo w!']],
])('%j', (of, right, wrong) => {
  for (const answer of right) expect(textAnswers.check(of, answer), answer).toBe(true);
  for (const answer of wrong) expect(textAnswers.check(of, answer), answer).toBe(false);
});

test('what can be said of a solution, symbol by symbol', () => {
  expect(spokenSymbols(solution)).toEqual(['X', '4', 'K', '7']);
  expect(spokenSymbols({ text: '12', set: 'number' })).toEqual(['1', '2']);
  expect(spokenSymbols({ text: '山水', set: 'hanzi' })).toBeUndefined();
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
