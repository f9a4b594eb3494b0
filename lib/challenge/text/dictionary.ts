/** Words and made-up words by length, each as likely as any other. */
import type { Random } from '../../util/random.ts';
import { HEADS, TAILS, WORDS } from './words.ts';

export interface Found {
  readonly word: string;
  /** How many there were to choose from. */
  readonly of: number;
}

type ByLength = ReadonlyMap<number, readonly string[]>;

/** The lists are split when they are first used. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function byLength(list: string): ByLength {
  const groups = new Map<number, string[]>();
  for (const word of list.split(' ')) {
    const group = groups.get(word.length);
    if (group) group.push(word);
    else groups.set(word.length, [word]);
  }
  return groups;
}

const words = lazily(() => byLength(WORDS));
const heads = lazily(() => byLength(HEADS));
const tails = lazily(() => byLength(TAILS));

/** A common word of one of the lengths. */
export function findWord(lengths: readonly number[], random: Random): Found {
  const groups = lengths.map((length) => words().get(length) ?? []);
  const of = groups.reduce((sum, group) => sum + group.length, 0);
  let at = random.below(of);
  for (const group of groups) {
    const word = group[at];
    if (word !== undefined) return { word, of };
    at -= group.length;
  }
  throw new RangeError(`no word of ${lengths.join(' or ')} letters`);
}

/**
 * A word that does not exist but can be said: a beginning up to its only vowel and an end from a consonant on. So no two pairs
 * make the same word, and a pair is as likely as any other.
 */
export function findComposed(lengths: readonly number[], random: Random): Found {
  const pairs = [...heads()].flatMap(([length, first]) =>
    [...tails()]
      .filter(([rest]) => lengths.includes(length + rest))
      .map(([, second]) => ({ first, second, count: first.length * second.length })),
  );
  const of = pairs.reduce((sum, { count }) => sum + count, 0);
  let at = random.below(of);
  for (const { first, second, count } of pairs) {
    if (at < count) return { word: first[at % first.length]! + second[Math.floor(at / first.length)]!, of };
    at -= count;
  }
  throw new RangeError(`no word of ${lengths.join(' or ')} letters`);
}
