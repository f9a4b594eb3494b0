/** Every combination of the kind `text`. */
import type { ChallengeSpec, Difficulty } from '../../../lib/challenge/challenge.ts';
import { createTextKind } from '../../../lib/challenge/text/text.ts';
import { newRenderer } from '../../render/stage.ts';

export const kind = createTextKind(newRenderer());

export type Case = Omit<ChallengeSpec, 'seed' | 'lang' | 'format'>;

export const CASES: readonly Case[] = kind.presets.flatMap(({ name: preset, alphabets }) =>
  ([1, 2, 3] as Difficulty[]).flatMap((difficulty) =>
    alphabets.map((alphabet) => ({ preset, difficulty, alphabet })),
  ),
);

export const nameOf = ({ preset, difficulty, alphabet }: Case): string =>
  `${preset} ${difficulty} ${alphabet}`;

export const spec = (of: Case, seed: string, format: 'png' | 'bmp' = 'png'): ChallengeSpec => ({
  ...of,
  seed,
  lang: 'en',
  format,
});
