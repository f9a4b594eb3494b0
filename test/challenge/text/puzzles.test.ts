import { expect, test } from 'vitest';
import { SETS, type SetName } from '../../../lib/challenge/text/alphabets.ts';
import { textAnswers } from '../../../lib/challenge/text/check.ts';
import { decodeBmp, decodePng } from '../../render/decode.ts';
import { CASES, kind, nameOf, spec } from './cases.ts';

test('strong is the default', () => {
  expect(kind.presets.map((preset) => preset.name)).toEqual([
    'strong',
    'plain',
    'classic',
    'gmail',
    'hotmail',
    'hotmail2008',
    'taobao',
    'bitmap',
  ]);
});

test.each(CASES.map((one) => [nameOf(one), one] as const))('%s: a puzzle is whole', (_, one) => {
  for (let i = 0; i < 8; i++) {
    const puzzle = kind.generate(spec(one, `whole ${i}`));
    const { text, set } = puzzle.solution;
    expect(JSON.parse(JSON.stringify(puzzle.solution))).toEqual(puzzle.solution);
    const made = set === 'number' ? SETS.digits : SETS[set as SetName];
    expect([...text].every((character) => made.includes(character))).toBe(true);
    expect(textAnswers.check(puzzle.solution, puzzle.answer)).toBe(true);
    if (puzzle.answerFormat.type === 'characters' && puzzle.answerFormat.length !== undefined)
      expect([...text].length).toBe(puzzle.answerFormat.length);
    expect(puzzle.guess).toBeLessThanOrEqual(one.text?.generator === 'arithmetic' ? 0.06 : 2.5e-3);
    const picture = puzzle.picture();
    const decoded = decodePng(picture.bytes);
    expect([decoded.width, decoded.height]).toEqual([picture.width, picture.height]);
    expect(picture.usedHeight).toBe(picture.height);
    expect(kind.generate(spec(one, `whole ${i}`)).picture().bytes).toEqual(picture.bytes);
    const bmp = kind.generate(spec(one, `whole ${i}`, 'bmp'));
    expect(bmp.solution).toEqual(puzzle.solution);
    expect(Buffer.from(decodeBmp(bmp.picture().bytes).rgb).equals(decoded.rgb)).toBe(true);
  }
});

test('what no preset offers is refused', () => {
  const base = spec({ preset: 'strong', difficulty: 2 }, 'x');
  expect(() => kind.generate({ ...base, preset: '__proto__' })).toThrow(RangeError);
  expect(() => kind.generate({ ...base, format: 'webp' })).toThrow(RangeError);
  expect(() => kind.generate({ ...base, alphabet: 'toString' as 'digits' })).toThrow(RangeError);
});
