/** The packed voices: what is in them, what they weigh, and that they are what they say. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { compileSoundKernel, SOUND_KERNEL } from '../../infra/build/kernel.ts';
import { createEngine } from '../../lib/audio/engine.ts';
import { canSay, LANGUAGES } from '../../lib/audio/languages.ts';
import { HISS_STEP, type Pack, readPack } from '../../lib/audio/pack.ts';
import { encodeAdpcm } from '../../lib/audio/recording/adpcm.ts';
import { pitchTrack } from '../../lib/audio/recording/pitch.ts';
import { readWave, resample } from '../../lib/audio/recording/wave.ts';
import { buzz, kernelModule, packFile, packOf } from './kit.ts';

test('the kernel is what its source compiles to, small, and asks for nothing but memory', async () => {
  const committed = readFileSync(SOUND_KERNEL);
  expect(Buffer.from(await compileSoundKernel()).equals(committed), 'run `npm run build:kernel`').toBe(true);
  expect(gzipSync(committed).length).toBeLessThanOrEqual(4 * 1024);
  expect(WebAssembly.Module.imports(kernelModule())).toEqual([
    { module: 'env', name: 'memory', kind: 'memory' },
  ]);
});

test('host and kernel agree where packs begin', () => {
  expect(createEngine(kernelModule(), packOf('en')).kernel.address(3)).toBe(0x2e0000);
});

describe.each(LANGUAGES)('the pack of %s', (lang) => {
  const pack = packOf(lang);

  it('weighs at most 220 KB gzip', () => {
    expect(gzipSync(packFile(lang), { level: 9 }).length).toBeLessThanOrEqual(220 * 1024);
  });

  it('has three voices for each digit, two for all else that can be said, and words that are no answer', () => {
    const voicesOf = (item: string) => pack.voices.filter(({ clips }) => clips.has(item)).length;
    for (const character of '0123456789') expect(voicesOf(character)).toBeGreaterThanOrEqual(3);
    for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
      if (canSay(lang, character)) expect(voicesOf(character)).toBeGreaterThanOrEqual(2);
    const words = new Set(
      pack.voices.flatMap(({ clips }) => [...clips.keys()]).filter((item) => item.length > 1),
    );
    expect(words.size).toBeGreaterThanOrEqual(8);
  });

  it('has voices that differ: in pitch by a tenth or more, or else in their vowels', () => {
    const pitches = pack.voices.map((voice) => medianPitch(pack, voice.name)).toSorted((a, b) => a - b);
    expect(pitches.at(-1)! / pitches[0]!).toBeGreaterThan(1.7);
    const apart = pitches.filter((pitch, i) => i === 0 || pitch / pitches[i - 1]! > 1.1);
    expect(apart.length).toBeGreaterThanOrEqual(3);
  });

  it('has marks within every clip', () => {
    for (const { clips } of pack.voices)
      for (const clip of clips.values()) {
        const marks = pack.bytes.subarray(...markBytes(clip));
        expect(marks.reduce((sum, byte) => sum + (byte & 127), 0)).toBeLessThan(clip.samples);
        expect(clip.marks).toBeGreaterThan(10);
      }
  });
});

type Clip = Parameters<typeof markBytes>[0];
function markBytes({ at, samples, marks }: { at: number; samples: number; marks: number }): [number, number] {
  const start = at + 1 + Math.ceil(samples / HISS_STEP);
  return [start, start + marks];
}

/** From the distances of its voiced marks. */
function medianPitch(pack: Pack, name: string): number {
  const { clips } = pack.voices.find((voice) => voice.name === name)!;
  const distances = [...clips].flatMap(([item, clip]: [string, Clip]) =>
    item.length > 1 ? [] : [...pack.bytes.subarray(...markBytes(clip))].filter((byte) => byte > 128),
  );
  return 8000 / (distances.toSorted((a, b) => a - b)[distances.length >> 1]! & 127);
}

test('what is no pack is refused', () => {
  expect(() => readPack(new Uint8Array(20))).toThrow(/GGVP/);
  expect(() => readPack(packFile('en').subarray(0, 100_000))).toThrow(/expected \d+ bytes, got 100000/);
});

describe('recording', () => {
  it('finds the pitch of a buzz', () => {
    for (const hertz of [90, 140, 220]) {
      const track = pitchTrack(resample(readWave(buzz(hertz, 0.4)), 8000), [65, 380]);
      const middle = track.slice(8, -8);
      expect(
        middle.every((found) => Math.abs(found / hertz - 1) < 0.03),
        `${hertz}: ${middle}`,
      ).toBe(true);
    }
  });

  it('encodes so that the kernel decodes what the encoder meant', () => {
    const { samples } = resample(readWave(buzz(140, 0.3)), 8000);
    for (const breadth of [1, 8]) {
      const { samples: meant } = encodeAdpcm(samples, breadth);
      const noise = samples.reduce((sum, x, i) => sum + (x - meant[i]!) ** 2, 0);
      const signal = samples.reduce((sum, x) => sum + x * x, 0);
      expect(10 * Math.log10(signal / noise)).toBeGreaterThan(15);
    }
  });
});
