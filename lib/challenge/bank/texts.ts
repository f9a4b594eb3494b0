/** Whether the words of a question can be drawn, read and told apart. Each problem is a text to follow the question's name. */
import type { Renderer } from '../../render/renderer.ts';
import { PICTURE_LANGUAGES, type PictureLanguage } from '../challenge.ts';
import { LETTERS } from '../scene/graph.ts';
import { CARDS, contentOf, HEADER, WIDTH } from '../scene/layout.ts';
import { FACES } from '../scene/scene.ts';
import { fitLine, wrap } from '../scene/typeset.ts';
import type { ManifestQuestion } from './manifest.ts';

/** Options below this many pixels to the em are too small to read; a scene's own are 22 and more. */
const SMALLEST_OPTION = 20;

export function problemsOfTexts(renderer: Renderer, { question, options }: ManifestQuestion): string[] {
  return PICTURE_LANGUAGES.flatMap((lang) => {
    const asked = question[lang];
    const offered = options[lang];
    if (asked === undefined && offered === undefined) return [];
    if (asked === undefined || offered === undefined) {
      const missing = asked === undefined ? 'question' : 'options';
      return [
        `${missing}.${lang}: expected a text, since there is one in ${missing === 'question' ? 'options' : 'question'}.${lang}`,
      ];
    }
    const face = renderer.face(FACES[lang]);
    const letters = LETTERS.map((letter, i) => [`options.${lang}, ${letter}`, offered[i]!] as const);
    const unpacked = [[`question.${lang}`, asked] as const, ...letters].flatMap(([place, text]) =>
      unpackedIn(renderer, face, lang, place, text),
    );
    // What cannot be drawn cannot be measured
    if (unpacked.length > 0) return [...unpacked, ...sameOptions(lang, offered)];
    return [
      ...tooLong(renderer, face, lang, asked),
      ...letters.flatMap(([place, text]) => tooWide(renderer, face, place, text)),
      ...sameOptions(lang, offered),
      ...letters.flatMap(([place, text]) => pointing(place, text)),
    ];
  });
}

/** Every language in which the question can be asked. */
export const languagesOf = ({ question }: ManifestQuestion): PictureLanguage[] =>
  PICTURE_LANGUAGES.filter((lang) => question[lang] !== undefined);

function unpackedIn(renderer: Renderer, face: number, lang: string, place: string, text: string): string[] {
  const packed = charactersOf(renderer, face);
  const missing = [...new Set(text)].filter((character) => !packed.has(character));
  if (missing.length === 0) return [];
  const shown = missing.map((character) =>
    /[\p{C}\p{M}\p{Z}]/u.test(character)
      ? `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
      : character,
  );
  return [
    `${place}: no packed face for ${lang} has ${shown.join(' ')} (docs/questions.md says how to add characters)`,
  ];
}

const known = new WeakMap<Renderer, Map<number, ReadonlySet<string>>>();

function charactersOf(renderer: Renderer, face: number): ReadonlySet<string> {
  const faces = known.get(renderer) ?? new Map<number, ReadonlySet<string>>();
  known.set(renderer, faces);
  const found = faces.get(face) ?? new Set(renderer.faces[face]!.characters);
  faces.set(face, found);
  return found;
}

function tooLong(renderer: Renderer, face: number, lang: string, text: string): string[] {
  try {
    wrap(renderer, text, face, { ...HEADER, width: WIDTH - 2 * HEADER.padding, lines: 2 });
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [
      `question.${lang}: too long; expected what fits into two lines of ${HEADER.smallest} pixels (about ${lang === 'en' ? 100 : 50} characters)`,
    ];
  }
}

function tooWide(renderer: Renderer, face: number, place: string, text: string): string[] {
  const { size } = fitLine(renderer, text, face, contentOf(CARDS[0]!), SMALLEST_OPTION, 0);
  if (size >= SMALLEST_OPTION) return [];
  const share = Math.floor((100 * size) / SMALLEST_OPTION);
  return [`${place}: too long; at ${SMALLEST_OPTION} pixels there is room for ${share} % of it`];
}

function sameOptions(lang: string, offered: readonly string[]): string[] {
  const folded = offered.map(fold);
  return folded.flatMap((text, i) => {
    const first = folded.indexOf(text);
    return first === i
      ? []
      : [
          `options.${lang}: ${LETTERS[first]} and ${LETTERS[i]} say the same ("${offered[i]}"), so the answer is ambiguous`,
        ];
  });
}

/** Options are shown in a new order each time: none may speak of another, or of where it stands. */
const POINTING: readonly RegExp[] = [
  /\b(all|none|both|neither|any) of (the above|the others?|these|those|them)\b/i,
  /\b(options?|answers?) [a-d]\b|^[a-d] (and|or|&) [a-d]$/i,
  /\b(above|below|previous|other) (options?|answers?)\b/i,
  /(以上|上述|以下|其他|其它)(都|皆|全|均|选项|答案)|^(都是|都不是|都对|都不对|全对|全错)$/,
  /选项\s*[A-D]|^[A-D]\s*[和或与、]\s*[A-D]$/i,
];

function pointing(place: string, text: string): string[] {
  if (!POINTING.some((pattern) => pattern.test(text))) return [];
  return [`${place}: "${text}" speaks of other options, whose order is drawn anew each time`];
}

const NUMBERS: readonly (readonly string[])[] = [
  ['zero', '零', '〇'],
  ['one', '一'],
  ['two', '二', '两'],
  ['three', '三'],
  ['four', '四'],
  ['five', '五'],
  ['six', '六'],
  ['seven', '七'],
  ['eight', '八'],
  ['nine', '九'],
  ['ten', '十'],
];
const numberOf = new Map(
  NUMBERS.flatMap((words, number) => words.map((word) => [word, String(number)] as const)),
);

/** What two texts share that a visitor would take for the same. */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/^[\s"'“”‘’]+|[\s.,!?。，！？、"'“”‘’]+$/gu, '');
  return numberOf.get(plain) ?? plain;
}
