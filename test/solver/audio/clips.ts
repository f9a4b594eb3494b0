/** Clips for solvers: many to learn from, and three takes each of some that nobody has heard. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSpeech } from '../../../functions/speech.ts';
import type { Mix } from '../../../lib/audio/plan.ts';
import type { Rate } from '../../../lib/audio/speech.ts';
import { seededRandom } from '../../../lib/util/random.ts';

const DIGITS = '0123456789';
const LENGTH = 6;
/** So much louder than all else that there is nothing else. */
const ALONE = 90;

export interface ClipOptions {
  readonly lang: string;
  readonly mix: Mix;
  readonly train: number;
  readonly test: number;
  readonly seed: string;
}

/**
 * Writes FOLDER/train/N.wav, FOLDER/test/N-1.wav … N-3.wav, the same at 16 kHz (N-1-wide.wav), the followed voice alone (N-1-clean.wav,
 * N-1-clean-wide.wav), and FOLDER/labels.json.
 */
export async function writeClips(
  folder: string,
  { lang, mix, train, test, seed }: ClipOptions,
): Promise<void> {
  const speech = loadSpeech();
  const take = (text: string, name: string, number: number, rate: Rate = 8000, how = mix) =>
    speech.take({
      seed: `${seed} ${name}`,
      take: number,
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
  const alone = { ...mix, ratio: ALONE, bed: ALONE };
  for (const [part, count] of [
    ['train', train],
    ['test', test],
  ] as const) {
    mkdirSync(join(folder, part), { recursive: true });
    const random = seededRandom(seed, part);
    for (let i = 0; i < count; i++) {
      const text = Array.from({ length: LENGTH }, () => random.pick([...DIGITS])).join('');
      const name = `${part} ${i}`;
      labels[part]![i] = text;
      if (part === 'train') write(part, `${i}`, await take(text, name, 1));
      else
        for (const number of [1, 2, 3]) {
          write(part, `${i}-${number}`, await take(text, name, number));
          write(part, `${i}-${number}-wide`, await take(text, name, number, 16000));
          write(part, `${i}-${number}-clean`, await take(text, name, number, 8000, alone));
          write(part, `${i}-${number}-clean-wide`, await take(text, name, number, 16000, alone));
        }
    }
  }
  writeFileSync(join(folder, 'labels.json'), JSON.stringify(labels));
}
