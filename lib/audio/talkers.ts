/**
 * Who speaks in a take: two talkers, as far apart as a man and a woman, made of whatever recordings there are. Pitch and length of throat are drawn
 * anew for each challenge and change together, as they do among people, so that neither tells by itself which of the two is the one to follow.
 */
import type { Random } from '../util/random.ts';
import { HISS_STEP, type Pack, type Voice } from './pack.ts';

export interface Talker {
  readonly voice: Voice;
  /** In quarters of a semitone above 50 Hz. */
  readonly pitch: number;
  /** How much shorter than usual at this pitch the throat is. */
  readonly throat: number;
}

/** Semitones between the two: men and women are about ten apart. */
const APART = [8, 12] as const;
/** Hz of the lower one. */
const LOW = [82, 130] as const;
/** Quarters of a semitone that a recording is moved by without sounding odd. */
const REACH = 34;

/** The one to follow, then the other. `items`: what both have to say. */
export function castOf(pack: Pack, items: readonly string[], random: Random): readonly [Talker, Talker] {
  const low = random.integer(stepsOf(LOW[0]), stepsOf(LOW[1]));
  const high = low + random.integer(4 * APART[0], 4 * APART[1]);
  const [a, b] = [low, high].map((pitch) => talker(pack, items, pitch, random));
  return random.chance() ? [a!, b!] : [b!, a!];
}

function talker(pack: Pack, items: readonly string[], pitch: number, random: Random): Talker {
  const distance = (voice: Voice) => Math.abs(pitchOf(pack, voice) - pitch);
  const can = pack.voices.filter(({ clips }) => items.every((item) => clips.has(item)));
  // Voices that share the work among them: who cannot say an item is stood in for
  const able =
    can.length > 0 ? can : pack.voices.filter(({ clips }) => items.some((item) => clips.has(item)));
  const near = able.filter((voice) => distance(voice) <= REACH);
  const nearest = able.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
  return {
    voice: random.pick(near.length > 0 ? near : nearest),
    pitch,
    throat: random.between(0.97, 1.03),
  };
}

/** Who says an item for a talker, and how the recording is bent for that. `moved`: further, in quarters of a semitone. */
export function voiceOf(
  pack: Pack,
  { voice, pitch, throat }: Talker,
  item: string,
  moved: number,
  random: Random,
) {
  const says = voice.clips.has(item)
    ? voice
    : random.pick(pack.voices.filter(({ clips }) => clips.has(item)));
  const steps = pitch - pitchOf(pack, says) + moved;
  return { clip: says.clips.get(item)!, pitch: power(QUARTER, steps), throat: throat * power(THROAT, steps) };
}

/** 2^(1/48), and its third power root but a little: throats differ among people by a sixth where pitch differs by ten semitones. */
const QUARTER = 1.0145453349375237;
const THROAT = 1.0043415641;

/** By plain multiplication, since bytes must agree across engines. */
function power(base: number, steps: number): number {
  let out = 1;
  for (let i = 0; i < Math.abs(steps); i++) out *= base;
  return steps < 0 ? 1 / out : out;
}

function stepsOf(hertz: number): number {
  let steps = 0;
  for (let at = 50; at < hertz; at *= QUARTER) steps++;
  return steps;
}

const known = new WeakMap<Voice, number>();

/** The median pitch of what a voice says, from the distances of its marks. */
export function pitchOf(pack: Pack, voice: Voice): number {
  const found = known.get(voice) ?? stepsOf(medianPitch(pack, voice));
  known.set(voice, found);
  return found;
}

/** Hz; that of a man where nothing sounds. */
function medianPitch({ bytes }: Pack, { clips }: Voice): number {
  const counts = new Array<number>(128).fill(0);
  for (const [item, { at, samples, marks }] of clips) {
    // Not the words: their number differs from voice to voice
    if (item.length > 1) continue;
    const first = at + 1 + Math.ceil(samples / HISS_STEP);
    for (const byte of bytes.subarray(first, first + marks)) if (byte > 128) counts[byte & 127]!++;
  }
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let sum = 0;
  const median = counts.findIndex((count) => {
    sum += count;
    return sum > half;
  });
  return median > 0 ? 8000 / median : 120;
}
