/**
 * `npm run solve:audio`: how much machines hear. For each ratio of answer to bed, pocketsphinx with a grammar of digits and a net trained on
 * CLIPS clips for SECONDS of CPU time on one core, from one take and from three together; beside it how much of the sound is left for people.
 *
 *     npm run solve:audio -- [--lang en] [--ratios 12,8,4,0] [--clips 1000] [--seconds 240] [--test 150] [--no-net]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { percent } from '../reveal/wilson.ts';
import { writeClips } from './clips.ts';

const STREAMS = 2;

const { values } = parseArgs({
  options: {
    lang: { type: 'string', default: 'en' },
    ratios: { type: 'string', default: '12,8,4,0' },
    clips: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '240' },
    test: { type: 'string', default: '150' },
    'no-net': { type: 'boolean', default: false },
  },
});
const { lang, clips, seconds } = values;
const tested = Number(values.test);

interface Heard {
  readonly one: number;
  readonly three: number;
  readonly characters: number;
}

/** Debian's Python: the packages are its own. */
function python<T>(script: string, ...words: string[]): T {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/python3', [file, ...words]);
  if (status !== 0)
    throw new Error(
      `${script}: ${error?.message ?? stderr.toString()}\nOn Debian: apt-get install python3-numpy python3-scipy python3-torch python3-pocketsphinx pocketsphinx-en-us`,
    );
  return JSON.parse(stdout.toString()) as T;
}

const say = (who: string, { one, three, characters }: Heard, remark = '') =>
  console.log(
    `  ${who.padEnd(14)} one take ${percent(one * tested, tested).padEnd(24)} three takes ${percent(three * tested, tested).padEnd(24)} digits ${(100 * characters).toFixed(1)} %  ${remark}`,
  );

for (const ratio of values.ratios.split(',').map(Number)) {
  const folder = mkdtempSync(join(tmpdir(), 'glyphgate-audio-'));
  try {
    const train = values['no-net'] ? 0 : Number(clips);
    await writeClips(folder, { lang, mix: { ratio, streams: STREAMS }, train, test: tested, seed: 'solve' });
    const heard = python<{ stoi: number; lufs: number; sphinx?: Heard }>(
      'listen.py',
      folder,
      values.test,
      lang,
    );
    console.log(`${lang}, ratio ${ratio} dB: STOI ${heard.stoi.toFixed(3)}, ${heard.lufs.toFixed(1)} LUFS`);
    if (heard.sphinx) say('pocketsphinx', heard.sphinx);
    if (train === 0) continue;
    const net = python<Heard & { epochs: number }>('net.py', folder, seconds);
    say('net', net, `${clips} clips, ${seconds} s, ${net.epochs} epochs`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
