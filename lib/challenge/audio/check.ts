/** Judges answers to audio challenges; nothing sounds here. */
import type { AnswerCheck } from '../challenge.ts';
import { plainDigits } from '../numerals.ts';

export interface AudioSolution {
  readonly text: string;
}

/** Far more than any answer needs. */
const LONGEST = 64;

export const audioAnswers: AnswerCheck<AudioSolution> = {
  name: 'audio',
  check(solution, answer) {
    if (typeof answer !== 'string' || typeof solution?.text !== 'string') return false;
    return solution.text.length > 0 && heard(answer) === solution.text;
  },
};

/** As it was typed, or written as it was heard: full-width forms, Chinese numerals, the pauses between as spaces, commas or dashes. */
function heard(answer: string): string {
  const plain = answer
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(/[\s,，、.。-]+/gu, '');
  return plainDigits(plain).toUpperCase();
}
