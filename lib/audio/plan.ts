/**
 * What a take is made of, before anything sounds: which voice says what, when, how. A take begins with a second of silence; then a
 * bed of other speech sets in, a chime marks the start, and after it the answer is said. Nothing before the chime counts, and nothing
 * in the bed is an answer: its words are none, and what it says of the answers' own kind runs backwards.
 */
import type { Random } from '../util/random.ts';
import type { Clip, Pack, Voice } from './pack.ts';

/** Samples a second at which takes are planned. */
export const RATE = 8000;

export interface Event {
  readonly clip: Clip;
  readonly reverse: boolean;
  /** In samples. */
  readonly start: number;
  readonly gain: number;
  readonly tempo: number;
  readonly pitch: number;
  readonly rise: number;
  readonly throat: number;
  readonly head: number;
  readonly tail: number;
  readonly fadeIn: number;
  readonly fadeOut: number;
}

export interface Plan {
  readonly samples: number;
  readonly answer: readonly Event[];
  readonly bed: readonly Event[];
  readonly chime: { readonly start: number; readonly notes: readonly number[] };
  readonly room: readonly { readonly delay: number; readonly gain: number }[];
  /** Largest swing of the take, of full scale. */
  readonly peak: number;
  /** For the hiss. */
  readonly seed: number;
}

export interface Mix {
  /** How much louder the answer is than the whole bed, in dB. */
  readonly ratio: number;
  /** How many speak in the bed at once. */
  readonly streams: number;
}

export interface Asked {
  readonly text: string;
  /** Every character that an answer of this kind may hold; none of them is said forwards in the bed. */
  readonly among: string;
  readonly slow: boolean;
  readonly mix: Mix;
  /** Whether a voice's melody carries meaning, as in Mandarin: then it is only moved up or down. */
  readonly tonal: boolean;
}

const SILENCE = RATE;
const seconds = (time: number) => Math.round(time * RATE);

export function planTake(pack: Pack, asked: Asked, random: Random): Plan {
  const { text, slow } = asked;
  const pace = slow ? 0.72 : 1;
  const chime = SILENCE + seconds(random.between(0.25, 0.6));
  let at = chime + seconds(random.between(0.5, 0.75));
  const answer = [...text].map((character): Event => {
    const said = sayings(pack, character);
    const event = manner(asked, random, random.pick(said), at, pace, decibels(random.between(-1.5, 1.5)));
    at = endOf(event) + seconds(slow ? random.between(0.25, 0.5) : random.between(-0.02, 0.24));
    return event;
  });
  const end = Math.max(...answer.map(endOf));
  const samples = end + seconds(random.between(0.15, 0.4));
  return {
    samples,
    answer,
    bed: Array.from({ length: asked.mix.streams }, () => murmur(pack, asked, random, samples)).flat(),
    chime: { start: chime, notes: random.pick(CHIMES) },
    room: reflections(random),
    peak: random.between(0.6, 0.9),
    seed: random.uint32(),
  };
}

/** Two notes each, in Hz. */
const CHIMES = [
  [880, 1320],
  [784, 1175],
  [988, 1319],
] as const;

/** One speaker after another, from the end of the silence to the end of the take. */
function murmur(pack: Pack, asked: Asked, random: Random, until: number): Event[] {
  const level = -asked.mix.ratio - 3 * (asked.mix.streams - 1);
  const events: Event[] = [];
  let at = SILENCE + seconds(random.between(0, 0.2));
  while (at < until - seconds(0.1)) {
    const voice = random.pick(pack.voices);
    const [item, clip] = random.pick([...voice.clips]);
    const reverse = asked.among.includes(item) || random.chance(0.4);
    const event = {
      ...manner(asked, random, clip, at, 1, decibels(level + random.between(-2, 2))),
      reverse,
    };
    events.push(event);
    at = endOf(event) + seconds(random.between(-0.03, 0.12));
  }
  return events;
}

function manner(
  { tonal }: Asked,
  random: Random,
  clip: Clip,
  start: number,
  pace: number,
  gain: number,
): Event {
  return {
    clip,
    reverse: false,
    start,
    gain,
    tempo: pace * random.between(0.92, 1.18),
    pitch: random.between(0.84, 1.22),
    rise: tonal ? random.between(-0.05, 0.05) : random.between(-0.25, 0.25),
    throat: random.between(0.93, 1.08),
    head: random.integer(0, seconds(0.01)),
    tail: random.integer(0, seconds(0.02)),
    fadeIn: random.integer(seconds(0.004), seconds(0.015)),
    fadeOut: random.integer(seconds(0.01), seconds(0.05)),
  };
}

function sayings(pack: Pack, character: string): Clip[] {
  const found = pack.voices.flatMap(({ clips }: Voice) => clips.get(character) ?? []);
  if (found.length === 0)
    throw new RangeError(`no voice of ${pack.lang} can say ${JSON.stringify(character)}`);
  return found;
}

const endOf = ({ clip, start, tempo, head, tail }: Event) =>
  start + Math.round((clip.samples - head - tail) / tempo);

/** A few walls: more reflections, later and fainter. */
function reflections(random: Random) {
  const size = random.between(0.5, 1.4);
  return [0.011, 0.019, 0.029, 0.043].map((delay, i) => ({
    delay: seconds(delay * size * random.between(0.8, 1.2)),
    gain: (random.chance() ? 1 : -1) * random.between(0.1, 0.3) * (1 - 0.18 * i),
  }));
}

/** 10^(dB/20) in steps of a quarter, by plain multiplication. */
function decibels(value: number): number {
  const steps = Math.round(4 * value);
  const factor = steps < 0 ? 1 / QUARTER : QUARTER;
  let gain = 1;
  for (let i = 0; i < Math.abs(steps); i++) gain *= factor;
  return gain;
}

const QUARTER = 1.0292005271944287;
