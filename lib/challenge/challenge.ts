/**
 * What a kind of challenge is. A kind draws up puzzles (`generate`, needs a renderer) and judges answers (`check`, needs nothing):
 * two halves, so that a deployment that only verifies carries no drawing code. registry.ts lists the first, answers.ts the second.
 *
 * Everything in a puzzle, its picture included, is a pure function of the spec: the record keeps the spec, never the picture.
 */
import type { CustomTextConfig } from '../config/custom-text.ts';

export const KINDS = ['text', 'scene', 'reveal', 'audio'] as const;
export type KindName = (typeof KINDS)[number];

export const PICTURE_LANGUAGES = ['zh-CN', 'en'] as const;
export type PictureLanguage = (typeof PICTURE_LANGUAGES)[number];

export const DIFFICULTIES = [1, 2, 3] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** What the kernel writes. */
const DRAWN_FORMATS = ['png', 'bmp'] as const;
type DrawnFormat = (typeof DRAWN_FORMATS)[number];

/** `jpeg` and `webp` come from Photon, which is loaded when one of them is asked for by name. */
export const FORMATS = [...DRAWN_FORMATS, 'jpeg', 'webp'] as const;
export type Format = (typeof FORMATS)[number];

export const ALPHABETS = ['digits', 'letters', 'alphanumeric'] as const;
export type AlphabetName = (typeof ALPHABETS)[number];

/** What a text challenge asks for; challenge/text/generators.ts. */
export const GENERATORS = ['characters', 'words', 'composed', 'arithmetic', 'hanzi'] as const;
export type GeneratorName = (typeof GENERATORS)[number];

/** text only: where a request departs from what the preset does by itself. Plain JSON, checked by the kind. */
export interface TextOptions {
  readonly generator?: GeneratorName;
  /** An alphabet of one's own: each character once, capitals. */
  readonly characters?: string;
  /** How many characters are to be read. */
  readonly length?: number;
  /** Pixels; both or neither, and not beside `scale`. */
  readonly width?: number;
  readonly height?: number;
  /** Times the preset's own size. */
  readonly scale?: number;
  /** Six hexadecimal digits each; both or neither. */
  readonly ink?: string;
  readonly ground?: string;
  /** A family of the packed faces. */
  readonly font?: string;
}

/** The same as a request has it, unchecked. */
export interface TextWish {
  readonly generator?: string | undefined;
  readonly characters?: string | undefined;
  readonly length?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly scale?: number | undefined;
  readonly ink?: string | undefined;
  readonly ground?: string | undefined;
  readonly font?: string | undefined;
}

/** All that decides a puzzle. `seed` is secret and never leaves the server. */
export interface ChallengeSpec<F extends Format = DrawnFormat> {
  /** ≥ 128 bits from the CSPRNG, any spelling. */
  readonly seed: string;
  readonly preset: string;
  readonly difficulty: Difficulty;
  readonly lang: PictureLanguage;
  readonly format: F;
  /** Names the style that a deployment's key and epoch give to its pictures, any spelling; absent: one for all. */
  readonly style?: string;
  /** text only: what the characters are drawn from; absent, the preset's own. */
  readonly alphabet?: AlphabetName;
  readonly text?: TextOptions;
  /** reveal only: the text preset that what comes to light wears; absent, or one that cannot fill the box: `plain`. */
  readonly look?: string;
}

/** What a visitor has to send, in the words of the HTTP contract. */
export type AnswerFormat =
  | { type: 'choice'; options: readonly string[] }
  | { type: 'characters'; length?: number; alphabet: AlphabetName | 'hanzi' | 'custom' }
  | { type: 'number' };

export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: `image/${Format}`;
  readonly width: number;
  readonly height: number;
  /** Height that the drawing really used, in pixels from the top; ≤ height. */
  readonly usedHeight: number;
}

export interface Puzzle<Solution = unknown> {
  /** The server's truth, plain JSON. */
  readonly solution: Solution;
  /** The right answer as a visitor would send it; for labels and tests, never for the wire. */
  readonly answer: string;
  /** What to do, one sentence in `spec.lang`. */
  readonly note: string;
  /** A description for assistive technology that gives nothing away, in `spec.lang`. */
  readonly description: string;
  /** Language of the picture where it is not `spec.lang`: a question of one's own that does not exist in it. */
  readonly lang?: PictureLanguage;
  readonly answerFormat: AnswerFormat;
  /** Probability that one blind guess, made by the best strategy without looking at the picture, is right. */
  readonly guess: number;
  /** Which question of a bank it asks, so that a chain need not ask it twice; absent where every puzzle is a new one. */
  readonly question?: string;
  /** Draws. Lazy: nothing is drawn for a caller that does not ask. */
  picture(): Picture;
  /** What a client receives besides the picture, plain JSON; drawn like it. */
  fields?(): Readonly<Record<string, unknown>>;
  /** What is to be heard; absent where the solution cannot be said. */
  readonly spoken?: Spoken;
  /** What a hand's trail over the picture brings to light; absent where there is nothing to find. */
  reveal?(trail: readonly (readonly [x: number, y: number, t: number])[]): Revelation;
  /** Where that is found, in pixels of the picture; for tests, never for the wire. */
  readonly point?: readonly [x: number, y: number];
}

/** A solution in sounds: the same answer as the picture's, where there is one. */
export interface Spoken {
  /** The characters to say, one after another. */
  readonly text: string;
  /** Every character that the text could have held. */
  readonly among: string;
  /** The language that it has to be said in; absent: the challenge's own. */
  readonly lang?: PictureLanguage;
}

export type Revelation =
  /** No trail that a hand could have left: what was expected of it. */
  { readonly expected: string } | { readonly hit: boolean; picture(): Picture };

/** A preset: a look. `alphabets` and `formats` say what it can be combined with; the first is the default. */
export interface PresetInfo {
  readonly name: string;
  readonly formats: readonly Format[];
  readonly alphabets: readonly AlphabetName[];
  /** Share of challenges without an asked preset that take this one instead of the default, 0 … 1; absent: none. */
  readonly share?: number;
}

/** What was expected of a field that a request may not have as it is. */
export interface Unavailable {
  readonly field: string;
  readonly expected: string;
}

export interface ChallengeKind<Solution = unknown> {
  readonly name: KindName;
  /** The first is the default. */
  readonly presets: readonly PresetInfo[];
  generate(spec: ChallengeSpec<Format>): Puzzle<Solution>;
  /** Loads what a format needs; to be awaited before `generate` is asked for it. Absent: nothing is ever loaded. */
  ready?(format: Format): Promise<void>;
  /** Names that a policy may list in what may be asked for. Absent: nothing can be. */
  readonly customNames?: Readonly<Record<'generators' | 'fonts', readonly string[]>>;
  /** Checks what a request wants to be different, within the limits of the policy. Absent: nothing can be. */
  customize?(wish: TextWish, about: CustomAbout): TextOptions | Unavailable;
}

export interface CustomAbout {
  readonly preset: string;
  readonly alphabet: AlphabetName | undefined;
  /** Absent: the policy lets nothing be changed. */
  readonly limits: CustomTextConfig | undefined;
}

/** The judging half of a kind. Never throws, whatever it is given. */
export interface AnswerCheck<Solution = unknown> {
  readonly name: KindName;
  check(solution: Solution, answer: string): boolean;
}
