/** What a request wants to be different about a text picture, checked: each refusal names the field and what was expected. */
import type { Renderer } from '../../render/renderer.ts';
import {
  type CustomAbout,
  DIFFICULTIES,
  GENERATORS,
  type GeneratorName,
  type TextOptions,
  type TextWish,
  type Unavailable,
} from '../challenge.ts';
import { ALLOWED } from './alphabets.ts';
import { contrast, hexColor, LEAST_CONTRAST } from './contrast.ts';
import { lengthsOf, mostShown } from './generators.ts';
import type { TextPreset } from './preset.ts';

type Limits = NonNullable<CustomAbout['limits']>;
type Problem = Unavailable | undefined;

/** Pixels that a glyph takes at least, and a picture's lowest height. */
const NARROWEST = 13;
const LOWEST = 22;
const SIDES = ['width', 'height'] as const;
const HANZI_LENGTHS = [2, 4] as const;

export function customize(
  wish: TextWish,
  { alphabet, limits }: CustomAbout,
  preset: TextPreset,
  renderer: Renderer,
): TextOptions | Unavailable {
  if (!limits) return unsettable(Object.keys(wish)[0] as keyof TextWish);
  const generator = (wish.generator ?? 'characters') as GeneratorName;
  const characters = wish.characters === undefined ? undefined : ownAlphabet(wish.characters);
  const lengths = wish.length === undefined ? longest(generator, preset) : [wish.length];
  const problem =
    generatorProblem(generator, limits) ??
    alphabetProblem(wish, generator, alphabet, characters, limits) ??
    lengthProblem(wish.length, generator, limits) ??
    looksProblem(wish, preset) ??
    colorProblem(wish, limits) ??
    fontProblem(wish.font, limits, renderer);
  if (problem) return problem;
  const size = sizeOf(wish, preset, mostShown(generator, lengths), limits);
  if ('expected' in size) return size;
  return {
    ...(wish.generator !== undefined && { generator }),
    ...(characters !== undefined && { characters }),
    ...(wish.length !== undefined && { length: wish.length }),
    ...size,
    ...(wish.ink !== undefined && { ink: wish.ink.toLowerCase(), ground: wish.ground!.toLowerCase() }),
    ...(wish.font !== undefined && { font: wish.font }),
  };
}

const longest = (generator: GeneratorName, preset: TextPreset) =>
  DIFFICULTIES.flatMap((difficulty) => [...lengthsOf(generator, difficulty, preset.lengths[difficulty])]);

function ownAlphabet(text: string): string {
  return [...new Set(text.normalize('NFKC').toUpperCase())].join('');
}

const unsettable = (field: keyof TextWish): Unavailable => ({
  field,
  expected: 'nothing: the policy of this site leaves it to the preset',
});

function generatorProblem(generator: GeneratorName, { generators = [] }: Limits): Problem {
  const allowed = GENERATORS.filter(
    (name) => generators === 'any' || name === 'characters' || generators.includes(name),
  );
  return allowed.includes(generator) ? undefined : { field: 'generator', expected: allowed.join(', ') };
}

function alphabetProblem(
  wish: TextWish,
  generator: GeneratorName,
  alphabet: string | undefined,
  characters: string | undefined,
  limits: Limits,
): Problem {
  if (generator !== 'characters' && alphabet !== undefined)
    return { field: 'alphabet', expected: `nothing beside generator=${generator}` };
  if (wish.characters === undefined) return undefined;
  if (!limits.characters) return unsettable('characters');
  if (generator !== 'characters')
    return { field: 'characters', expected: `nothing beside generator=${generator}` };
  if (alphabet !== undefined) return { field: 'characters', expected: 'nothing beside alphabet' };
  const unknown = [...characters!].find((character) => !ALLOWED.includes(character));
  const expected = '2 to 64 different characters of 0-9, A-Z and the common Chinese ones of generator=hanzi';
  return unknown === undefined && characters!.length >= 2 ? undefined : { field: 'characters', expected };
}

