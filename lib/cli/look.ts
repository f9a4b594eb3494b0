/** The options that say which challenge to make, shared by all commands that draw. */
import {
  ALPHABETS,
  type AlphabetName,
  type ChallengeSpec,
  DIFFICULTIES,
  type Difficulty,
  FORMATS,
  type Format,
  GENERATORS,
  type GeneratorName,
  KINDS,
  type KindName,
  PICTURE_LANGUAGES,
  type PictureLanguage,
  type PresetInfo,
  type TextOptions,
} from '../challenge/challenge.ts';
import { toBase32 } from '../util/bytes.ts';
import { secureBytes, seededRandom } from '../util/random.ts';
import { oneOf, textOf } from './arguments.ts';
import { type Given, type Kinds, type Options, UsageError } from './command.ts';
import { didYouMean } from './suggest.ts';

export const lookOptions = {
  kind: { value: 'KIND', about: `${KINDS.join(' or ')}; default: the kind of --preset, else ${KINDS[0]}` },
  preset: {
    value: 'PRESET',
    about: "a look of the kind; default: the kind's first. A wrong name lists them",
  },
  difficulty: { value: 'D', about: `${DIFFICULTIES.join(', ')}; default: drawn anew for each challenge` },
  lang: { value: 'LANG', about: `${PICTURE_LANGUAGES.join(' or ')}; default ${PICTURE_LANGUAGES[0]}` },
  format: { value: 'FORMAT', about: `${FORMATS.join(' or ')}; default: the preset's own` },
  alphabet: {
    value: 'NAME',
    about: `text only: ${ALPHABETS.join(', ')}; default: the preset's own`,
  },
  style: {
    value: 'TEXT',
    about: 'draw as a deployment with another key would; default: the same for all',
  },
  generator: {
    value: 'NAME',
    about: `text only: ${GENERATORS.join(', ')}; default ${GENERATORS[0]}`,
  },
  seed: { value: 'TEXT', about: 'the same seed gives the same bytes; default: random, and reported' },
} as const satisfies Options;

export interface Look {
  readonly kind: KindName;
  readonly preset: string;
  readonly difficulty?: Difficulty;
  readonly lang: PictureLanguage;
  readonly format: Format;
  readonly alphabet?: AlphabetName;
  readonly style?: string;
  readonly text?: TextOptions;
}

export function lookOf(given: Given, kinds: Kinds): Look {
  const { kind, preset } = presetOf(textOf(given, 'kind'), textOf(given, 'preset'), kinds);
  const difficulty = textOf(given, 'difficulty');
  const alphabet = alphabetOf(textOf(given, 'alphabet'), kind, preset);
  const style = textOf(given, 'style');
  const generator = generatorOf(textOf(given, 'generator'), kind, alphabet);
  const level = difficulty && oneOf('difficulty', difficulty, DIFFICULTIES.map(String));
  return {
    kind,
    preset: preset.name,
    ...(level && { difficulty: Number(level) as Difficulty }),
    lang: oneOf('lang', textOf(given, 'lang') ?? PICTURE_LANGUAGES[0], PICTURE_LANGUAGES),
    format:
      among('format', textOf(given, 'format'), FORMATS, preset.formats, preset.name) ?? preset.formats[0]!,
    ...(alphabet && { alphabet }),
    ...(style !== undefined && { style }),
    ...(generator && { text: { generator } }),
  };
}

export const seedOf = (given: Given): string => textOf(given, 'seed') ?? toBase32(secureBytes(20));

/** The spec of one challenge; a difficulty that was left open is drawn from the seed. */
export function specOf({ kind: _, ...look }: Look, seed: string): ChallengeSpec<Format> {
  const difficulty = look.difficulty ?? seededRandom(seed, 'difficulty').pick(DIFFICULTIES);
  return { ...look, difficulty, seed };
}

function presetOf(
  kindName: string | undefined,
  presetName: string | undefined,
  kinds: Kinds,
): { kind: KindName; preset: PresetInfo } {
  const asked = kindName === undefined ? undefined : oneOf('kind', kindName, KINDS);
  const candidates = (asked ? [asked] : KINDS).flatMap((kind) =>
    kinds[kind].presets.map((preset) => ({ kind, preset })),
  );
  const found = candidates.find(({ preset }) => presetName === undefined || preset.name === presetName);
  if (found) return found;
  const names = candidates.map(({ preset }) => preset.name);
  throw new UsageError(
    `--preset expects one of ${names.join(', ')}${asked ? ` for kind ${asked}` : ''}; got "${presetName}".${didYouMean(presetName!, names)}`,
  );
}

function alphabetOf(text: string | undefined, kind: KindName, preset: PresetInfo): AlphabetName | undefined {
  if (text !== undefined && preset.alphabets.length === 0)
    throw new UsageError(`--alphabet goes with text challenges; kind ${kind} has none.`);
  return among('alphabet', text, ALPHABETS, preset.alphabets, preset.name);
}

function generatorOf(
  text: string | undefined,
  kind: KindName,
  alphabet: AlphabetName | undefined,
): GeneratorName | undefined {
  if (text === undefined) return undefined;
  const generator = oneOf('generator', text, GENERATORS);
  if (kind !== 'text') throw new UsageError(`--generator goes with text challenges; kind ${kind} has none.`);
  if (alphabet && generator !== 'characters')
    throw new UsageError(
      `--generator ${generator} and --alphabet contradict each other; expected one of them.`,
    );
  return generator;
}

/** One of the list, and of what the preset can be combined with. */
function among<T extends string>(
  option: string,
  text: string | undefined,
  all: readonly T[],
  allowed: readonly T[],
  preset: string,
): T | undefined {
  if (text === undefined) return undefined;
  const value = oneOf(option, text, all);
  if (!allowed.includes(value))
    throw new UsageError(
      `--${option} ${value} does not go with preset ${preset}; expected ${allowed.join(' or ')}.`,
    );
  return value;
}
