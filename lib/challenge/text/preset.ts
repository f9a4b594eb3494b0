/** What a look of the kind `text` is. A preset plans the puzzle from one stream and draws it from another. */

import type { Renderer } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import type { ChallengeSpec, Picture, PictureLanguage, PresetInfo } from '../challenge.ts';
import { SETS, type SetName } from './alphabets.ts';

export interface TextPlan {
  readonly text: string;
  readonly set: SetName;
  readonly note: Readonly<Record<PictureLanguage, string>>;
  /** How many characters the answer has, where that is always the same. */
  readonly length?: number;
  readonly guess: number;
  draw(renderer: Renderer, random: Random): Picture;
}

export interface TextPreset extends PresetInfo {
  plan(spec: ChallengeSpec, random: Random): TextPlan;
}

/** `length` characters of the set, with or without repeats. */
export function drawCharacters(random: Random, set: SetName, length: number): string {
  const characters = SETS[set];
  let text = '';
  for (let i = 0; i < length; i++) text += characters[random.below(characters.length)];
  return text;
}

/** 1 / (number of texts of that length). */
export function blindGuess(set: SetName, length: number): number {
  return 1 / SETS[set].length ** length;
}

export const NOTE: Readonly<Record<PictureLanguage, string>> = {
  'zh-CN': '请输入图中的字符，不分大小写。',
  en: 'Type the characters you see; upper or lower case does not matter.',
};

export function pictureOf(
  bytes: Uint8Array<ArrayBuffer>,
  format: 'png' | 'bmp',
  width: number,
  height: number,
): Picture {
  return { bytes, mediaType: `image/${format}`, width, height, usedHeight: height };
}
