/**
 * What a deployment's key and epoch decide about `strong`: which rules it asks by, what inverts its contrast, how its faces lean and
 * stretch, and where the ranges of everything else lie. A solver trained on the pictures of one deployment meets others at the next,
 * and next week.
 */
import { type Random, seededRandom } from '../../util/random.ts';
import { RULES, type Rule } from './strong-rules.ts';

export type Range = readonly [low: number, high: number];

export interface FaceStyle {
  readonly name: string;
  readonly lean: number;
  readonly stretch: number;
}

export const FLIPS = ['lines', 'giants', 'discs'] as const;
export type Flip = (typeof FLIPS)[number];

export const STROKES = ['curve', 'zigzag', 'ring'] as const;
export type Stroke = (typeof STROKES)[number];

export interface StrongStyle {
  readonly rules: readonly Rule[];
  readonly faces: readonly FaceStyle[];
  /** Middle of the glyphs' rotation, in turns. */
  readonly turn: number;
  /** Angle in turns, stripe and gap together in pixels, and how much of that is ink. */
  readonly stripes: { readonly angle: number; readonly period: number; readonly share: number };
  /** Wavelengths in pixels, long and short. */
  readonly waves: readonly [long: Range, short: Range];
  readonly flips: readonly Flip[];
  /** Mean lean of the lines that flip the contrast. */
  readonly flipLean: number;
  readonly stroke: Stroke;
  /** Factor of the strokes' width. */
  readonly strokeWidth: number;
  /** How far a frame stands from its glyph, in pixels. */
  readonly frame: number;
}

/** Bold faces, in which solid, hollow and hatched stay apart. */
const FACES = [
  'Roboto Bold',
  'Open Sans ExtraBold',
  'Lato Black',
  'Montserrat Bold',
  'Fira Sans Bold',
  'Nunito ExtraBold',
  'Rubik Bold',
  'Work Sans ExtraBold',
  'Archivo Bold',
  'Merriweather Black',
  'Roboto Slab ExtraBold',
  'Arvo Bold',
  'Noto Serif ExtraBold',
  'Bitter ExtraBold',
] as const;
const FACES_USED = 12;
const RULES_USED = 2;
const FLIPS_USED = 2;

/** The style of that name; always the same one. */
export function styleOf(name: string): StrongStyle {
  if (last?.name !== name) last = { name, style: makeStyle(seededRandom(name, 'strong style')) };
  return last.style;
}

/** A deployment asks for one style all week. */
let last: { readonly name: string; readonly style: StrongStyle } | undefined;

function makeStyle(random: Random): StrongStyle {
  const long = random.between(70, 110);
  const short = random.between(28, 40);
  return {
    rules: random.sample(RULES, RULES_USED),
    faces: random.sample(FACES, FACES_USED).map((face) => faceStyle(face, random)),
    turn: random.between(-0.035, 0.035),
    stripes: { angle: random.unit(), period: random.between(4.5, 6), share: random.between(0.5, 0.6) },
    waves: [
      [long, long + 25],
      [short, short + 8],
    ],
    flips: random.sample(FLIPS, FLIPS_USED),
    flipLean: random.between(-0.6, 0.6),
    stroke: random.pick(STROKES),
    strokeWidth: random.between(0.85, 1.2),
    frame: random.between(2.8, 3.5),
  };
}

function faceStyle(name: string, random: Random): FaceStyle {
  return { name, lean: random.between(-0.2, 0.2), stretch: random.between(0.85, 1.15) };
}
