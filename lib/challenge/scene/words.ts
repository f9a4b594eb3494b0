/** Every sentence a scene can say, in both languages of the picture. {} stands for what is counted. `npm run build:fonts` packs the characters of this file and of objects/. */
import type { PictureLanguage } from '../challenge.ts';
import { ASKED } from './asked.ts';
import { type Claim, LETTERS, type Subject } from './graph.ts';
import { OBJECTS, type SceneObject, type Sort } from './objects.ts';

type Words = Readonly<Record<PictureLanguage, string>>;

const words = (chinese: string, english: string): Words => ({ 'zh-CN': chinese, en: english });

export const QUESTIONS = {
  there: [
    words('下面哪一样出现在图中？', 'Which of these is in the picture?'),
    words('图中有下面的哪一样？', 'Which of these can you find in the picture?'),
    words('哪个选项出现在图中？', 'Which one appears in the picture?'),
  ],
  missing: [
    words('下面哪一样没有出现在图中？', 'Which of these is NOT in the picture?'),
    words('图中找不到下面的哪一样？', 'Which of these can you NOT find in the picture?'),
    words('哪个选项没有出现在图中？', 'Which one does NOT appear in the picture?'),
  ],
  count: [
    words('图中有多少{}？', 'How many {} are in the picture?'),
    words('数一数，图中一共有多少{}？', 'How many {} are there in all?'),
    words('图中一共能找到多少{}？', 'How many {} can you find in the picture?'),
  ],
} satisfies Readonly<Record<string, readonly Words[]>>;

/** Things that have a common name. `near` are the sorts whose members somebody might count in. */
export interface Collection extends Subject {
  readonly near: readonly Sort[];
}

const collection = (
  holds: (object: SceneObject) => boolean,
  near: readonly Sort[],
  many: Words,
): Collection => ({ holds, near, many });

export const COLLECTIONS: readonly Collection[] = [
  collection((object) => object.sort === 'animal', ['food'], words('只动物', 'animals')),
  collection((object) => object.sort === 'fruit', ['food', 'plant'], words('个水果', 'pieces of fruit')),
  collection((object) => object.sort === 'vehicle', ['craft'], words('辆车', 'vehicles')),
  collection((object) => object.alike === 'flower', ['plant', 'home'], words('朵花', 'flowers')),
  collection((object) => object.alike === 'music', [], words('件乐器', 'musical instruments')),
];

/** How many different questions there are, before what they are about is put in. */
export const QUESTION_COUNT = [...Object.values(QUESTIONS), ...Object.values(ASKED)].flat().length;

/** What an option says. */
export function optionWords(claim: Claim, lang: PictureLanguage): string {
  if (claim.says === 'panel') return LETTERS[claim.panel]!;
  return claim.says === 'count' ? String(claim.number) : claim.object.one[lang];
}

/** All characters that the Chinese face draws. Numbers and letters of options are Latin in both languages. */
export function chineseCharacters(): string {
  const text = [
    ...Object.values(QUESTIONS).flat(),
    ...Object.values(ASKED).flat(),
    ...OBJECTS.flatMap((object) => [object.one, object.many]),
    ...COLLECTIONS.map((each) => each.many),
  ].map((each) => each['zh-CN'].replace(/\{[23]?\}/g, ''));
  return [...new Set(text.join(''))].sort().join('');
}
