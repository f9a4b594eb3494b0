/**
 * `npm run voices`: has speech engines say every item of voices/voices.json and packs what they say: lib/audio/voices-*.bin. Needs flite and
 * espeak-ng (Debian packages of these names). The same engines give the same bytes.
 *
 * A pack is "GGVP", the length of the header, the header (JSON, see lib/audio/pack.ts), then for each clip: the first step index, a byte
 * per 8 ms for how loud the hiss above 4 kHz is, a byte per pitch mark (distance to the one before, 128 more where the voice sounds),
 * and the samples at 8 kHz as ADPCM.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { HISS_STEP, type PackedVoice, type PackHeader } from '../../lib/audio/pack.ts';
import { encodeAdpcm } from './voices/adpcm.ts';
import { hissLevels } from './voices/hiss.ts';
import { pitchMarks, pitchTrack } from './voices/pitch.ts';
import list from './voices/voices.json' with { type: 'json' };
import { loudness, readWave, resample, scale, trim, type Wave } from './voices/wave.ts';

const RATE = 8000;
/** Root mean square of what sounds, of full scale. */
const LEVEL = 0.1;
/** gzip, a language */
const MOST_BYTES = 220 * 1024;

interface VoiceSource {
  readonly name: string;
  readonly engine: string;
  readonly arguments: readonly string[];
  readonly pitch: readonly number[];
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

function packClip(source: VoiceSource, text: string) {
  const wide = trim(resample(say(source, text), 2 * RATE));
  const loud = scale(wide, LEVEL / loudness(wide));
  const narrow = resample(loud, RATE);
  const [low, high] = source.pitch as [number, number];
  const marks = pitchMarks(narrow, pitchTrack(narrow, [low, high]));
  const { index, bytes } = encodeAdpcm(narrow.samples);
  const gaps = marks.map(({ at, voiced }, i) => (at - (marks[i - 1]?.at ?? 0)) | (voiced ? 128 : 0));
  return {
    samples: narrow.samples.length,
    marks: marks.length,
    data: Buffer.concat(
      [[index], hissLevels(loud.samples, 2 * HISS_STEP), gaps, bytes].map((part) => Uint8Array.from(part)),
    ),
  };
}

for (const [lang, { voices, items, only }] of Object.entries(list)) {
  const parts: Uint8Array[] = [];
  const packed = voices.map((source): PackedVoice => {
    const allowed = (only as Record<string, string>)[source.name];
    const names = Object.keys(items).filter((name) => allowed === undefined || allowed.includes(name));
    const clips = names.map((name) => packClip(source, (items as Record<string, string>)[name]!));
    parts.push(...clips.map(({ data }) => data));
    return {
      name: source.name,
      items: names,
      samples: clips.map(({ samples }) => samples),
      marks: clips.map(({ marks }) => marks),
    };
  });
  const header: PackHeader = { lang, rate: RATE, voices: packed };
  const text = Buffer.from(JSON.stringify(header));
  const head = Buffer.from('GGVP____');
  head.writeUInt32LE(text.length, 4);
  const file = Buffer.concat([head, text, ...parts]);
  const gzip = gzipSync(file, { level: 9 }).length;
  if (gzip > MOST_BYTES) throw new Error(`${lang}: ${gzip} bytes gzip, expected at most ${MOST_BYTES}`);
  writeFileSync(fileURLToPath(new URL(`../../lib/audio/voices-${lang}.bin`, import.meta.url)), file);
  const seconds = packed.flatMap(({ samples }) => samples).reduce((sum, n) => sum + n, 0) / RATE;
  console.log(
    `${lang}: ${packed.length} voices, ${seconds.toFixed(1)} s of speech, ${file.length} bytes, ${gzip} gzip`,
  );
}
