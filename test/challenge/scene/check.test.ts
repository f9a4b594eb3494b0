import { describe, expect, it } from 'vitest';
import { type SceneSolution, sceneAnswers } from '../../../lib/challenge/scene/check.ts';

describe('answers to a scene', () => {
  const solution: SceneSolution = { option: 'B' };

  it.each(['B', 'b', ' B ', 'Ｂ', 'ｂ', '\tb\n', '\u3000Ｂ'])('takes %j', (answer) => {
    expect(sceneAnswers.check(solution, answer)).toBe(true);
  });

  it.each(['A', 'C', 'D', 'X', '', ' ', 'BB', 'AB', 'ABCD', '2', '𝟚', 'б', 'ß', 'B'.repeat(100)])(
    'refuses %j',
    (answer) => {
      expect(sceneAnswers.check(solution, answer)).toBe(false);
    },
  );

  it('never throws, whatever it is given', () => {
    const odd = [undefined, null, 7, {}, [], ['B'], Symbol('B'), () => 'B', '\ud800', '\0'];
    for (const answer of odd) expect(sceneAnswers.check(solution, answer as string)).toBe(false);
    for (const broken of [undefined, null, {}, { option: 'X' }, 'B'])
      for (const answer of ['B', 'X', ''])
        expect(sceneAnswers.check(broken as SceneSolution, answer)).toBe(false);
  });
});
