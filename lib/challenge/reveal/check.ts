/** Judges answers to reveal challenges as those to text are judged: the code is typed, whatever made it readable. */
import type { AnswerCheck } from '../challenge.ts';
import { type TextSolution, textAnswers } from '../text/check.ts';

export const revealAnswers: AnswerCheck<TextSolution> = { ...textAnswers, name: 'reveal' };
