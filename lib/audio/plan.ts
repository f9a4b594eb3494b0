/**
 * What a take is made of, before anything sounds: who says what, when, how. A second of silence; then a voice says that it is the one to
 * follow, and after that the answer, while another voice says as many characters that are none of it, in between and at the same
 * time. Nothing but who speaks tells them apart: the task of the Coordinate Response Measure (Bolia et al., 2000), easy for people as
 * long as the voices differ as a man's and a woman's do (Brungart, 2001; Darwin et al., 2003). Far behind them a bed of words, many of them
 * backwards, leaves no pause silent.
 *
 * What is said, by whom, in which order and how is the same in every take of a challenge; takes differ in pace, pauses, shades, bed and
 * room. Otherwise they could be compared: what they had in common would be the answer, and what changed places with something would be of another voice.
 */
import { type Random, seededRandom } from '../util/random.ts';
import { type Clip, CUE, type Pack, type Voice } from './pack.ts';
import { castOf, pitchOf, type Talker, voiceOf } from './talkers.ts';

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
  readonly bend: number;
  readonly throat: number;
  readonly head: number;
  readonly tail: number;
  readonly fadeIn: number;
  readonly fadeOut: number;
}

export interface Plan {
  readonly samples: number;
  /** The cue, if the voice has one, and the answer. */
  readonly followed: readonly Event[];
  readonly other: readonly Event[];
  readonly bed: readonly Event[];
  readonly room: Room;
  /** Largest swing of the take, of full scale. */
  readonly peak: number;
  /** For the hiss. */
  readonly seed: number;
}

/** Four walls. */
type Room = readonly [Wall, Wall, Wall, Wall];

interface Wall {
  /** In samples. */
  readonly delay: number;
  readonly gain: number;
}

export interface Mix {
  /** How much louder the voice to follow is than the other, in dB. */
  readonly ratio: number;
  /** Which share of a character the other voice may talk into, least and most. Below 0: pauses, of so many characters' length. */
  readonly overlap: readonly [least: number, most: number];
  /** How much louder the voice to follow is than the bed, in dB. */
  readonly bed: number;
}

export interface Asked {
  /** Secret. */
  readonly seed: string;
  /** Another number is another take of the same challenge. */
  readonly take: number;
  readonly text: string;
  /** Every character that an answer of this kind may hold. */
  readonly among: string;
  readonly slow: boolean;
  readonly mix: Mix;
  /** Whether a voice's melody carries meaning, as in Mandarin: then it is only moved up or down. */
  readonly tonal: boolean;
}

const SILENCE = RATE;
/** Seconds after a pair of characters. Where both speak at once there is room for time to take each in. */
const PAUSES = { turns: [0.02, 0.16], together: [0.15, 0.35], slow: [0.4, 0.6] } as const;
const SLOW = 0.72;
const seconds = (time: number) => Math.round(time * RATE);
/** Recordings of an operator's own may be long. The kernel holds 25 s, and pauses don't shrink with the rest. */
const LONGEST = seconds(22);

export function planTake(pack: Pack, asked: Asked): Plan {
  const plan = planAt(pack, asked, asked.slow ? SLOW : 1);
  const longest = longestOf(asked);
  // The same again, only quicker
  return plan.samples > longest ? planAt(pack, asked, (plan.samples - SILENCE) / (longest - SILENCE)) : plan;
}

/** Six digits at normal speed stay below 60 KB. Words of the spelling alphabet and whoever asks for slow speech take their time, as far as the kernel holds it. */
const longestOf = ({ text, slow }: Asked) =>
  slow || /\D/.test(text) ? LONGEST : SILENCE + seconds(1 + 0.9 * text.length);

function planAt(pack: Pack, asked: Asked, pace: number): Plan {
  const shared = seededRandom(asked.seed, 'audio challenge');
  const random = seededRandom(`${asked.seed}/${asked.take}`, 'audio take');
  const decoys = decoysOf(pack, asked, shared);
  const cast = castOf(pack, [...asked.text, ...decoys], shared);
  const quick = pace * random.between(0.96, 1.04);
  const said: [Event[], Event[]] = [[], []];
  const pauses = PAUSES[asked.slow ? 'slow' : atOnce(asked.mix) ? 'together' : 'turns'];
  let at = SILENCE + seconds(random.between(0.05, 0.2));
  for (const pair of pairsOf(asked, decoys, cast[0].voice.clips.has(CUE), shared)) {
    const manners = pair.map(({ who, item }) =>
      manner(pack, asked, shared, cast[who], item, who === 0 ? 0 : -asked.mix.ratio),
    );
    let before: Event | undefined;
    for (const [i, own] of asLong(manners, asked.mix).entries()) {
      const { who, overlap } = pair[i]!;
      const start = before ? endOf(before) - Math.round((endOf(before) - before.start) * overlap) : at;
      before = { ...vary(own, quick, random), start };
      said[who].push(before);
    }
    at = Math.max(...said.flat().map(endOf)) + seconds(random.between(pauses[0], pauses[1]));
  }
  const samples = Math.max(...said.flat().map(endOf)) + seconds(random.between(0.1, 0.25));
  return {
    samples,
    followed: said[0],
    other: said[1],
    bed: murmur(pack, asked, random, endOf(said[0][0]!), samples),
    room: reflections(random),
    peak: random.between(0.75, 0.9),
    seed: random.uint32(),
  };
}

