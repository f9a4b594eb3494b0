/**
 * Attackers who never look at the things in the picture. Each sees one feature of a challenge, learns on one half which option
 * it goes with, and guesses the other half. Nobody may do better than chance: 25 %, give or take what so many trials allow.
 */
import { describe, expect, it } from 'vitest';
import { DIFFICULTIES, type Difficulty } from '../../../lib/challenge/challenge.ts';
import type { Draft } from '../../../lib/challenge/scene/graph.ts';
import { drawUp } from '../../../lib/challenge/scene/scene.ts';
import { optionWords } from '../../../lib/challenge/scene/words.ts';
import { scenes, spec } from './kit.ts';

const COUNT = 14_000;
const SLACK = 1.5;

interface Seen {
  readonly difficulty: Difficulty;
  readonly draft: Draft;
}

/** What is known about option `i`; options with the same words are treated alike. */
type Feature = (seen: Seen, i: number) => string;

const seen: Seen[] = DIFFICULTIES.flatMap((difficulty) =>
  Array.from({ length: COUNT }, (_, i) => ({
    difficulty,
    draft: drawUp({ seed: `fair ${i}`, difficulty }),
  })),
);

/** Per cent that a guesser gets right who picks the option whose feature was most often right before. */
function rate(feature: Feature, challenges: readonly Seen[] = seen): number {
  const tally = new Map<string, { right: number; all: number }>();
  let hits = 0;
  let tested = 0;
  for (const [n, one] of challenges.entries()) {
    const features = [0, 1, 2, 3].map((i) => feature(one, i));
    if (n % 2 === 0) {
      for (const [i, key] of features.entries()) {
        const entry = tally.get(key) ?? { right: 0, all: 0 };
        entry.all++;
        if (i === one.draft.right) entry.right++;
        tally.set(key, entry);
      }
      continue;
    }
    const hopes = features.map((key) => {
      const { right, all } = tally.get(key) ?? { right: 0, all: 0 };
      // Half of a quarter for what was never seen: rare features carry little weight
      return (right + 5) / (all + 20);
    });
    if (hopes.indexOf(Math.max(...hopes)) === one.draft.right) hits++;
    tested++;
  }
  return (100 * hits) / tested;
}

const text = ({ draft }: Seen, i: number) => optionWords(draft.claims[i]!, 'en');
const chinese = ({ draft }: Seen, i: number) => optionWords(draft.claims[i]!, 'zh-CN');
const rank = (words: (one: Seen, i: number) => string) => (one: Seen, i: number) => {
  const lengths = [0, 1, 2, 3].map((j) => words(one, j).length);
  return `${lengths.filter((length) => length < lengths[i]!).length}`;
};
const window = ({ draft }: Seen) => {
  const first = draft.claims[0]!;
  return first.says === 'count' ? first.number : 0;
};

const FEATURES: Readonly<Record<string, Feature>> = {
  letter: (_, i) => `${i}`,
  'letter and difficulty': ({ difficulty }, i) => `${difficulty} ${i}`,
  'what the option says': text,
  'what the option says, at each difficulty': (one, i) => `${one.difficulty} ${text(one, i)}`,
  'what the option and the question say': (one, i) => `${text(one, i)} ${one.draft.question.en}`,
  'letter and question': (one, i) => `${i} ${one.draft.question.en}`,
  'length of the English option': rank(text),
  'length of the Chinese option': rank(chinese),
  'window of numbers': (one, i) => `${window(one)} ${i}`,
  'window, difficulty and how many things there are': (one, i) =>
    `${one.difficulty} ${window(one)} ${one.draft.items.length} ${i}`,
  'kinds among the options': ({ draft }, i) => {
    const sorts = draft.claims.map((claim) => ('object' in claim ? claim.object.sort : ''));
    return `${sorts.filter((sort) => sort === sorts[i]).length}`;
  },
  'size of the first thing': ({ draft }, i) => `${Math.round((draft.items[0]?.size ?? 0) / 8)} ${i}`,
  'mean size': ({ draft, difficulty }, i) =>
    `${difficulty} ${Math.round(draft.items.reduce((sum, item) => sum + item.size, 0) / draft.items.length / 5)} ${i}`,
};

describe('nothing but looking helps', () => {
  it('the right letter is uniform at every difficulty (chi-square, 3 degrees, p > 0.001)', () => {
    for (const difficulty of DIFFICULTIES) {
      const letters = [0, 0, 0, 0];
      for (const one of seen) if (one.difficulty === difficulty) letters[one.draft.right]!++;
      const expected = COUNT / 4;
      const chi = letters.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chi, `${difficulty}: ${letters.join(' ')}`).toBeLessThan(16.27);
    }
  });

  it.each(Object.entries(FEATURES))('a guesser who knows only: %s', (_, feature) => {
    expect(Math.abs(rate(feature) - 25)).toBeLessThan(SLACK);
  });

  it('every object is right a quarter of the times it is an option', () => {
    const tally = new Map<string, { right: number; all: number }>();
    for (const { draft } of seen)
      for (const [i, claim] of draft.claims.entries()) {
        if (!('object' in claim)) continue;
        const entry = tally.get(claim.object.name) ?? { right: 0, all: 0 };
        entry.all++;
        if (i === draft.right) entry.right++;
        tally.set(claim.object.name, entry);
      }
    for (const [name, { right, all }] of tally) {
      expect(all, name).toBeGreaterThan(100);
      // Four and a half deviations: one object in some hundred thousand
      expect(Math.abs(right / all - 0.25), name).toBeLessThan(4.5 * Math.sqrt(0.1875 / all));
    }
  });

  it('a guesser who knows the length of the file', () => {
    const drawn = seen.filter((_, i) => i % 50 === 0).map((one, i) => ({ one, i: i * 50 }));
    const bytes = new Map(
      drawn.map(({ one, i }) => [
        one,
        scenes.generate(spec(`fair ${i % COUNT}`, { difficulty: one.difficulty })).picture().bytes.length,
      ]),
    );
    const step = (one: Seen) => Math.round(bytes.get(one)! / 3000);
    const family = (one: Seen) => one.draft.claims[0]!.says;
    const found = rate(
      (one, i) => `${one.difficulty} ${family(one)} ${step(one)} ${i}`,
      drawn.map(({ one }) => one),
    );
    // 420 trials: a deviation is 2.1; the long run has a closer look
    expect(found).toBeGreaterThan(18);
    expect(found).toBeLessThan(32);
  });
});
