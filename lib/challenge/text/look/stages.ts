/**
 * The stages that a look is made of, as data: background → glyphs → deformation → interference → finish. Each has parameters and limits;
 * docs/text.md says what they do. Lengths are pixels at the look's own size and grow with the picture.
 */
import * as v from 'valibot';
import { whole } from '../../../config/document.ts';
import { ALPHABETS } from '../../challenge.ts';
import { color, count, effect, range } from './values.ts';

const share = (most: number) => range(0, most);
const oneOf = <const T extends readonly string[]>(values: T) => v.picklist(values, values.join(', '));
const flag = v.boolean('true or false');
const stage = <const N extends string, E extends v.ObjectEntries>(name: N, entries: E) =>
  v.strictObject({ stage: v.literal(name), ...entries }, 'a stage with no other fields');
/** One of several stages; says their names when it is none of them. */
const anyOf = <const T extends readonly [ReturnType<typeof stage>, ...ReturnType<typeof stage>[]]>(
  stages: T,
) =>
  v.array(
    v.variant(
      'stage',
      stages,
      `one of ${stages.map(({ entries }) => (entries.stage as { literal: string }).literal).join(', ')}`,
    ),
    'a list of stages',
  );

/** Straight lines across the picture. */
const lines = stage('lines', { count: count(0, 30), width: range(0.5, 8), color: effect });
/** Bows of a circle, roughly: `bend` is how far the middle is off, in shares of the length. */
const arcs = stage('arcs', {
  count: count(0, 40),
  width: range(0.5, 12),
  length: range(5, 300),
  bend: v.optional(range(0, 1), [0.2, 0.5]),
  color: effect,
});
/** Hooks like parts of letters. */
const strokes = stage('strokes', {
  count: count(0, 40),
  width: range(0.5, 12),
  size: range(4, 60),
  color: effect,
});
/** Pixels: a share of all of them. */
const dots = stage('dots', { share: share(0.3), color: effect });

const background = anyOf([
  stage('ground', { color }),
  /** Faint pixels of the ink: a share of all, `strength` of 15. */
  stage('specks', { share: share(0.3), strength: whole(1, 12) }),
  lines,
  arcs,
  strokes,
]);

const glyphs = v.strictObject(
  {
    faces: v.pipe(
      v.array(v.string('the name of a face'), 'a list of faces'),
      v.minLength(1, 'at least one face'),
    ),
    /** Whether every glyph has a face of its own. */
    mix: v.optional(flag, false),
    case: v.optional(oneOf(['upper', 'lower', 'mixed']), 'upper'),
    color,
    /** Whether every glyph has a colour of its own. */
    colorful: v.optional(flag, false),
    /** Height of a capital. */
    size: range(8, 120),
    /** Degrees to either side. */
    rotation: v.optional(range(0, 45), 0),
    /** Slope to either side. */
    lean: v.optional(range(0, 0.5), 0),
    /** How much wider or narrower, to either side. */
    stretch: v.optional(range(0, 0.4), 0),
    /** Between outlines, in shares of the size; a negative one lets them overlap. */
    gap: v.optional(range(-0.25, 1.5), 0.1),
    /** How far up or down. */
    bounce: v.optional(range(0, 30), 0),
    /** Share of glyphs that are outlines only. */
    outlined: v.optional(range(0, 1), 0),
  },
  'glyphs with no other fields',
);

const lens = { strength: range(0, 0.9), radius: range(10, 300) };

const deformation = anyOf([
  /** A plane wave that moves points along `along`; `length` is from crest to crest. */
  stage('wave', {
    amplitude: range(0, 20),
    length: range(10, 400),
    along: v.optional(oneOf(['x', 'y', 'any']), 'y'),
  }),
  /** Rings around a random point. */
  stage('ripple', { amplitude: range(0, 10), length: range(10, 200) }),
  /** All glyphs lean by one slope. */
  stage('shear', { slope: range(-0.6, 0.6) }),
  /** A random point and what is around it, larger or smaller. */
  stage('fisheye', lens),
  stage('pinch', lens),
]);

const interference = anyOf([lines, arcs, strokes, dots]);

const finish = anyOf([
  stage('blur', { times: whole(0, 4) }),
  stage('border', { width: whole(1, 6), color }),
  /** Rows and columns of the finished picture, moved by whole pixels along a wave. */
  stage('rerender', { amplitude: range(0, 6), length: range(10, 400) }),
]);

export const USUAL_ALPHABET = 'alphanumeric';

export const lookSchema = v.strictObject(
  {
    /** Pixels. */
    width: whole(40, 400),
    height: whole(16, 160),
    lengths: v.pipe(v.array(whole(4, 8), 'a list of lengths'), v.minLength(1, 'at least one length')),
    /** Whether no character comes twice. */
    distinct: v.optional(flag, false),
    /** What is asked for by itself. */
    alphabet: v.optional(oneOf(ALPHABETS), USUAL_ALPHABET),
    background: v.pipe(
      background,
      v.check(
        (stages) => stages.filter((one) => one.stage === 'ground').length === 1,
        'exactly one stage ground',
      ),
    ),
    glyphs,
    deformation: v.optional(
      v.pipe(
        deformation,
        v.check((stages) => stages.filter((one) => one.stage === 'wave').length <= 8, 'at most 8 waves'),
        v.check(
          (stages) => stages.filter((one) => one.stage === 'fisheye' || one.stage === 'pinch').length <= 1,
          'at most one of fisheye and pinch',
        ),
        v.check((stages) => stages.filter((one) => one.stage === 'ripple').length <= 1, 'at most one ripple'),
      ),
      [],
    ),
    interference: v.optional(interference, []),
    finish: v.optional(finish, []),
  },
  'a look with no other fields',
);

/** A look for one difficulty, checked, with defaults. */
export type Look = v.InferOutput<typeof lookSchema>;
export type Glyphs = Look['glyphs'];
export type Deformation = Look['deformation'][number];
export type Background = Look['background'][number];
export type Interference = Look['interference'][number];
export type Finish = Look['finish'][number];
