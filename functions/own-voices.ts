/** The operator's voices, where a folder is configured: read and checked. Loaded only then. */
import { openVoices } from '../lib/audio/own/voices.ts';
import type { Pack } from '../lib/audio/pack.ts';
import { bankFolder } from '../lib/cli/bank-folder.ts';
import { ConfigError } from '../lib/errors.ts';

/** Throws `ConfigError` with everything that is wrong with the folder. */
export function loadOwnVoices(folder: string): Pack {
  const { pack, problems } = openVoices(bankFolder(folder));
  if (pack) return pack;
  throw new ConfigError(
    [`GLYPHGATE_VOICES: expected a folder without problems; ${folder} has these:`, ...problems].join('\n  '),
  );
}
