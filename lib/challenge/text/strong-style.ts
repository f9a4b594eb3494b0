/**
 * What a deployment's key and epoch decide about `strong`: whether its glyphs are solid or hollow, how its lines are drawn and where they
 * begin, what inverts its contrast, how its faces lean and stretch, and where the ranges of everything else lie. A solver trained on the
 * pictures of one deployment meets others at the next, and next week.
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

export const FILLS = ['solid', 'hollow', 'hatched'] as const;
export type Fill = (typeof FILLS)[number];

export const LINES = ['plain', 'beads', 'waves', 'rails'] as const;

/** How the lines are drawn. Lengths in pixels. */
export interface Line {
  readonly kind: (typeof LINES)[number];
  readonly width: number;
  /** From bead to bead, from wave to wave. */
  readonly period: number;
}

export interface StrongStyle {
  /** The marks at which its two lines begin. */
  readonly rules: readonly [Rule, Rule];
  readonly faces: readonly FaceStyle[];
  readonly fill: Fill;
  /** Middle of the glyphs' rotation, in turns. */
  readonly turn: number;
  /** Angle in turns, stripe and gap together in pixels, and how much of that is ink. */
  readonly stripes: { readonly angle: number; readonly period: number; readonly share: number };
  /** Wavelengths in pixels, long and short. */
  readonly waves: readonly [long: Range, short: Range];
  readonly flips: readonly Flip[];
  /** Mean lean of the lines that flip the contrast. */
  readonly flipLean: number;
  readonly line: Line;
}

/** Bold faces, in which hollow and hatched can be read. */
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
const FACES_USED = 9;
const FLIPS_USED = 2;
/** A deployment's glyphs are all alike in this. */
const OWN_FILLS = ['solid', 'hollow'] as const;

/** The style of that name; always the same one. */
export function styleOf(name: string): StrongStyle {
  if (last?.name !== name) last = { name, style: makeStyle(seededRandom(name, 'strong style')) };
  return last.style;
}

/** A deployment asks for one style all week. */
let last: { readonly name: string; readonly style: StrongStyle } | undefined;

function makeStyle(random: Random): StrongStyle {
  const rules = random.sample(RULES, 2);
  const long = random.between(70, 110);
  const short = random.between(28, 40);
  return {
    rules: rules as [Rule, Rule],
    faces: random.sample(FACES, FACES_USED).map((face) => faceStyle(face, random)),
    fill: random.pick(OWN_FILLS),
    turn: random.between(-0.05, 0.05),
    stripes: { angle: random.unit(), period: random.between(4.5, 6), share: random.between(0.5, 0.6) },
    waves: [
      [long, long + 25],
      [short, short + 8],
    ],
    flips: random.sample(FLIPS, FLIPS_USED),
    flipLean: random.between(-0.6, 0.6),
    line: lineOf(random),
  };
}

function lineOf(random: Random): Line {
  return { kind: random.pick(LINES), width: random.between(1.6, 2.6), period: random.between(5, 8) };
}

function faceStyle(name: string, random: Random): FaceStyle {
  return { name, lean: random.between(-0.2, 0.2), stretch: random.between(0.85, 1.15) };
}
