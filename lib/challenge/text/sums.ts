/** Sums that are done in the head. Every result is as likely as any other, so that a guess is worth one in their number. */
import type { Random } from '../../util/random.ts';
import type { Difficulty } from '../challenge.ts';

export interface Sum {
  /** Such as 7+12=? */
  readonly shown: string;
  readonly result: number;
  /** How many results there could have been. */
  readonly of: number;
}

/** Results from and to; 1: one digit each, 2: one with two digits, or a product, 3: two with two digits, or a product. */
const RESULTS: Readonly<Record<Difficulty, readonly [least: number, most: number]>> = {
  1: [2, 18],
  2: [5, 81],
  3: [11, 98],
};

export function drawSum(difficulty: Difficulty, random: Random): Sum {
  const [least, most] = RESULTS[difficulty];
  const result = random.integer(least, most);
  const factors = difficulty === 1 ? [] : factorsOf(result);
  const terms =
    factors.length > 0 && random.chance(0.4)
      ? `${random.shuffle([...random.pick(factors)]).join('×')}`
      : random.chance(difficulty === 1 ? 0.7 : 0.5)
        ? added(result, difficulty, random)
        : taken(result, difficulty, random);
  return { shown: `${terms}=?`, result, of: most - least + 1 };
}

/** Pairs of one digit each, neither of them 1. */
function factorsOf(result: number): [number, number][] {
  return [2, 3, 4, 5, 6, 7, 8, 9].flatMap((a): [number, number][] => {
    const b = result / a;
    return Number.isInteger(b) && b >= a && b <= 9 ? [[a, b]] : [];
  });
}

function added(result: number, difficulty: Difficulty, random: Random): string {
  // The smaller part has one digit up to difficulty 2
  const most = difficulty === 3 ? Math.floor(result / 2) : Math.min(9, result - 1);
  const least = difficulty === 1 ? Math.max(1, result - 9) : 1;
  const part = random.integer(Math.min(least, most), most);
  return random.shuffle([part, result - part]).join('+');
}

function taken(result: number, difficulty: Difficulty, random: Random): string {
  const most = difficulty === 1 ? Math.max(1, 18 - result) : difficulty === 2 ? 9 : Math.min(49, 99 - result);
  const part = random.integer(1, Math.max(1, most));
  return `${result + part}−${part}`;
}
