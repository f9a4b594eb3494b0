/** From a plan to a WAV file. */
import { cosTurns, sinTurns } from '../util/trig.ts';
import type { Engine } from './engine.ts';
import { type Event, type Plan, RATE } from './plan.ts';
import { wavFile } from './wav.ts';

const NOTE_SECONDS = 0.2;
/** Between the beginnings of two notes. */
const NOTE_STEP = 0.14;
const NOTE_LEVEL = 0.22;

/** `rate` 8000 gives 8 bits a sample, 16000 gives 16. */
export function record(engine: Engine, plan: Plan, rate: 8000 | 16000): Uint8Array<ArrayBuffer> {
  const { kernel } = engine;
  const { samples, answer, bed, chime, room, peak, seed } = plan;
  if (!kernel.begin(samples)) throw new RangeError(`a take of ${samples} samples is too long`);
  for (const event of bed) place(engine, event, samples);
  for (const event of answer) place(engine, event, samples);
  chime.notes.forEach((hertz, i) => {
    const start = chime.start + Math.round(i * NOTE_STEP * RATE);
    const length = Math.min(Math.round(NOTE_SECONDS * RATE), samples - start);
    kernel.tone(start, length, 2 * cosTurns(hertz / RATE), sinTurns(hertz / RATE), NOTE_LEVEL);
  });
  kernel.room(samples, 0, 0, 1);
  for (const { delay, gain } of room) kernel.room(samples, delay, gain, 0);
  const gain = peak / Math.max(kernel.peak(samples), 1e-6);
  if (rate === RATE) {
    kernel.bytes8(samples, gain);
    return wavFile(engine.written(samples), RATE, 8);
  }
  // Room for the hiss, which comes on top
  kernel.samples16(samples, 0.85 * gain, seed);
  return wavFile(engine.written(4 * samples), 2 * RATE, 16);
}

function place({ kernel, find }: Engine, event: Event, limit: number): void {
  const { clip, reverse, start, gain, tempo, pitch, rise, throat, head, tail, fadeIn, fadeOut } = event;
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
    throat,
    head,
    tail,
    fadeIn,
    fadeOut,
    limit,
  );
}
