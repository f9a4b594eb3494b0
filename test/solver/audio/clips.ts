/** Clips for solvers: many to learn from, and three takes each of some that nobody has heard. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSpeech } from '../../../functions/speech.ts';
import type { Mix } from '../../../lib/audio/plan.ts';
import type { Rate } from '../../../lib/audio/speech.ts';
import { seededRandom } from '../../../lib/util/random.ts';

const DIGITS = '0123456789';
const LENGTH = 6;
/** So much louder than its bed that there is none. */
const CLEAN = 90;

export interface ClipOptions {
  readonly lang: string;
  readonly mix: Mix;
  readonly train: number;
  readonly test: number;
  readonly seed: string;
}

/**
 * Writes FOLDER/train/N.wav, FOLDER/test/N-1.wav … N-3.wav, the same at 16 kHz (N-1-wide.wav), the first take without its bed
 * (N-clean.wav), and FOLDER/labels.json.
 */
export async function writeClips(
  folder: string,
  { lang, mix, train, test, seed }: ClipOptions,
): Promise<void> {
  const speech = loadSpeech();
  const take = (text: string, name: string, rate: Rate = 8000, how = mix) =>
    speech.take({
      seed: `${seed} ${name}`,
      text,
      among: DIGITS,
      lang,
      difficulty: 2,
      rate,
      slow: false,
      mix: how,
    });
  const labels: Record<string, Record<string, string>> = { train: {}, test: {} };
  const write = (part: string, name: string, bytes: Uint8Array) =>
    writeFileSync(join(folder, part, `${name}.wav`), bytes);
  for (const [part, count] of [
    ['train', train],
    ['test', test],
  ] as const) {
    mkdirSync(join(folder, part), { recursive: true });
    const random = seededRandom(seed, part);
    for (let i = 0; i < count; i++) {
      const text = Array.from({ length: LENGTH }, () => random.pick([...DIGITS])).join('');
      labels[part]![i] = text;
      if (part === 'train') write(part, `${i}`, await take(text, `${part} ${i}`));
      else
        for (const number of [1, 2, 3]) {
          const name = `${part} ${i}-${number}`;
          write(part, `${i}-${number}`, await take(text, name));
          write(part, `${i}-${number}-wide`, await take(text, name, 16000));
          if (number === 1) write(part, `${i}-clean`, await take(text, name, 8000, { ...mix, ratio: CLEAN }));
        }
    }
  }
  writeFileSync(join(folder, 'labels.json'), JSON.stringify(labels));
}
