/** Judging an answer to a scene. Needs no drawing: a deployment that only verifies carries this and nothing else of the kind. */
import type { AnswerCheck } from '../challenge.ts';
import type { Letter } from './graph.ts';

export interface SceneSolution {
  readonly option: Letter;
}

/** The letter counts in either case and in either width, with or without space around it. */
export const sceneAnswers: AnswerCheck<SceneSolution> = {
  name: 'scene',
  check(solution, answer) {
    if (typeof answer !== 'string' || answer.length > 64) return false;
    const letter = answer.normalize('NFKC').trim().toUpperCase();
    return letter.length === 1 && 'ABCD'.includes(letter) && letter === solution?.option;
  },
};
