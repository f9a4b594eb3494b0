/** `glyphgate voices check DIR`: everything that is wrong with a folder of own voices, before a server refuses to start on it. */
import { MANIFEST } from '../audio/own/manifest.ts';
import { openVoices } from '../audio/own/voices.ts';
import type { Pack } from '../audio/pack.ts';
import { answer } from './answer.ts';
import { textOf } from './arguments.ts';
import { bankFolder } from './bank-folder.ts';
import { CliError, type Command } from './command.ts';

export const voices: Command = {
  name: 'voices',
  summary: 'check a folder of voices of your own',
  operands: ['check', 'DIR'],
  options: {},
  notes: [
    `DIR holds ${MANIFEST} and the recordings that it names (docs/audio.md). Every problem is printed on a line of its own: the file, and what is wrong with it. The server does the same check before it starts with GLYPHGATE_VOICES=DIR.`,
  ],
  examples: ['glyphgate voices check my-voices'],

  async run(given, tools) {
    const folder = textOf(given, 'DIR')!;
    const { pack, problems } = openVoices(bankFolder(folder));
    const facts = { folder, lang: pack?.lang ?? null, voices: pack?.voices.map(summary) ?? [], problems };
    const found = pack ? [`${pack.lang}: ${pack.voices.map(summary).join(', ')}; no problems`] : [];
    answer(tools, given, facts, [...problems, ...found]);
    if (!pack)
      throw new CliError(
        `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${folder}.`,
      );
  },
};

function summary({ name, clips }: Pack['voices'][number]): string {
  const said = [...clips.keys()].filter((item) => item.length === 1).join('');
  return said === '' ? `${clips.size} overlays` : `${name} (${said})`;
}
