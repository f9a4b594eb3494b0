/** What tests of the sound room share: real voices, WAV files made up, sounds measured. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPack } from '../../lib/audio/pack.ts';
import type { Rate, TakeSpec } from '../../lib/audio/speech.ts';
import { wavFile } from '../../lib/audio/wav.ts';

const place = (name: string) => fileURLToPath(new URL(`../../lib/audio/${name}`, import.meta.url));
export const packFile = (lang: string) => readFileSync(place(`voices-${lang}.bin`));
export const packOf = (lang: string) => readPack(packFile(lang));
export const kernelModule = () => new WebAssembly.Module(readFileSync(place('kernel.wasm')));

export const asked = (more: Partial<TakeSpec> = {}): TakeSpec => ({
  seed: 'test',
  take: 1,
  text: '493817',
  among: '0123456789',
  lang: 'en',
  difficulty: 2,
  rate: 8000,
  slow: false,
  ...more,
});

/** The samples of a WAV file, −1 … 1. */
export function samplesOf(file: Uint8Array, rate: Rate): Float64Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  return rate === 8000
    ? Float64Array.from({ length: file.length - 44 }, (_, i) => file[44 + i]! / 128 - 1)
    : Float64Array.from(
        { length: (file.length - 44) / 2 },
        (_, i) => view.getInt16(44 + 2 * i, true) / 32768,
      );
}

export const rms = (samples: Float64Array) =>
  Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / Math.max(1, samples.length));

/** A buzz of so many Hz, like a voice: 16 bits. */
export function buzz(hertz: number, seconds: number, rate = 16_000, level = 0.3): Uint8Array<ArrayBuffer> {
  const samples = new Int16Array(Math.round(seconds * rate));
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let k = 1; k < 12; k++) sum += Math.sin((2 * Math.PI * hertz * k * i) / rate) / k;
    samples[i] = Math.round(level * 16_000 * sum);
  }
  return wavFile(new Uint8Array(samples.buffer), rate, 16);
}
