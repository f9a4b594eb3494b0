/** What a take costs, and a pack of voices when it is first wanted. By CPU time of this process. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { loadSpeech } from '../../functions/speech.ts';
import { createEngine } from '../../lib/audio/engine.ts';
import { LANGUAGES } from '../../lib/audio/languages.ts';
import { readPack } from '../../lib/audio/pack.ts';
import { RATES } from '../../lib/audio/speech.ts';
import { mean, type Spread, spread } from './stats.ts';

export interface SoundFigures {
  readonly name: string;
  /** CPU microseconds each. */
  readonly cpuMicros: Spread;
  readonly bytes: number;
}

const place = (name: string) => readFileSync(new URL(`../../lib/audio/${name}`, import.meta.url));

export async function soundBench(rounds: number, takes: number): Promise<SoundFigures[]> {
  const figures: SoundFigures[] = [];
  const speech = loadSpeech();
  for (const lang of LANGUAGES)
    for (const rate of RATES) {
      const sizes: number[] = [];
      let count = 0;
      const round = async () => {
        const before = process.cpuUsage();
        for (let i = 0; i < takes; i++) {
          const seed = `bench ${count++}`;
          const text = String(100_000 + ((count * 7919) % 900_000));
          const asked = {
            seed,
            take: 1,
            text,
            among: '0123456789',
            lang,
            difficulty: 2,
            rate,
            slow: false,
          } as const;
          sizes.push((await speech.take(asked)).length);
        }
        return spent(before) / takes;
      };
      await round();
      const micros: number[] = [];
      for (let i = 0; i < rounds; i++) micros.push(await round());
      const name = `take of six digits, ${lang}, ${rate / 1000} kHz`;
      figures.push({ name, cpuMicros: spread(micros), bytes: Math.round(mean(sizes)) });
    }
  const kernel = new WebAssembly.Module(place('kernel.wasm'));
  for (const lang of LANGUAGES) {
    const file = place(`voices-${lang}.bin`);
    const micros = Array.from({ length: rounds }, () => {
      const before = process.cpuUsage();
      createEngine(kernel, readPack(file));
      return spent(before);
    });
    figures.push({
      name: `pack of ${lang} decoded (bytes: gzip)`,
      cpuMicros: spread(micros),
      bytes: gzipSync(file, { level: 9 }).length,
    });
  }
  return figures;
}

function spent(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
