/**
 * The kind `audio`: characters that are heard, not seen. What is asked is decided here; how it sounds is the sound room's affair
 * (lib/audio), asked for one take at a time at `/audio`. The picture is a loudspeaker and the same for everyone.
 */
import type { Renderer } from '../../render/renderer.ts';
import { seededRandom } from '../../util/random.ts';
import type { ChallengeKind, ChallengeSpec, PictureLanguage, Puzzle } from '../challenge.ts';
import { AUDIO_PRESETS } from '../presets.ts';
import type { AudioSolution } from './check.ts';
import { drawLoudspeaker } from './loudspeaker.ts';

type Alphabet = 'digits' | 'letters';

interface Sort {
  readonly among: string;
  readonly length: number;
  readonly note: Readonly<Record<PictureLanguage, string>>;
  /** The only language that says it. */
  readonly lang?: PictureLanguage;
}

const SORTS: Readonly<Record<Alphabet, Sort>> = {
  digits: {
    among: '0123456789',
    length: 6,
    note: {
      'zh-CN': '请跟随最先说话的声音，按顺序输入它读出的六个数字，不用理会另一个声音。',
      en: 'Follow the voice that speaks first: type its six digits in order, and ignore the other voice.',
    },
  },
  // In every language by the words of the spelling alphabet: the names of letters sound too much alike
  letters: {
    among: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    length: 5,
    note: {
      'zh-CN':
        '请跟随最先说话的声音：它在“follow me”之后读出五个英文单词，请按顺序输入每个单词的首字母，不用理会另一个声音。',
      en: 'Follow the voice that speaks first. After “follow me” it says five words, such as “alpha”: type their first letters.',
    },
    lang: 'en',
  },
};

const DESCRIPTION: Readonly<Record<PictureLanguage, string>> = {
  'zh-CN': '语音验证码：请播放声音并输入听到的内容。',
  en: 'A captcha to listen to: play the sound and type what it says.',
};

export function createAudioKind(renderer: Renderer): ChallengeKind<AudioSolution> {
  return {
    name: 'audio',
    presets: AUDIO_PRESETS,
    generate: (spec: ChallengeSpec) => generate(spec, renderer),
  };
}

function generate(spec: ChallengeSpec, renderer: Renderer): Puzzle<AudioSolution> {
  const alphabet = spec.alphabet ?? 'digits';
  if (spec.preset !== 'voices') throw new RangeError(`audio has no preset ${JSON.stringify(spec.preset)}`);
  if (spec.format !== 'png') throw new RangeError(`audio has no format ${JSON.stringify(spec.format)}`);
  if (alphabet === 'alphanumeric') throw new RangeError('audio has no alphabet "alphanumeric"');
  const { among, length, note, lang } = SORTS[alphabet];
  const random = seededRandom(spec.seed, 'audio solution');
  let text = '';
  for (let i = 0; i < length; i++) text += among[random.below(among.length)];
  return {
    solution: { text },
    answer: text,
    note: note[spec.lang],
    description: DESCRIPTION[spec.lang],
    answerFormat: { type: 'characters', length, alphabet },
    guess: 1 / among.length ** length,
    spoken: { text, among, ...(lang && { lang }) },
    picture: () => drawLoudspeaker(renderer),
  };
}
