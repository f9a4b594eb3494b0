/**
 * `npm run solve:audio`: how much machines hear. For each mix (ratio of the followed voice to the other in dB, least and most overlap, ratio to the
 * bed), pocketsphinx with a grammar of digits and nets trained on CLIPS clips for SECONDS of CPU time on one core each, from one take
 * and from three together; beside it how much of the sound is left for people.
 *
 *     npm run solve:audio -- [--lang en] [--mixes=-3/0.9/1/12,0/0.9/1/12] [--nets plain,cue] [--clips 1000] [--seconds 240] [--learning-rate 0.003] [--test 300] [--listen 20] [--no-listen]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { percent } from '../reveal/wilson.ts';
import { writeClips } from './clips.ts';

const { values } = parseArgs({
  options: {
    lang: { type: 'string', default: 'en' },
    mixes: { type: 'string', default: '3/-0.2/0/18,-5/0.9/1/12' },
    nets: { type: 'string', default: 'plain,cue' },
    clips: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '240' },
    'learning-rate': { type: 'string', default: '0.003' },
    test: { type: 'string', default: '300' },
    listen: { type: 'string', default: '20' },
    'no-listen': { type: 'boolean', default: false },
  },
});
const { lang, clips, seconds, 'learning-rate': rate } = values;
const [tested, listened] = [Number(values.test), Math.min(Number(values.listen), Number(values.test))];

interface Listened {
  readonly stoi: number;
  readonly lufs: number;
  /** Of the mix, of the followed voice alone, and of what an ideal listener selects. */
  readonly sphinx?: Readonly<Record<'mixed' | 'alone' | 'selected', Heard>>;
}

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

const say = (who: string, { one, three, characters }: Heard, count: number, remark = '') =>
  console.log(
    `  ${who.padEnd(22)} one take ${percent(one * count, count).padEnd(24)} three takes ${percent(three * count, count).padEnd(24)} digits ${(100 * characters).toFixed(1)} %  ${remark}`,
  );

const nets = values.nets.split(',').filter(Boolean);

for (const [ratio, least, most, bed] of values.mixes.split(',').map((mix) => mix.split('/').map(Number))) {
  const folder = mkdtempSync(join(tmpdir(), 'glyphgate-audio-'));
  try {
    const mix = { ratio: ratio!, overlap: [least!, most!] as const, bed: bed! };
    const train = nets.length === 0 ? 0 : Number(clips);
    await writeClips(folder, { lang, mix, train, test: tested, seed: 'solve' });
    console.log(`${lang}, ratio ${ratio} dB, overlap ${least} to ${most}, bed ${bed} dB below`);
    if (!values['no-listen']) {
      const { stoi, lufs, sphinx } = python<Listened>('listen.py', folder, values.listen, lang);
      console.log(`  STOI ${stoi.toFixed(3)}, ${lufs.toFixed(1)} LUFS`);
      for (const [of, heard] of Object.entries(sphinx ?? {})) say(`pocketsphinx, ${of}`, heard, listened);
    }
    for (const manner of nets) {
      const net = python<Heard & { epochs: number }>('net.py', folder, seconds, manner, rate);
      say(`net, ${manner}`, net, tested, `${clips} clips, ${seconds} s, rate ${rate}, ${net.epochs} epochs`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