function lengthProblem(length: number | undefined, generator: GeneratorName, limits: Limits): Problem {
  if (length === undefined) return undefined;
  if (generator === 'arithmetic') return { field: 'length', expected: 'nothing beside generator=arithmetic' };
  if (!limits.length) return unsettable('length');
  const [least, most] = generator === 'hanzi' ? HANZI_LENGTHS : limits.length;
  const from = generator === 'composed' ? Math.max(5, least) : least;
  return length >= from && length <= most
    ? undefined
    : { field: 'length', expected: `a whole number from ${from} to ${most}` };
}

/** A preset that is made to be hard has its looks from nobody. */
function looksProblem(wish: TextWish, { name, custom }: TextPreset): Problem {
  const asked = (fields: readonly (keyof TextWish)[]) => fields.find((field) => wish[field] !== undefined);
  if (!custom) {
    const field = asked(['width', 'height', 'scale', 'ink', 'ground', 'font']);
    return field && { field, expected: `nothing: preset ${name} has its own` };
  }
  if (custom === 'pixels') return undefined;
  const field = asked(['width', 'height', 'font']);
  return field && { field, expected: `nothing: preset ${name} is drawn from cells; scale makes it larger` };
}

function sizeOf(
  wish: TextWish,
  preset: TextPreset,
  glyphs: number,
  limits: Limits,
): Pick<TextOptions, 'width' | 'height' | 'scale'> | Unavailable {
  if (wish.width === undefined && wish.height === undefined && wish.scale === undefined) return {};
  const closed = SIDES.find((side) => (wish[side] ?? wish.scale) !== undefined && !limits[side]);
  if (closed) return unsettable(wish.scale === undefined ? closed : 'scale');
  if (wish.scale !== undefined && (wish.width ?? wish.height) !== undefined)
    return { field: 'scale', expected: 'nothing beside width and height' };
  const own = preset.size(2, glyphs);
  if (wish.scale !== undefined) {
    const most = Math.floor(Math.min(...SIDES.map((side) => limits[side]![1] / own[side])));
    if (most < 1) return unsettable('scale');
    return wish.scale <= most
      ? { scale: wish.scale }
      : { field: 'scale', expected: `a whole number from 1 to ${most}` };
  }
  const needed = { width: NARROWEST * glyphs, height: LOWEST };
  for (const side of SIDES) {
    const value = wish[side];
    if (value === undefined) continue;
    const [low, most] = limits[side]!;
    const least = Math.max(low, Math.min(own[side], needed[side]));
    if (least > most)
      return {
        field: side,
        expected: `nothing: ${glyphs} glyphs take ${least} pixels, and this site allows ${most}`,
      };
    if (value < least || value > most)
      return { field: side, expected: `a whole number from ${least} to ${most} for ${glyphs} glyphs` };
  }
  const { width = own.width, height = own.height } = wish;
  return { width, height };
}

function colorProblem({ ink, ground }: TextWish, limits: Limits): Problem {
  if (ink === undefined && ground === undefined) return undefined;
  if (!limits.colors) return unsettable(ink === undefined ? 'ground' : 'ink');
  if (ink === undefined) return { field: 'ink', expected: 'a colour, since ground has one' };
  if (ground === undefined) return { field: 'ground', expected: 'a colour, since ink has one' };
  const ratio = contrast(hexColor(ink), hexColor(ground));
  return ratio >= LEAST_CONTRAST
    ? undefined
    : {
        field: 'ink',
        expected: `a contrast of at least ${LEAST_CONTRAST} to the ground; it is ${ratio.toFixed(1)}`,
      };
}

/** Those that have every letter. */
export const familiesOf = ({ faces }: Renderer): string[] =>
  [...new Set(faces.filter(({ characters }) => characters.includes('Z')).map(({ family }) => family))].sort();

function fontProblem(font: string | undefined, { fonts = [] }: Limits, renderer: Renderer): Problem {
  if (font === undefined) return undefined;
  if (fonts.length === 0) return unsettable('font');
  const families = familiesOf(renderer).filter((family) => fonts === 'any' || fonts.includes(family));
  return families.includes(font) ? undefined : { field: 'font', expected: families.join(', ') };
}