/** As many characters as the answer has, which are none of it. */
function decoysOf(pack: Pack, { text, among }: Asked, random: Random): string[] {
  const sayable = [...among].filter((character) => pack.voices.some(({ clips }) => clips.has(character)));
  return Array.from(text, () => random.pick(sayable));
}

interface Turn {
  /** 0: the voice to follow. */
  readonly who: 0 | 1;
  readonly item: string;
  /** How much of the one before it talks into. */
  readonly overlap: number;
}

/** The cue, then a character of each at a time, whoever is first. A voice without a cue leads with the first character. */
function pairsOf({ text, mix }: Asked, decoys: readonly string[], cue: boolean, random: Random): Turn[][] {
  const answer = [...text];
  const turn = (who: 0 | 1, item: string): Turn => ({ who, item, overlap: random.between(...mix.overlap) });
  const first = turn(0, cue ? CUE : answer.shift()!);
  const pairs = decoys.map((decoy, i) => {
    const pair = [turn(1, decoy), ...(answer[i] === undefined ? [] : [turn(0, answer[i])])];
    return random.chance() ? pair : pair.reverse();
  });
  return [[first], ...pairs];
}

/** Words, and whatever sounds an operator adds, one after another; nothing that could be an answer. */
function murmur(pack: Pack, asked: Asked, random: Random, from: number, until: number): Event[] {
  const sounds = words(pack);
  const events: Event[] = [];
  for (let at = from; sounds.length > 0 && at < until - seconds(0.1); ) {
    const { voice, item } = random.pick(sounds);
    const talker = { voice, pitch: pitchOf(pack, voice) + random.integer(-12, 12), throat: 1 };
    const reverse = random.chance(0.6);
    const event = { ...manner(pack, asked, random, talker, item, -asked.mix.bed), reverse, start: at };
    events.push(event);
    at = endOf(event) + seconds(random.between(-0.03, 0.12));
  }
  return events;
}

const wordsOf = new WeakMap<Pack, { readonly voice: Voice; readonly item: string }[]>();

/** What a pack says that is no answer, found once. */
function words(pack: Pack) {
  const found =
    wordsOf.get(pack) ??
    pack.voices.flatMap((voice) =>
      [...voice.clips.keys()]
        .filter((item) => item.length > 1 && item !== CUE)
        .map((item) => ({ voice, item })),
    );
  wordsOf.set(pack, found);
  return found;
}

function manner(
  pack: Pack,
  { tonal }: Asked,
  random: Random,
  talker: Talker,
  item: string,
  level: number,
): Event {
  const voiced = voiceOf(pack, talker, item, random.integer(-5, 5), random);
  return {
    ...voiced,
    throat: voiced.throat * random.between(0.96, 1.04),
    reverse: false,
    start: 0,
    gain: decibels(level + random.between(-1.5, 1.5)),
    tempo: random.between(0.95, 1.2),
    rise: tonal ? random.between(-0.05, 0.05) : random.between(-0.3, 0.3),
    bend: random.between(-0.5, 0.5),
    head: random.integer(0, seconds(0.01)),
    tail: random.integer(0, seconds(0.02)),
    fadeIn: random.integer(seconds(0.004), seconds(0.015)),
    fadeOut: random.integer(seconds(0.01), seconds(0.05)),
  };
}

const atOnce = ({ overlap }: Mix) => overlap[0] > 0;

/** Two that are said at once take the same time, half way between: what sticks out can be heard by itself. */
function asLong(events: readonly Event[], mix: Mix): readonly Event[] {
  const [a, b] = events;
  if (!a || !b || !atOnce(mix)) return events;
  const ratio = Math.sqrt((endOf(a) - a.start) / (endOf(b) - b.start));
  return [
    { ...a, tempo: a.tempo * ratio },
    { ...b, tempo: b.tempo / ratio },
  ];
}

/** The same in another take. */
function vary(event: Event, pace: number, random: Random): Event {
  return {
    ...event,
    gain: event.gain * decibels(random.between(-0.5, 0.5)),
    tempo: event.tempo * pace * random.between(0.97, 1.03),
    pitch: event.pitch * random.between(0.985, 1.015),
  };
}

const endOf = ({ clip, start, tempo, head, tail }: Event) =>
  start + Math.round((clip.samples - head - tail) / tempo);

/** The farther a wall, the fainter. */
function reflections(random: Random): Room {
  const size = random.between(0.5, 1.4);
  const wall = (delay: number, i: number): Wall => ({
    delay: seconds(delay * size * random.between(0.8, 1.2)),
    gain: (random.chance() ? 1 : -1) * random.between(0.1, 0.3) * (1 - 0.18 * i),
  });
  return [wall(0.011, 0), wall(0.019, 1), wall(0.029, 2), wall(0.043, 3)];
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
