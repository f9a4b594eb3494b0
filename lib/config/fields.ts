/** The forms that values of the environment take, each with the words that say what was expected. */
import * as v from 'valibot';

export const MIN_KEY_BYTES = 32;

/** What has a limit of its own. */
export const BUCKETS = ['generate', 'verify', 'failed', 'media', 'reveal', 'siteverify'] as const;
export type BucketName = (typeof BUCKETS)[number];

const SHARE_EXPECTED = 'a number from 0 to 1, such as 0.3';
export const share = v.pipe(
  v.string(SHARE_EXPECTED),
  v.regex(/^(0|1|0?\.\d{1,6}|1\.0{1,6})$/, SHARE_EXPECTED),
  v.transform(Number),
);

const MAX_LIMIT = 1_000_000_000;

export const integer = (low: number, high: number) => {
  const expected = `an integer from ${low} to ${high}`;
  return v.pipe(
    v.string(expected),
    v.regex(/^\d{1,10}$/, expected),
    v.transform(Number),
    v.minValue(low, expected),
    v.maxValue(high, expected),
  );
};

const RULE_EXPECTED = `hits and window such as "30/60s" (1 to ${MAX_LIMIT} hits, 1 to 86400 seconds), and perhaps what a failing store means: "30/60s:allow" or "30/60s:deny"`;
const RULE = /^([1-9]\d{0,9})\/([1-9]\d{0,4})s(?::(allow|deny))?$/;

export interface LimitConfig {
  readonly limit: number;
  readonly windowMs: number;
  readonly onStoreError?: 'allow' | 'deny';
}

export const rule = v.pipe(
  v.string(RULE_EXPECTED),
  v.regex(RULE, RULE_EXPECTED),
  v.transform((text): LimitConfig => {
    const [, limit, seconds, onStoreError] = RULE.exec(text)!;
    return {
      limit: Number(limit),
      windowMs: Number(seconds) * 1000,
      ...(onStoreError !== undefined && { onStoreError: onStoreError as 'allow' | 'deny' }),
    };
  }),
  v.check(({ limit, windowMs }) => limit <= MAX_LIMIT && windowMs <= 86_400_000, RULE_EXPECTED),
);

export const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

export const keys = (expected: string) =>
  v.pipe(
    v.string(expected),
    v.transform(list),
    v.minLength(1, expected),
    v.everyItem((key) => new TextEncoder().encode(key).length >= MIN_KEY_BYTES, expected),
  );

const isOrigin = (item: string) => URL.canParse(item) && new URL(item).origin === item && item !== 'null';
const ORIGIN_EXPECTED = 'an origin such as https://example.com (no path, no *)';
export const origin = v.pipe(v.string(ORIGIN_EXPECTED), v.check(isOrigin, ORIGIN_EXPECTED));

const ORIGINS_EXPECTED = 'origins separated by commas, each such as https://example.com (no path, no *)';
export const origins = v.pipe(
  v.string(ORIGINS_EXPECTED),
  v.transform(list),
  v.everyItem(isOrigin, ORIGINS_EXPECTED),
);

/** Text of one form. */
export const text = (pattern: RegExp, expected: string) =>
  v.pipe(v.string(expected), v.regex(pattern, expected));

/** One of a few words. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  v.picklist(values, `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`);
