/** Every combination of the kind `text`. */
import {
  type ChallengeSpec,
  DIFFICULTIES,
  type Format,
  GENERATORS,
} from '../../../lib/challenge/challenge.ts';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { newRenderer } from '../../render/stage.ts';

export const kind = createTextKind(newRenderer());

export type Case = Omit<ChallengeSpec, 'seed' | 'lang' | 'format'>;

/** Characters of every alphabet, then what the other generators ask for. */
export const CASES: readonly Case[] = kind.presets.flatMap(({ name: preset, alphabets }) =>
  DIFFICULTIES.flatMap((difficulty): Case[] => [
    ...alphabets.map((alphabet) => ({ preset, difficulty, alphabet })),
    ...GENERATORS.slice(1).map((generator) => ({ preset, difficulty, text: { generator } })),
  ]),
);

export const nameOf = ({ preset, difficulty, alphabet, text }: Case): string =>
  `${preset} ${difficulty} ${alphabet ?? text?.generator}`;

export const spec = (of: Case, seed: string, format: Format = 'png'): ChallengeSpec<Format> => ({
  ...of,
  seed,
  // Each seed a deployment of its own
  style: seed,
  lang: 'en',
  format,
});
