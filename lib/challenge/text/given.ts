/** Draws characters that somebody else has chosen in the look of a preset: for kinds that show a text of their own. */
import type { Renderer } from '../../render/renderer.ts';
import { seededRandom } from '../../util/random.ts';
import type { Difficulty, Picture } from '../challenge.ts';
import { pictureOf } from './file.ts';
import type { Note } from './generators.ts';
import type { TextPreset } from './preset.ts';

export interface Given {
  readonly preset: TextPreset;
  /** Digits, capitals, signs or packed Chinese characters, in reading order. */
  readonly characters: readonly string[];
  readonly difficulty: Difficulty;
  /** Decides everything that is drawn besides. */
  readonly seed: string;
  /** Pixels, where the preset takes them; absent: its own size. */
  readonly width?: number;
  readonly height?: number;
}

/**
 * A png, and what to do with it: a preset that shows more than these characters says which ones count.
 *
 * @example drawGiven(renderer, { preset, characters: [...'X4K7'], difficulty: 2, seed })
 */
export function drawGiven(renderer: Renderer, given: Given): { picture: Picture; note: Note } {
  const { preset, characters, difficulty, seed, width, height } = given;
  const note: Note = { 'zh-CN': '请输入图中的字符，不分大小写。', en: 'Type the characters you see.' };
  const asked = {
    shown: characters,
    pool: characters,
    note,
    solution: { text: characters.join(''), set: 'custom', characters: characters.join('') },
    answerFormat: { type: 'characters', alphabet: 'custom' },
    guess: 0,
  } as const;
  const size = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
  const spec = { seed, preset: preset.name, difficulty, lang: 'en', format: 'png', text: size } as const;
  const plan = preset.plan(asked, spec, seededRandom(seed, 'given text plan'));
  const drawn = plan.draw(renderer, seededRandom(seed, 'given text picture'));
  return { picture: pictureOf(drawn, 'png', undefined), note: plan.note };
}
