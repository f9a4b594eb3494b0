/**
 * The shape of `questions.json`, the operator's list of questions. Unknown names are refused: a misspelt one would be ignored in silence.
 */
import * as v from 'valibot';
import { DIFFICULTIES, PICTURE_LANGUAGES, type PictureLanguage } from '../challenge.ts';
import { LETTERS } from '../scene/graph.ts';

export const MANIFEST = 'questions.json';
export const BANK_LIMITS = { manifestBytes: 4 * 2 ** 20, questions: 1000, weight: 100 } as const;

const text = (expected: string, most: number) =>
  v.pipe(v.string(expected), v.trim(), v.minLength(1, expected), v.maxLength(most, expected));

/** A value for some languages, one at least. */
function perLanguage<const T extends v.GenericSchema>(value: T) {
  const expected = `an object with ${PICTURE_LANGUAGES.join(' or ')}, or both`;
  const entries = Object.fromEntries(
    PICTURE_LANGUAGES.map((lang) => [lang, v.optional(value)]),
  ) as unknown as Record<PictureLanguage, v.OptionalSchema<T, undefined>>;
  return v.pipe(
    v.strictObject(entries, expected),
    v.check((given) => Object.keys(given).length > 0, expected),
  );
}

const ID = '1 to 64 of the characters A-Z a-z 0-9 . _ -';
const IMAGE =
  'the path of a file inside the folder, such as cups.jpg or photos/cups.jpg (no .., no leading /)';
const OPTIONS = 'four texts';
const ANSWER = `one of ${LETTERS.join(', ')}: the first option is A`;
const WEIGHT = `a whole number from 1 to ${BANK_LIMITS.weight}`;
const isInside = (path: string) =>
  !/[\\:\p{Cc}]/u.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const question = v.strictObject(
  {
    /** Names the question in messages. */
    id: v.pipe(v.string(ID), v.regex(/^[A-Za-z0-9._-]{1,64}$/, ID)),
    image: v.pipe(text(IMAGE, 255), v.check(isInside, IMAGE)),
    question: perLanguage(text('1 to 200 characters', 200)),
    options: perLanguage(v.pipe(v.array(text('1 to 60 characters', 60), OPTIONS), v.length(4, OPTIONS))),
    /** Which of the options as they stand here; in the picture their order is drawn anew. */
    answer: v.picklist(LETTERS, ANSWER),
    /** How often it is drawn beside the others. */
    weight: v.optional(
      v.pipe(
        v.number(WEIGHT),
        v.integer(WEIGHT),
        v.minValue(1, WEIGHT),
        v.maxValue(BANK_LIMITS.weight, WEIGHT),
      ),
      1,
    ),
    /** Only drawn for this difficulty; absent: for every. */
    difficulty: v.optional(v.picklist(DIFFICULTIES, DIFFICULTIES.join(', '))),
    /** A remark of the operator's, such as the photographer's name; never shown. */
    remark: v.optional(v.string('text')),
  },
  'an object with id, image, question, options and answer',
);

const MOST = `a list of 1 to ${BANK_LIMITS.questions} questions`;
/** The whole file but for what its questions say: each is judged alone, so that one message follows from one fault. */
const manifest = v.strictObject(
  {
    questions: v.pipe(
      v.array(v.unknown(), MOST),
      v.minLength(1, MOST),
      v.maxLength(BANK_LIMITS.questions, MOST),
    ),
  },
  'an object with questions',
);

type Written = v.InferOutput<typeof question>;
export interface ManifestQuestion extends Omit<Written, 'question' | 'options'> {
  readonly question: Readonly<Partial<Record<PictureLanguage, string>>>;
  readonly options: Readonly<Partial<Record<PictureLanguage, readonly string[]>>>;
}

export interface ManifestReading {
  readonly questions: readonly ManifestQuestion[];
  /** Each begins with where it is. */
  readonly problems: readonly string[];
}

export function readManifest(bytes: Uint8Array): ManifestReading {
  let parsed: unknown;
  try {
    // fatal: a file in another encoding must not become questions with � in them
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? `is not JSON: ${error.message}` : 'is not UTF-8';
    return { questions: [], problems: [reason] };
  }
  const whole = v.safeParse(manifest, parsed);
  if (!whole.success) return { questions: [], problems: [told(whole.issues[0], '')] };

  const problems: string[] = [];
  const questions = whole.output.questions.flatMap((written, i) => {
    const place = placeOf(written, i);
    const read = v.safeParse(question, written);
    if (read.success) return [read.output as ManifestQuestion];
    problems.push(...new Set(read.issues.map((issue) => told(issue, place))));
    return [];
  });
  return { questions, problems };
}

/** By its id where it has one, else by its place, counted from 1. */
function placeOf(written: unknown, i: number): string {
  const id = (written as { id?: unknown } | null)?.id;
  return typeof id === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(id)
    ? `question ${id}`
    : `question no. ${i + 1}`;
}

function told(issue: v.BaseIssue<unknown>, place: string): string {
  const path = (issue.path ?? []).map(({ key }) => String(key)).join('.');
  const where = [place, path].filter((part) => part !== '').join(', ');
  const begin = where === '' ? '' : `${where}: `;
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return `${begin}no such name is known here`;
  const missing = issue.input === undefined;
  return `${begin}expected ${missing ? (expectedAt(issue) ?? issue.message) : issue.message}${missing ? '; it is missing' : ''}`;
}

/** A missing entry is told by valibot in its own words: ask the entry's schema for ours. */
function expectedAt(issue: v.BaseIssue<unknown>): string | undefined {
  const key = String(issue.path?.at(-1)?.key);
  const entries: Readonly<Record<string, v.GenericSchema>> = { ...question.entries, ...manifest.entries };
  const entry = issue.path?.length === 1 ? entries[key] : undefined;
  return entry && v.safeParse(entry, 0).issues?.[0]?.message;
}
