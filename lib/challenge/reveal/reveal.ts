/**
 * The kind `reveal`: a code that is whole only where a hand finds the point for it. Everything is a pure function of the seed,
 * from streams that don't continue into each other: the code from one, the symbols from another, pieces and cuts from a third,
 * the restored picture from a fourth. In the guarded mode the still and the sprite are drawn from the second and third alone.
 *
 * options.ts has what can be set, cuts.ts the geometry, symbols.ts the points to choose from, picture.ts draws, trail.ts judges
 * what a hand did, check.ts what it typed.
 */
import type { Renderer } from '../../render/renderer.ts';
import { toBase64 } from '../../util/bytes.ts';
import { seededRandom } from '../../util/random.ts';
import type { ChallengeKind, ChallengeSpec, PictureLanguage, Puzzle, Revelation } from '../challenge.ts';
import { REVEAL_PRESETS } from '../presets.ts';
import { SETS } from '../text/alphabets.ts';
import type { TextSolution } from '../text/check.ts';
import type { TextPreset } from '../text/preset.ts';
import { PRESETS } from '../text/text.ts';
import { drawCuts, drawSlides, drawTriggers, type Trigger } from './cuts.ts';
import { MODES, type Mode } from './modes.ts';
import { checked, DEFAULTS, LEVELS, type RevealOptions } from './options.ts';
import { css, drawTints } from './palette.ts';
import { type Drawn, drawPieces, drawRestored, pictureOf, type RevealPlan } from './picture.ts';
import { HALO, layOutSymbols, nameOf } from './symbols.ts';
import { TRAIL, type Trail, trailProblem } from './trail.ts';

const SET = 'alphanumeric';
/** What the code wears where the policy's text cannot fill the box. */
const LOOK = 'plain';
/** Pixels from a symbol's centre within which it counts as met. */
const MEETING = 11;

const NOTES: Readonly<Record<Mode, (where: string) => Readonly<Record<PictureLanguage, string>>>> = {
  guarded: (where) => ({
    'zh-CN': `在图中找到${where}，按住不动片刻，验证码就会出现，再输入它。`,
    en: `Hold the pointer still on ${where}. A code appears; type it.`,
  }),
  client: () => ({
    'zh-CN': '在图上慢慢滑动，直到字符拼合起来，再输入它们。',
    en: 'Slide slowly over the picture until characters come together, then type them.',
  }),
};

const DESCRIPTION: Readonly<Record<PictureLanguage, string>> = {
  'zh-CN': '验证码图片，打散成碎片，在其中某处才会拼合成可读的字符。',
  en: 'A captcha picture in pieces, which come together into characters at one place in it.',
};

/** `options` hold for every mode and difficulty. */
export function createRevealKind(
  renderer: Renderer,
  options: Partial<RevealOptions> = {},
  looks: readonly TextPreset[] = PRESETS,
): ChallengeKind<TextSolution> {
  const named = (name: string | undefined) =>
    looks.find((look) => look.name === name && look.custom === 'pixels');
  return {
    name: 'reveal',
    presets: REVEAL_PRESETS,
    generate: (spec: ChallengeSpec) =>
      generate(
        spec,
        renderer,
        options,
        named(spec.look) ?? named(LOOK) ?? PRESETS.find(({ name }) => name === LOOK)!,
      ),
  };
}

function generate(
  spec: ChallengeSpec,
  renderer: Renderer,
  given: Partial<RevealOptions>,
  look: TextPreset,
): Puzzle<TextSolution> {
  const { seed, difficulty, lang } = spec;
  const mode = MODES.find((name) => name === spec.preset);
  if (!mode) throw new RangeError(`reveal has no preset ${JSON.stringify(spec.preset)}`);
  if (spec.format !== 'png') throw new RangeError(`reveal has no format ${JSON.stringify(spec.format)}`);
  const options = checked({ ...DEFAULTS, ...LEVELS[difficulty], ...given });
  const { width, height, length, sets } = options;

  const solving = seededRandom(seed, 'reveal solution');
  let code = '';
  for (let i = 0; i < length; i++) code += SETS[SET][solving.below(SETS[SET].length)];
  const finding = seededRandom(seed, 'reveal symbols');
  const symbols = mode === 'guarded' ? layOutSymbols(width, height, finding) : [];
  const target = symbols.length > 0 ? symbols[finding.below(symbols.length)] : undefined;
  const cutting = seededRandom(seed, 'reveal pieces');
  const triggers = mode === 'client' ? drawTriggers(options.triggers, cutting) : [];
  const plan: RevealPlan = {
    mode,
    options,
    code,
    cuts: drawCuts(options, cutting),
    slides: drawSlides(options, triggers, cutting),
    symbols,
    tints: drawTints(sets, cutting),
  };

  const solution: TextSolution = { text: code, set: SET };
  const answerFormat = { type: 'characters', alphabet: SET, length } as const;
  const note = NOTES[mode](target ? nameOf(target, lang) : '');
  const guess = 1 / SETS[SET].length ** length;
  const restored = () => {
    const asked = { shown: [...code], solution, answerFormat, guess, note, pool: [...SETS[SET]] };
    const restoring = seededRandom(seed, 'reveal restored');
    const text = look.plan(asked, { ...spec, text: { width, height } }, restoring);
    return drawRestored(text.draw(renderer, restoring), options, restoring);
  };

  let drawn: Drawn | undefined;
  const draw = () => {
    drawn ??= drawPieces(renderer, plan, cutting);
    return drawn;
  };
  return {
    solution,
    answer: code,
    note: note[lang],
    description: DESCRIPTION[lang],
    answerFormat,
    guess,
    picture: () => pictureOf(draw().still, width, height),
    fields: () => ({ reveal: wire(plan, triggers, draw().sprite) }),
    ...(target && {
      point: [target.x, target.y],
      reveal: (trail: Trail): Revelation => {
        const expected = trailProblem(trail, width, height);
        if (expected !== undefined) return { expected };
        const [x, y] = trail.at(-1)!;
        return {
          hit: (x - target.x) ** 2 + (y - target.y) ** 2 <= MEETING ** 2,
          picture: restored,
        };
      },
    }),
  };
}

/** What a browser is told besides the still. */
function wire(
  { mode, options, slides, symbols, tints }: RevealPlan,
  triggers: readonly Trigger[],
  sprite: Uint8Array,
) {
  return {
    mode,
    sprite: `data:image/png;base64,${toBase64(sprite)}`,
    ground: css(tints.ground),
    /** A layer each, from the top of the sprite down. */
    sets: slides,
    range: options.range,
    ...(mode === 'client'
      ? { triggers }
      : {
          // What lies over the sliding pieces is cut out of the still: its symbols, each in a disc
          discs: { radius: HALO - 0.8, at: symbols.map(({ x, y }) => [Math.round(x), Math.round(y)]) },
          rest_ms: TRAIL.rest,
        }),
  };
}
