/**
 * The kind `text`: characters in a picture. A preset (one file each) plans the puzzle from one stream of the seed and
 * draws it from another, so that nothing in the picture continues into the solution.
 */
import type { Renderer } from '../../render/renderer.ts';
import { seededRandom } from '../../util/random.ts';
import type { ChallengeKind, ChallengeSpec, PictureLanguage, Puzzle } from '../challenge.ts';
import { bitmap } from './bitmap.ts';
import type { TextSolution } from './check.ts';
import { classic } from './classic.ts';
import type { TextPreset } from './preset.ts';
import { strong } from './strong.ts';

const PRESETS: readonly TextPreset[] = [strong, classic, bitmap];

const DESCRIPTION: Readonly<Record<PictureLanguage, string>> = {
  'zh-CN': '验证码图片，上面有若干变形的字符。',
  en: 'A captcha picture with distorted characters.',
};

export function createTextKind(renderer: Renderer): ChallengeKind<TextSolution> {
  return {
    name: 'text',
    presets: PRESETS.map(({ name, formats, alphabets }) => ({ name, formats, alphabets })),
    generate: (spec: ChallengeSpec) => generate(spec, renderer),
  };
}

function generate(spec: ChallengeSpec, renderer: Renderer): Puzzle<TextSolution> {
  const preset = presetOf(spec);
  const { text, set, note, length, guess, draw } = preset.plan(
    spec,
    seededRandom(spec.seed, 'text solution'),
  );
  const alphabet = spec.alphabet ?? preset.alphabets[0]!;
  return {
    solution: { text, set },
    answer: text,
    note: note[spec.lang],
    description: DESCRIPTION[spec.lang],
    answerFormat: { type: 'characters', alphabet, ...(length !== undefined && { length }) },
    guess,
    picture: () => draw(renderer, seededRandom(spec.seed, 'text picture')),
  };
}

/** Throws RangeError for a combination that no preset offers. */
function presetOf(spec: ChallengeSpec): TextPreset {
  const preset = PRESETS.find((one) => one.name === spec.preset);
  if (!preset) throw new RangeError(`text has no preset ${JSON.stringify(spec.preset)}`);
  if (!preset.formats.includes(spec.format))
    throw new RangeError(`text ${preset.name} has no format ${JSON.stringify(spec.format)}`);
  if (spec.alphabet && !preset.alphabets.includes(spec.alphabet))
    throw new RangeError(`text ${preset.name} has no alphabet ${JSON.stringify(spec.alphabet)}`);
  return preset;
}
