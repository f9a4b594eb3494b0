/**
 * The kind `text`: characters in a picture. A generator says what is asked (generators.ts), a preset how it looks; any of the one
 * goes with any of the other. The puzzle is planned from one stream of the seed and drawn from another, so that nothing in the
 * picture continues into the solution. custom.ts checks what a request wants to be different, file.ts writes the picture.
 */
import type { Renderer } from '../../render/renderer.ts';
import { seededRandom } from '../../util/random.ts';
import {
  type ChallengeKind,
  type Format,
  GENERATORS,
  type PictureLanguage,
  type PresetInfo,
  type Puzzle,
  type Spoken,
} from '../challenge.ts';
import { SETS } from './alphabets.ts';
import { bitmap } from './bitmap.ts';
import { spokenSymbols, type TextSolution } from './check.ts';
import { customize, familiesOf } from './custom.ts';
import { isEncoded, type LoadEncoder, type PhotoEncoder, pictureOf } from './file.ts';
import { type AskOptions, ask, lengthsOf } from './generators.ts';
import { LOOKS } from './look/looks.ts';
import { presetWhenWanted } from './look/preset.ts';
import type { TextPreset, TextSpec } from './preset.ts';
import { strong } from './strong.ts';

/** The default first. */
export const PRESETS: readonly TextPreset[] = [
  strong,
  ...Object.entries(LOOKS).map(([name, look]) => presetWhenWanted(name, look)),
  bitmap,
];

const DESCRIPTION: Readonly<Record<PictureLanguage, string>> = {
  'zh-CN': '验证码图片，上面有若干变形的字符。',
  en: 'A captcha picture with distorted characters.',
};

export interface TextKindOptions {
  /** Instead of those that come with it. */
  readonly presets?: readonly TextPreset[];
  /** Presets of the operator's own; one with the name of another replaces it. */
  readonly own?: readonly TextPreset[];
  /** What jpeg and webp take; absent: they can't be asked for. */
  readonly loadEncoder?: LoadEncoder;
}

export function createTextKind(
  renderer: Renderer,
  { presets: given = PRESETS, own = [], loadEncoder }: TextKindOptions = {},
): ChallengeKind<TextSolution> {
  const presets = withOwn(given, own);
  let encoder: PhotoEncoder | undefined;
  const infos = presets.map(
    ({ name, formats, alphabets }): PresetInfo => ({
      name,
      formats: loadEncoder ? [...formats, 'jpeg', 'webp'] : formats,
      alphabets,
    }),
  );
  const presetOf = (spec: TextSpec): TextPreset => {
    const preset = presets.find(({ name }) => name === spec.preset);
    if (!preset) throw new RangeError(`text has no preset ${JSON.stringify(spec.preset)}`);
    const info = infos.find(({ name }) => name === spec.preset)!;
    if (!info.formats.includes(spec.format))
      throw new RangeError(`text ${preset.name} has no format ${JSON.stringify(spec.format)}`);
    if (spec.alphabet && !preset.alphabets.includes(spec.alphabet))
      throw new RangeError(`text ${preset.name} has no alphabet ${JSON.stringify(spec.alphabet)}`);
    return preset;
  };
  return {
    name: 'text',
    presets: infos,
    async ready(format: Format) {
      if (isEncoded(format) && loadEncoder) encoder ??= await loadEncoder();
    },
    customNames: { generators: GENERATORS, fonts: familiesOf(renderer) },
    customize: (wish, about) =>
      customize(wish, about, presets.find(({ name }) => name === about.preset)!, renderer),
    generate: (spec) => generate(spec, presetOf(spec), renderer, () => encoder),
  };
}

function generate(
  spec: TextSpec,
  preset: TextPreset,
  renderer: Renderer,
  encoder: () => PhotoEncoder | undefined,
): Puzzle<TextSolution> {
  const solving = seededRandom(spec.seed, 'text solution');
  const asked = ask(askOptions(spec, preset), solving);
  const plan = preset.plan(asked, spec, solving);
  return {
    solution: asked.solution,
    answer: asked.solution.text,
    note: plan.note[spec.lang],
    description: DESCRIPTION[spec.lang],
    answerFormat: asked.answerFormat,
    guess: asked.guess,
    ...spokenForm(asked.solution),
    picture: () =>
      pictureOf(plan.draw(renderer, seededRandom(spec.seed, 'text picture')), spec.format, encoder()),
  };
}

function askOptions(spec: TextSpec, preset: TextPreset): AskOptions {
  const { difficulty, text = {} } = spec;
  const generator = text.generator ?? 'characters';
  const alphabet = spec.alphabet ?? preset.alphabets[0]!;
  return {
    generator,
    difficulty,
    alphabet,
    set: preset.setOf?.(alphabet) ?? alphabet,
    characters: text.characters,
    lengths:
      text.length === undefined
        ? lengthsOf(generator, difficulty, preset.lengths[difficulty])
        : [text.length],
    distinct: preset.distinct,
  };
}

function spokenForm(solution: TextSolution): { spoken?: Spoken } {
  const { text, set, characters } = solution;
  if (!spokenSymbols(solution)) return {};
  return {
    spoken: { text, among: characters ?? SETS[set === 'number' || set === 'custom' ? 'digits' : set] },
  };
}

function withOwn(given: readonly TextPreset[], own: readonly TextPreset[]): readonly TextPreset[] {
  const replaced = (name: string) => own.find((one) => one.name === name);
  const added = own.filter(({ name }) => !given.some((preset) => preset.name === name));
  return [...given.map((preset) => replaced(preset.name) ?? preset), ...added];
}
