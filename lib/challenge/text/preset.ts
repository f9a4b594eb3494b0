/** What a look of the kind `text` is. A preset plans the picture from one stream and draws it from another. */
import type { RampSurface, Renderer } from '../../render/renderer.ts';
import type { Random } from '../../util/random.ts';
import type { AlphabetName, ChallengeSpec, Difficulty, Format, PresetInfo } from '../challenge.ts';
import type { SetName } from './alphabets.ts';
import type { Asked, Note } from './generators.ts';

export interface TextPreset extends PresetInfo {
  /** How many characters are asked for where a request does not say; one of these. */
  readonly lengths: Readonly<Record<Difficulty, readonly number[]>>;
  /** Whether no character comes twice. */
  readonly distinct?: boolean;
  /** Its own set of an alphabet; absent: the alphabet's. */
  setOf?(alphabet: AlphabetName): SetName;
  /** Its size in pixels for so many glyphs, where a request does not say. */
  size(difficulty: Difficulty, glyphs: number): Size;
  /** What a request may set: `size` in pixels, or only in whole multiples of its own; absent: nothing but the length. */
  readonly custom?: 'pixels' | 'multiples';
  plan(asked: Asked, spec: TextSpec, random: Random): TextPlan;
}

export type TextSpec = ChallengeSpec<Format>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface TextPlan {
  readonly note: Note;
  draw(renderer: Renderer, random: Random): Drawn;
}

/** A picture that only has to be written. */
export interface Drawn {
  readonly surface: RampSurface;
  readonly palette: Uint8Array;
}
