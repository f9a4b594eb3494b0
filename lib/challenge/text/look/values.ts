/** The values that stages are made of, as data has them: ranges, colours, and what depends on the difficulty. */
import * as v from 'valibot';
import type { Random } from '../../../util/random.ts';
import type { Difficulty } from '../../challenge.ts';
import { contrast, hexColor, LEAST_CONTRAST } from '../contrast.ts';

export type Rgb = readonly [red: number, green: number, blue: number];
export type Range = readonly [low: number, high: number];
/** One of several, or every channel between two values. */
export type ColorChoice = readonly Rgb[] | { readonly from: number; readonly to: number };

/** A number, or two between which one is drawn. */
export function range(low: number, high: number) {
  const within = (value: unknown) => typeof value === 'number' && value >= low && value <= high;
  return v.pipe(
    v.custom<number | readonly number[]>(
      (value) =>
        within(value) ||
        (Array.isArray(value) && value.length === 2 && value.every(within) && value[0] <= value[1]),
      `a number from ${low} to ${high}, or two of them, the smaller first`,
    ),
    v.transform((value): Range => (typeof value === 'number' ? [value, value] : [value[0]!, value[1]!])),
  );
}

/** The same for whole numbers. */
export function count(low: number, high: number) {
  const expected = `a whole number from ${low} to ${high}, or two of them, the smaller first`;
  return v.pipe(
    range(low, high),
    v.check((both) => both.every(Number.isInteger), expected),
  );
}

const HEX = /^#[0-9a-f]{6}$/i;
const isHex = (value: unknown): value is string => typeof value === 'string' && HEX.test(value);
const isChannels = (value: unknown): value is { from: number; to: number } => {
  const { from, to, ...more } = (value ?? {}) as Record<string, unknown>;
  const channel = (one: unknown) => Number.isInteger(one) && (one as number) >= 0 && (one as number) <= 255;
  return channel(from) && channel(to) && (from as number) <= (to as number) && Object.keys(more).length === 0;
};

const COLOR = '"#rrggbb", a list of those, or {"from", "to"} for every channel, 0 to 255';
const isColor = (value: unknown) =>
  isHex(value) || isChannels(value) || (Array.isArray(value) && value.length > 0 && value.every(isHex));
const choiceOf = (value: unknown): ColorChoice =>
  isHex(value) ? [hexColor(value)] : Array.isArray(value) ? value.map(hexColor) : (value as ColorChoice);

export const color = v.pipe(v.custom<unknown>(isColor, COLOR), v.transform(choiceOf));

/** What a line does to what it crosses. */
export type Effect = 'ink' | 'ground' | 'invert' | ColorChoice;
const EFFECTS = ['ink', 'ground', 'invert'];

/** A colour of its own, or one of the picture's. */
export const effect = v.pipe(
  v.custom<unknown>(
    (value) => isColor(value) || EFFECTS.includes(value as string),
    `"ink", "ground", "invert", ${COLOR}`,
  ),
  v.transform((value): Effect => (EFFECTS.includes(value as string) ? (value as 'ink') : choiceOf(value))),
);

export const between = (random: Random, [low, high]: Range): number =>
  low === high ? low : random.between(low, high);
export const integer = (random: Random, [low, high]: Range): number =>
  low === high ? low : random.integer(low, high);

export function drawColor(choice: ColorChoice, random: Random): Rgb {
  if (!('from' in choice)) return choice.length === 1 ? choice[0]! : random.pick(choice);
  const bits = random.uint32();
  const span = choice.to - choice.from + 1;
  // Ten bits a channel: even enough for the eye
  const channel = (shift: number) => choice.from + ((((bits >>> shift) & 1023) * span) >> 10);
  return [channel(0), channel(10), channel(20)];
}

const TRIES = 24;

/** One that stands out from the ground; of many the one that does it best, where none does it well. */
export function drawInk(choice: ColorChoice, ground: Rgb, random: Random): Rgb {
  let best = drawColor(choice, random);
  for (let i = 0; i < TRIES && contrast(best, ground) < LEAST_CONTRAST; i++) {
    const next = drawColor(choice, random);
    if (contrast(next, ground) > contrast(best, ground)) best = next;
  }
  return best;
}

/** Any value of a look may be given as {"1": …, "2": …, "3": …}: this takes what holds for one difficulty. */
export function atDifficulty(data: unknown, difficulty: Difficulty): unknown {
  if (Array.isArray(data)) return data.map((item) => atDifficulty(item, difficulty));
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data);
  if (entries.length === 3 && entries.every(([key], i) => key === String(i + 1)))
    return atDifficulty(entries[difficulty - 1]![1], difficulty);
  return Object.fromEntries(entries.map(([key, value]) => [key, atDifficulty(value, difficulty)]));
}
