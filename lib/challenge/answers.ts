/** The judging half of every kind: all that a deployment needs which only verifies. */
import { audioAnswers } from './audio/check.ts';
import type { AnswerCheck, KindName } from './challenge.ts';
import { revealAnswers } from './reveal/check.ts';
import { sceneAnswers } from './scene/check.ts';
import { textAnswers } from './text/check.ts';

export const ANSWERS: Readonly<Record<KindName, AnswerCheck>> = {
  text: textAnswers as AnswerCheck,
  scene: sceneAnswers as AnswerCheck,
  reveal: revealAnswers as AnswerCheck,
  audio: audioAnswers as AnswerCheck,
};
