/** Judges answers to text challenges; draws nothing. */
import type { AnswerCheck } from '../challenge.ts';
import { plainDigits } from '../numerals.ts';
import { normalize, type SetName } from './alphabets.ts';

/**
 * What a text challenge asks for: one shape for every generator. `text` is what has to be typed, in reading order; a sum's is its
 * result in decimal digits. What a picture shows besides (distractors, the sum itself) is no part of it.
 */
export interface TextSolution {
  readonly text: string;
  /** What `text` is made of, which decides how an answer is compared. `custom`: of `characters`. */
  readonly set: SetName | 'number' | 'custom';
  readonly characters?: string;
}

export const textAnswers: AnswerCheck<TextSolution> = {
  name: 'text',
  check(solution, answer) {
    if (typeof answer !== 'string' || typeof solution?.text !== 'string') return false;
    return solution.text.length > 0 && compared(solution, answer) === solution.text;
  },
};

function compared({ text, set, characters }: TextSolution, given: string): string {
  // Whoever heard it may write it down in Chinese numerals, unless Chinese characters are what is asked for
  const answer = /^[\x21-\x7e]+$/.test(text) ? plainDigits(given) : given;
  // A number counts, however many zeros lead it
  if (set === 'number') return normalize(answer, 'digits').replace(/^0+(?=\d)/, '');
  return normalize(answer, set, typeof characters === 'string' ? characters : undefined);
}

/**
 * The symbols to be said, one by one, for the same answer: digits and capitals. Undefined where the solution has others (Chinese
 * characters): such a challenge has no spoken form. A sum is said by its result.
 *
 * @example spokenSymbols({ text: 'X4K', set: 'alphanumeric' }) // ['X', '4', 'K']
 */
export function spokenSymbols({ text }: TextSolution): readonly string[] | undefined {
  return /^[0-9A-Z]+$/.test(text) ? [...text] : undefined;
}
