/** The shapes of what comes in. Every rule says what was expected; unknown names are ignored (cache busters must work). */
import * as v from 'valibot';
import { ALPHABETS, FORMATS, GENERATORS, KINDS } from '../challenge/challenge.ts';
import { canonicalAddress } from '../rate-limit/address.ts';
import { LANGUAGE_TAG } from './language.ts';
import { invalid, ProblemError } from './problem.ts';

const text = (expected: string, pattern: RegExp) => v.pipe(v.string(expected), v.regex(pattern, expected));
const oneOf = <const T extends readonly string[]>(values: T) => v.picklist(values, values.join(', '));

const id = text('32 characters of 0-9 and a-z', /^[0-9a-z]{32}$/);
const sitekey = text('a site key: 1 to 64 of A-Z a-z 0-9 _ -', /^[A-Za-z0-9_-]{1,64}$/);
const slug = (most: number) =>
  text(`1 to ${most} of the characters A-Z a-z 0-9 _ -`, new RegExp(`^[A-Za-z0-9_-]{1,${most}}$`));
const session = v.pipe(
  v.string('1 to 128 characters'),
  v.minLength(1, '1 to 128 characters'),
  v.maxLength(128, '1 to 128 characters'),
);
const ATTEMPT = '22 to 64 of the characters A-Z a-z 0-9 _ - (at least 128 random bits)';
const ADDRESS = 'an IPv4 or IPv6 address';
const ANSWER = '1 to 64 characters';

const whole = (expected: string) =>
  v.pipe(v.string(expected), v.regex(/^[1-9]\d{0,3}$/, expected), v.transform(Number));
const COLOR = 'six hexadecimal digits such as 1a2b3c';

/** Of a text challenge, where the policy lets it be set; how far, the kind says. */
const customText = {
  generator: v.optional(oneOf(GENERATORS)),
  characters: v.optional(text('2 to 64 characters', /^.{2,64}$/u)),
  length: v.optional(whole('a number of characters')),
  width: v.optional(whole('a number of pixels')),
  height: v.optional(whole('a number of pixels')),
  scale: v.optional(whole('a whole number')),
  ink: v.optional(text(COLOR, /^[0-9A-Fa-f]{6}$/)),
  ground: v.optional(text(COLOR, /^[0-9A-Fa-f]{6}$/)),
  font: v.optional(text('the name of a font family', /^[A-Za-z0-9 ]{1,32}$/)),
};

const select = {
  kind: v.optional(oneOf(KINDS)),
  preset: v.optional(text('the name of a preset', /^[a-z0-9-]{1,32}$/)),
  difficulty: v.optional(v.pipe(oneOf(['1', '2', '3']), v.transform(Number))),
  format: v.optional(oneOf(FORMATS)),
  alphabet: v.optional(oneOf(ALPHABETS)),
  ...customText,
};
const about = {
  lang: v.optional(text('a language tag such as en or zh-CN', LANGUAGE_TAG)),
  sitekey: v.optional(sitekey),
  action: v.optional(slug(32)),
  cdata: v.optional(slug(255)),
  session: v.optional(session),
};
const clientIp = {
  client_ip: v.optional(
    v.pipe(
      v.string(ADDRESS),
      v.maxLength(64, ADDRESS),
      v.check((address) => canonicalAddress(address) !== undefined, ADDRESS),
      v.transform((address) => canonicalAddress(address)!),
    ),
  ),
};

export const generateQuery = v.object({
  ...select,
  ...about,
  ...clientIp,
  chain: v.optional(text('the chain that verify gave', /^[A-Za-z0-9_-]{1,1024}$/)),
});

export const imageQuery = v.object({
  ...select,
  ...about,
  form: v.optional(text('1 to 32 of the characters A-Z a-z 0-9 _ -', /^[A-Za-z0-9_-]{1,32}$/), 'default'),
});

export const verifyBody = v.object({
  captcha_id: v.optional(id),
  answer: v.pipe(v.string(ANSWER), v.trim(), v.minLength(1, ANSWER), v.maxLength(64, ANSWER)),
  attempt: v.optional(text(ATTEMPT, /^[A-Za-z0-9_-]{22,64}$/)),
  sitekey: v.optional(sitekey),
  session: v.optional(session),
  form: v.optional(text('1 to 32 of the characters A-Z a-z 0-9 _ -', /^[A-Za-z0-9_-]{1,32}$/)),
  lang: about.lang,
  ...clientIp,
});

export const refreshBody = v.object({
  captcha_id: id,
  kind: select.kind,
  lang: about.lang,
  ...clientIp,
});

export const audioQuery = v.object({
  lang: about.lang,
  rate: v.optional(oneOf(['8000', '16000']), '8000'),
  speed: v.optional(oneOf(['normal', 'slow']), 'normal'),
  take: v.optional(v.pipe(oneOf(['1', '2', '3']), v.transform(Number))),
});

export const captchaId = v.object({ id });

const TRAIL_SHAPE = '8 to 512 points [x, y, t_ms], all numbers';
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);

export const revealBody = v.object({
  trail: v.custom<(readonly [x: number, y: number, t: number])[]>(
    (value) =>
      Array.isArray(value) &&
      value.length >= 8 &&
      value.length <= 512 &&
      value.every((point) => Array.isArray(point) && point.length === 3 && point.every(isNumber)),
    TRAIL_SHAPE,
  ),
  ...clientIp,
});

/** Parses, or answers 400 with the first field that is wrong and what was expected of it. */
export function parse<T extends v.GenericSchema>(schema: T, input: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const field = String(issue.path?.[0]?.key ?? 'body');
  throw new ProblemError(invalid(field, expected(schema, field, issue)));
}

/** A missing field has no rule of its own to speak: ask what its rule says to nothing at all. */
function expected(schema: v.GenericSchema, field: string, issue: v.BaseIssue<unknown>): string {
  if (issue.input !== undefined) return issue.message;
  const entry = (schema as { entries?: Record<string, v.GenericSchema> }).entries?.[field];
  return (entry && v.safeParse(entry, undefined).issues?.[0]?.message) ?? issue.message;
}
