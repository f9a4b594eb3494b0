/** From a plan to a WAV file. */
import type { Engine } from './engine.ts';
import { type Event, type Plan, RATE } from './plan.ts';
import { wavFile } from './wav.ts';

/** `rate` 8000 gives 8 bits a sample, 16000 gives 16. */
export function record(engine: Engine, plan: Plan, rate: 8000 | 16000): Uint8Array<ArrayBuffer> {
  const { kernel } = engine;
  const { samples, followed, other, bed, room, peak, seed } = plan;
  if (!kernel.begin(samples)) throw new RangeError(`a take of ${samples} samples is too long`);
  for (const event of [...bed, ...other, ...followed]) place(engine, event, samples);
  const [a, b, c, d] = room;
  const dry = kernel.room(samples, a.delay, a.gain, b.delay, b.gain, c.delay, c.gain, d.delay, d.gain);
  const swing = rate === RATE ? dry : kernel.widePeak(samples);
  const gain = peak / Math.max(swing, 1e-6);
  if (rate === RATE) {
    kernel.bytes8(samples, gain);
    return wavFile(engine.written(samples), RATE, 8);
  }
  kernel.samples16(samples, gain, seed);
  return wavFile(engine.written(4 * samples), 2 * RATE, 16);
}

function place({ kernel, find }: Engine, event: Event, limit: number): void {
  const { clip, reverse, start, gain, tempo, pitch, rise, bend, throat, head, tail, fadeIn, fadeOut } = event;
  const { samples, marks, hiss } = find(clip);
  kernel.place(
    samples,
    clip.samples,
    marks,
    clip.marks,
    hiss,
    reverse ? 1 : 0,
    start,
    gain,
    tempo,
    pitch,
    rise,
    bend,
    throat,
    head,
    tail,
    fadeIn,
    fadeOut,
    limit,
  );
}
