/** What takes too many pictures for every day: `npm run test:long`. */
import { describe, expect, it } from 'vitest';
import { DIFFICULTIES } from '../../lib/challenge/challenge.ts';
import { LEVELS } from '../../lib/challenge/scene/levels.ts';
import { flaw } from '../../lib/challenge/scene/proof.ts';
import { drawUp } from '../../lib/challenge/scene/scene.ts';
import { CASES, draftsOf, rate } from '../challenge/scene/guess.ts';
import { scenes, spec } from '../challenge/scene/kit.ts';
import { painted } from '../challenge/scene/record.ts';

describe('scenes, in the long run', () => {
  it('300,000 are proven, and no two are the same', () => {
    const known = new Set<string>();
    for (let i = 0; i < 300_000; i++) {
      const difficulty = DIFFICULTIES[i % 3]!;
      const draft = drawUp({ seed: `long ${i}`, difficulty });
      if (flaw(draft, LEVELS[difficulty].overlap)) expect.fail(`seed ${i}`);
      const lying = draft.items.map(({ object, x, y, size }) => `${object.name}${x},${y},${size}`);
      // Where no things lie, the first forty strokes tell pictures apart
      known.add(lying.length ? lying.join() : JSON.stringify(painted(draft).slice(0, 40)));
    }
    expect(known.size).toBe(300_000);
  });

  it.each(DIFFICULTIES)(
    'difficulty %i: the length of a file says nothing in 20,000 held-out pictures',
    (difficulty) => {
      const tally = new Map<string, number[]>();
      let hits = 0;
      const half = 20_000;
      for (let i = 0; i < 2 * half; i++) {
        const puzzle = scenes.generate(spec(`length ${i}`, { difficulty }));
        const right = 'ABCD'.indexOf(puzzle.answer);
        const key = `${Math.round(puzzle.picture().bytes.length / 1500)}`;
        const counts = tally.get(key) ?? [5, 5, 5, 5];
        tally.set(key, counts);
        if (i < half) counts[right]!++;
        else if (counts.indexOf(Math.max(...counts)) === right) hits++;
      }
      expect(Math.abs((100 * hits) / half - 25)).toBeLessThan(1.5);
    },
  );

  it('draws 20,000 pictures, none above 60 KB', () => {
    let largest = 0;
    for (let i = 0; i < 20_000; i++) {
      const lang = i % 2 ? 'en' : 'zh-CN';
      const { bytes } = scenes.generate(spec(`kilobytes ${i}`, { difficulty: 3, lang })).picture();
      largest = Math.max(largest, bytes.length);
    }
    expect(largest).toBeLessThanOrEqual(60 * 1024);
  });
});

describe.each(CASES)('$name $difficulty, in the long run', ({ family, difficulty, measures }) => {
  it('guessers who know where and how heavy get 25 % ± 1.5 of 20,000', () => {
    const drafts = draftsOf(family, difficulty, 40_000);
    for (const [known, measure] of Object.entries(measures))
      expect(Math.abs(rate(drafts, measure) - 25), known).toBeLessThan(1.5);
  });
});
