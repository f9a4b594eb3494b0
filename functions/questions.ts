/** The operator's bank, where one is configured: read, checked, and mixed into the scenes. Loaded only then, Photon with it. */
import { openBank } from '../lib/challenge/bank/bank.ts';
import { withPhotos } from '../lib/challenge/bank/photo-kind.ts';
import type { ChallengeKind } from '../lib/challenge/challenge.ts';
import { bankFolder } from '../lib/cli/bank-folder.ts';
import type { Config } from '../lib/config.ts';
import { ConfigError } from '../lib/errors.ts';
import { openPhotos } from '../lib/render/photo.ts';
import type { Renderer } from '../lib/render/renderer.ts';
import { withPackages } from './packages.ts';

type Questions = NonNullable<Config['questions']>;

export interface ScenesWithPhotos {
  readonly scene: ChallengeKind;
  /** How many questions the bank holds. */
  readonly ownQuestions: number;
}

/** Throws `ConfigError` with everything that is wrong with the bank. */
export async function mixPhotosIn(
  scenes: ChallengeKind,
  renderer: Renderer,
  { folder, ratio }: Questions,
): Promise<ScenesWithPhotos> {
  const photos = await withPackages('GLYPHGATE_QUESTIONS', 'a bank of photos', openPhotos);
  const { problems, ...bank } = openBank(bankFolder(folder), { renderer, photos });
  if (problems.length > 0)
    throw new ConfigError(
      [`GLYPHGATE_QUESTIONS: expected a folder without problems; ${folder} has these:`, ...problems].join(
        '\n  ',
      ),
    );
  return {
    scene: withPhotos(scenes, { renderer, photon: photos, bank, ratio }),
    ownQuestions: bank.questions.length,
  };
}
