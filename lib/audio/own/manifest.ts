/** The shape of `voices.json`, the operator's list of recordings. Unknown names are refused: a misspelt one would be ignored in silence. */
import * as v from 'valibot';
import { LANGUAGES } from '../languages.ts';

export const MANIFEST = 'voices.json';
export const VOICE_LIMITS = {
  manifestBytes: 65_536,
  voices: 12,
  overlays: 24,
  fileBytes: 4 * 2 ** 20,
} as const;

const NAME = '1 to 32 of the characters A-Z a-z 0-9 . _ -';
const PATTERN = 'a pattern of characters such as [0-9] or [A-HJ-NP-Z]';
const KEY = '1 to 16 characters that stand for the character in files';
const FILES =
  'the path of files inside the folder with the key in it, such as anna/*.wav (no .., no leading /)';
const FILE = 'the path of a file inside the folder, such as street.wav (no .., no leading /)';

const isInside = (path: string) =>
  path.length <= 255 &&
  !/[\\:\p{Cc}]/u.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const text = (expected: string, fits: (text: string) => boolean) =>
  v.pipe(v.string(expected), v.check(fits, expected));

const voice = v.pipe(
  v.strictObject({
    /** Names the voice in messages. */
    name: text(NAME, (name) => /^[A-Za-z0-9._-]{1,32}$/.test(name)),
    /** Which of 0-9 and A-Z it says. */
    characters: text(PATTERN, (pattern) => pattern.length <= 100 && patternOf(pattern) !== undefined),
    key: v.optional(
      text(KEY, (key) => key.length >= 1 && key.length <= 16),
      '*',
    ),
    files: text(FILES, isInside),
    /** The file in which it says that it is the one to follow. */
    cue: v.optional(text(FILE, isInside)),
  }),
  v.check(({ key, files }) => files.includes(key), `files: ${FILES}`),
);

const VOICES = `a list of 1 to ${VOICE_LIMITS.voices} voices`;
const OVERLAYS = `a list of at most ${VOICE_LIMITS.overlays} files`;
const LANGUAGE = LANGUAGES.join(' or ');

const manifest = v.strictObject({
  language: v.picklist(LANGUAGES, LANGUAGE),
  voices: v.pipe(v.array(voice, VOICES), v.minLength(1, VOICES), v.maxLength(VOICE_LIMITS.voices, VOICES)),
  overlays: v.optional(
    v.pipe(v.array(text(FILE, isInside), OVERLAYS), v.maxLength(VOICE_LIMITS.overlays, OVERLAYS)),
    [],
  ),
});

export type VoicesManifest = v.InferOutput<typeof manifest>;

/** A pattern as it is written; undefined when it is none. */
export function patternOf(pattern: string): RegExp | undefined {
  try {
    const made = new RegExp(`^(?:${pattern})$`, 'u');
    // Some are only found to be too much when they are used
    made.test('0');
    return made;
  } catch {
    return undefined;
  }
}

export function readManifest(bytes: Uint8Array): VoicesManifest | { readonly problems: readonly string[] } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return { problems: [error instanceof SyntaxError ? `is not JSON: ${error.message}` : 'is not UTF-8'] };
  }
  const result = v.safeParse(manifest, parsed);
  if (result.success) return result.output;
  return { problems: result.issues.map((issue) => `${placeOf(issue)}: ${wordsOf(issue)}`) };
}

const placeOf = ({ path }: v.BaseIssue<unknown>) =>
  (path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '') || 'the whole';

function wordsOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object') {
    if (issue.path === undefined) return 'expected an object with language and voices';
    return issue.expected === 'never' ? 'no such name' : 'is missing';
  }
  return issue.message.startsWith('files: ') ? issue.message : `expected ${issue.message}`;
}
