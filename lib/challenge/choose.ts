/**
 * From what a request asks for and what the site's policy allows to one challenge: kind, preset, difficulty, format.
 * A request only selects within the policy; outside it the answer is a refusal that says what is allowed.
 */
import type { Path, Policy } from '../site/policy.ts';
import type { Random } from '../util/random.ts';
import {
  type AlphabetName,
  type ChallengeKind,
  DIFFICULTIES,
  type Difficulty,
  type Format,
  type KindName,
  type PresetInfo,
  type TextOptions,
  type TextWish,
  type Unavailable,
} from './challenge.ts';

export interface Wish extends TextWish {
  readonly kind?: string | undefined;
  readonly preset?: string | undefined;
  readonly difficulty?: number | undefined;
  readonly format?: string | undefined;
  readonly alphabet?: string | undefined;
}

export interface Choice {
  readonly kind: ChallengeKind;
  readonly rounds: number;
  readonly preset: string;
  readonly difficulty: Difficulty;
  readonly format: Format;
  readonly alphabet?: AlphabetName;
  readonly text?: TextOptions;
  readonly look?: string;
}

export type Kinds = Readonly<Partial<Record<KindName, ChallengeKind>>>;

interface Option {
  readonly path: Path;
  readonly kind: ChallengeKind;
  /** Presets allowed on this path that also fit the wish, the default first. */
  readonly presets: readonly PresetInfo[];
}

export function choose(policy: Policy, kinds: Kinds, wish: Wish, random: Random): Choice | Unavailable {
  let options = policy.paths.flatMap((path): Option[] => {
    const kind = kinds[path.kind as KindName];
    return kind ? [{ path, kind, presets: presetsOf(path, kind) }] : [];
  });
  const narrow = (
    field: 'kind' | 'preset' | 'alphabet' | 'format',
    fits: (preset: PresetInfo, option: Option) => boolean,
  ) => {
    const left = options
      .map((option) => ({ ...option, presets: option.presets.filter((preset) => fits(preset, option)) }))
      .filter((option) => option.presets.length > 0);
    if (left.length === 0) return { field, expected: allowed(field, options) };
    options = left;
    return undefined;
  };

  const refusal =
    (wish.kind !== undefined ? narrow('kind', (_, option) => option.path.kind === wish.kind) : undefined) ??
    (wish.preset !== undefined ? narrow('preset', (preset) => preset.name === wish.preset) : undefined) ??
    (wish.alphabet !== undefined
      ? narrow('alphabet', (preset) => preset.alphabets.includes(wish.alphabet as AlphabetName))
      : undefined) ??
    (wish.format !== undefined
      ? narrow('format', (preset) => preset.formats.includes(wish.format as Format))
      : undefined);
  if (refusal) return refusal;

  const custom = textWishOf(wish);
  const own = custom && options.filter(({ kind }) => kind.customize);
  if (own?.length === 0)
    return { field: Object.keys(custom!)[0]!, expected: 'nothing: no text challenge fits here' };
  options = own ?? options;

  const difficulties = DIFFICULTIES.filter((level) => level >= policy.difficultyFloor);
  const difficulty = wish.difficulty ?? random.pick(difficulties);
  if (!difficulties.includes(difficulty as Difficulty))
    return { field: 'difficulty', expected: difficulties.join(', ') };

  const { path, kind, presets } = weighted(options, random);
  const preset = lookAmong(presets, random);
  const asked = wish.alphabet as AlphabetName | undefined;
  const text =
    custom && kind.customize!(custom, { preset: preset.name, alphabet: asked, limits: path.custom });
  if (text && 'expected' in text) return text;
  const characters = text?.characters === undefined && (text?.generator ?? 'characters') === 'characters';
  const alphabet = characters ? (asked ?? preset.alphabets[0]) : undefined;
  return {
    kind,
    rounds: path.rounds,
    preset: preset.name,
    difficulty: difficulty as Difficulty,
    format: (wish.format as Format | undefined) ?? preset.formats[0]!,
    ...(alphabet !== undefined && { alphabet }),
    ...(text && { text }),
    ...lookFor(policy, kind),
  };
}

/** What reveal brings to light looks like the policy's text. */
function lookFor({ paths }: Policy, kind: ChallengeKind): { look?: string } {
  const presets = paths.find((path) => path.kind === 'text')?.presets;
  return kind.name === 'reveal' && presets !== undefined && presets !== 'any' ? { look: presets[0]! } : {};
}

const TEXT_FIELDS = [
  'generator',
  'characters',
  'length',
  'width',
  'height',
  'scale',
  'ink',
  'ground',
  'font',
] as const satisfies readonly (keyof TextWish)[];

/** What a request wants to be different about a text challenge; undefined: nothing. */
function textWishOf(wish: Wish): TextWish | undefined {
  const given = TEXT_FIELDS.filter((field) => wish[field] !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given.map((field) => [field, wish[field]]));
}

function presetsOf(path: Path, kind: ChallengeKind): readonly PresetInfo[] {
  if (path.presets === 'any') return kind.presets;
  return path.presets.flatMap((name) => kind.presets.filter((preset) => preset.name === name));
}

/** The default, unless one of the others takes its share. */
function lookAmong(presets: readonly PresetInfo[], random: Random): PresetInfo {
  const others = presets.slice(1).filter(({ share }) => share !== undefined);
  if (others.length === 0) return presets[0]!;
  let left = random.unit();
  const taken = others.find(({ share }) => {
    left -= share!;
    return left < 0;
  });
  return taken ?? presets[0]!;
}

/** By weight; where every weight is 0, only a name could lead here: the first. */
function weighted(options: readonly Option[], random: Random): Option {
  const total = options.reduce((sum, { path }) => sum + path.weight, 0);
  if (total === 0) return options[0]!;
  let left = random.below(total);
  return options.find(({ path }) => {
    left -= path.weight;
    return left < 0;
  })!;
}

function allowed(field: 'kind' | 'preset' | 'alphabet' | 'format', options: readonly Option[]): string {
  const names = options.flatMap(({ path, presets }): readonly string[] => {
    if (field === 'kind') return [path.kind];
    if (field === 'preset') return presets.map((preset) => preset.name);
    return presets.flatMap((preset): readonly string[] =>
      field === 'alphabet' ? preset.alphabets : preset.formats,
    );
  });
  return [...new Set(names)].join(', ') || `no ${field} here`;
}
