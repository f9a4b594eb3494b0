/**
 * `npm run voices`: has speech engines say every item of voices.json and packs what they say: lib/audio/voices-*.bin. Needs flite and
 * espeak-ng (Debian packages of these names). The same engines give the same bytes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { CUE } from '../../lib/audio/pack.ts';
import { type RecordedVoice, recordClip, writePack } from '../../lib/audio/recording/clip.ts';
import { readWave, type Wave } from '../../lib/audio/recording/wave.ts';
import list from './voices.json' with { type: 'json' };

/** gzip, a language */
const MOST_BYTES = 220 * 1024;
const BREADTH = 8;

interface VoiceSource {
  readonly name: string;
  readonly engine: string;
  readonly arguments: readonly string[];
  readonly pitch: readonly number[];
  readonly bright: number;
}

const COMMANDS: Readonly<Record<string, (text: string, file: string) => string[]>> = {
  flite: (text, file) => ['-t', text, '-o', file],
  'espeak-ng': (text, file) => ['-w', file, text],
};

function say({ engine, arguments: given }: VoiceSource, text: string): Wave {
  const folder = mkdtempSync(join(tmpdir(), 'voices-'));
  try {
    const file = join(folder, 'said.wav');
    const { status, error, stderr } = spawnSync(engine, [...given, ...COMMANDS[engine]!(text, file)]);
    if (status !== 0)
      throw new Error(
        `${engine} failed (${error?.message ?? stderr.toString()}); on Debian: apt-get install flite espeak-ng`,
      );
    return readWave(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const [lang, { voices, items, only }] of Object.entries(list)) {
  const said = items as Readonly<Record<string, string>>;
  const recorded = voices.map((source: VoiceSource): RecordedVoice => {
    const allowed = (only as Readonly<Record<string, string>>)[source.name];
    const names = Object.keys(said).filter(
      (name) => allowed === undefined || allowed.includes(name) || name === CUE,
    );
    const options = { pitch: source.pitch as [number, number], bright: source.bright, breadth: BREADTH };
    return {
      name: source.name,
      clips: new Map(names.map((name) => [name, recordClip(say(source, said[name]!), options)])),
    };
  });
  const file = writePack(lang, recorded);
  const gzip = gzipSync(file, { level: 9 }).length;
  if (gzip > MOST_BYTES) throw new Error(`${lang}: ${gzip} bytes gzip, expected at most ${MOST_BYTES}`);
  writeFileSync(fileURLToPath(new URL(`../../lib/audio/voices-${lang}.bin`, import.meta.url)), file);
  console.log(`${lang}: ${recorded.length} voices, ${file.length} bytes, ${gzip} gzip`);
}
