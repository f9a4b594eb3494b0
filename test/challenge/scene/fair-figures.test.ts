import { describe, expect, it } from 'vitest';
import { CASES, draftsOf, rate } from './guess.ts';

/** The long run has a closer look. */
const COUNT = 2400;

describe.each(CASES)('$name $difficulty', ({ name, family, difficulty, measures }) => {
  const count = name === 'symmetry' || name === 'contour' ? COUNT / 2 : COUNT;
  const drafts = draftsOf(family, difficulty, count);
  // Four and a half deviations of so many trials
  const slack = 4.5 * 100 * Math.sqrt(0.1875 / (count / 2));

  it('every letter is right as often (chi-square, 3 degrees, p > 0.001)', () => {
    const letters = [0, 1, 2, 3].map((i) => drafts.filter(({ right }) => right === i).length);
    const chi = letters.reduce((sum, each) => sum + (each - count / 4) ** 2 / (count / 4), 0);
    expect(chi, letters.join(' ')).toBeLessThan(16.27);
  });

  it.each(Object.entries(measures))('says nothing by %s', (_, measure) => {
    expect(Math.abs(rate(drafts, measure) - 25)).toBeLessThan(slack);
  });
});
