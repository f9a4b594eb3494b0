/** The kind `scene` with one look more: `photo`, questions of the operator's bank. Everything else stays the scenes' own. */
import type { Photos } from '../../render/photo.ts';
import type { Renderer } from '../../render/renderer.ts';
import { seededRandom } from '../../util/random.ts';
import type { ChallengeKind, ChallengeSpec, Format, PictureLanguage, Puzzle } from '../challenge.ts';
import type { SceneSolution } from '../scene/check.ts';
import { LETTERS } from '../scene/graph.ts';
import { NOTE } from '../scene/notes.ts';
import type { Bank } from './bank.ts';
import { createPicker } from './pick.ts';
import { createPhotoPainter } from './picture.ts';

const PHOTO = 'photo';

/** For those who cannot see the picture: what kind of task it is, nothing of what it shows. */
const DESCRIPTION: Readonly<Record<PictureLanguage, string>> = {
  'zh-CN':
    '一张照片：上方是一个关于照片的问题，下方是A、B、C、D四个选项。如果看不到图片，请换用其他类型的验证。',
  en: 'A photo: at the top a question about it, at the bottom four options, A, B, C and D. If you cannot see it, choose another kind of challenge.',
};

export interface PhotoOptions {
  readonly renderer: Renderer;
  readonly photon: Photos;
  readonly bank: Bank;
  /** The share of scenes that are photo questions where no preset is asked for, 0 … 1. */
  readonly ratio: number;
}

export function withPhotos(
  scenes: ChallengeKind,
  { renderer, photon, bank, ratio }: PhotoOptions,
): ChallengeKind {
  const pick = createPicker(bank.questions);
  const paint = createPhotoPainter({ renderer, photon, photos: bank.photos });
  const generate = ({
    seed,
    lang: wished,
    difficulty,
    format,
  }: ChallengeSpec<Format>): Puzzle<SceneSolution> => {
    if (format !== 'jpeg') throw new RangeError(`scene ${PHOTO} has no format ${JSON.stringify(format)}`);
    const random = seededRandom(seed, 'photo question');
    const { question, lang } = pick(random, wished, difficulty);
    const order = random.shuffle([0, 1, 2, 3]);
    const option = LETTERS[order.indexOf(question.right)]!;
    const options = order.map((i) => question.options[lang]![i]!);
    const page = { photo: question.photo, question: question.question[lang]!, options, lang };
    return {
      solution: { option },
      answer: option,
      note: NOTE[wished],
      description: DESCRIPTION[wished],
      lang,
      answerFormat: { type: 'choice', options: LETTERS },
      guess: 1 / LETTERS.length,
      question: question.id,
      picture: () => paint(page, seededRandom(seed, 'photo look')),
    };
  };
  return {
    name: scenes.name,
    presets: [...scenes.presets, { name: PHOTO, formats: ['jpeg'], alphabets: [], share: ratio }],
    ...(scenes.ready && { ready: (format) => scenes.ready!(format) }),
    generate: (spec) => (spec.preset === PHOTO ? generate(spec) : scenes.generate(spec)),
  };
}
