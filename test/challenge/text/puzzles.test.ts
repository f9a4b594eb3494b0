import { expect, test } from 'vitest';
import { SETS } from '../../../lib/challenge/text/alphabets.ts';
import { textAnswers } from '../../../lib/challenge/text/check.ts';
import { decodeBmp, decodePng } from '../../render/decode.ts';
import { CASES, kind, nameOf, spec } from './cases.ts';

test('strong is the default', () => {
  expect(kind.presets.map((preset) => preset.name)).toEqual(['strong', 'classic', 'bitmap']);
});

test.each(CASES.map((one) => [nameOf(one), one] as const))('%s: a puzzle is whole', (_, one) => {
  for (let i = 0; i < 40; i++) {
    const puzzle = kind.generate(spec(one, `whole ${i}`));
    const { text, set } = puzzle.solution;
    expect(JSON.parse(JSON.stringify(puzzle.solution))).toEqual(puzzle.solution);
    expect([...text].every((character) => SETS[set].includes(character))).toBe(true);
    expect(textAnswers.check(puzzle.solution, puzzle.answer)).toBe(true);
    expect(puzzle.answerFormat).toMatchObject({ type: 'characters', alphabet: one.alphabet });
    if (puzzle.answerFormat.type === 'characters' && puzzle.answerFormat.length !== undefined)
      expect(text.length).toBe(puzzle.answerFormat.length);
    expect(puzzle.guess).toBeLessThanOrEqual(2e-4);
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

test.each(CASES.map((one) => [nameOf(one), one] as const))(
  '%s: the guess is the best that blind guessing can do',
  (_, one) => {
    const lengths = new Map<number, number>();
    const runs = 600;
    const firsts = new Map<string, number>();
    let size = 0;
    for (let i = 0; i < runs; i++) {
      const { text, set } = kind.generate(spec(one, `guess ${i}`)).solution;
      size = SETS[set].length;
      lengths.set(text.length, (lengths.get(text.length) ?? 0) + 1);
      firsts.set(text[0]!, (firsts.get(text[0]!) ?? 0) + 1);
    }
    const { guess } = kind.generate(spec(one, 'guess 0'));
    const likely = [...lengths].map(([length, count]) => {
      let texts = 1;
      for (let i = 0; i < length; i++) texts *= one.preset === 'classic' ? size - i : size;
      return count / runs / texts;
    });
    expect(guess / Math.max(...likely)).toBeGreaterThan(0.85);
    expect(guess / Math.max(...likely)).toBeLessThan(1.15);
    // Uniform: no first character far off its share (six standard deviations)
    const share = runs / size;
    expect(firsts.size).toBe(size);
    for (const count of firsts.values()) expect(Math.abs(count - share)).toBeLessThan(6 * Math.sqrt(share));
  },
);

test('strong asks for one style and says which, in both languages', () => {
  const notes = new Set<string>();
  for (let i = 0; i < 20; i++)
    for (const lang of ['zh-CN', 'en'] as const)
      notes.add(kind.generate({ seed: `${i}`, preset: 'strong', difficulty: 2, lang, format: 'png' }).note);
  expect([...notes].filter((note) => /solid|hollow|实心|空心/.test(note))).toHaveLength(4);
});

test('what no preset offers is refused', () => {
  const base = spec({ preset: 'strong', difficulty: 2 }, 'x');
  expect(() => kind.generate({ ...base, preset: '__proto__' })).toThrow(RangeError);
  expect(() => kind.generate({ ...base, format: 'webp' as 'png' })).toThrow(RangeError);
  expect(() => kind.generate({ ...base, alphabet: 'toString' as 'digits' })).toThrow(RangeError);
});
