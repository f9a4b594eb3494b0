/** Judges answers to text challenges; draws nothing. */
import type { AnswerCheck } from '../challenge.ts';
import { normalize, type SetName } from './alphabets.ts';

export interface TextSolution {
  /** The characters that count, in reading order. */
  readonly text: string;
  readonly set: SetName;
}

export const textAnswers: AnswerCheck<TextSolution> = {
  name: 'text',
  check(solution, answer) {
    if (typeof answer !== 'string' || typeof solution?.text !== 'string') return false;
    return solution.text.length > 0 && normalize(answer, solution.set) === solution.text;
  },
};
