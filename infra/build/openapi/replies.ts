/** What the service answers, as schemas: for the OpenAPI document, and for the tests that hold real replies against it. */
import * as v from 'valibot';
import { ALPHABETS, DIFFICULTIES, KINDS, PICTURE_LANGUAGES } from '../../../lib/challenge/challenge.ts';

const about = <const T extends v.GenericSchema>(schema: T, text: string) =>
  v.pipe(schema, v.description(text));
const whole = (least = 0) => v.pipe(v.number(), v.integer(), v.minValue(least));
const dataUrl = v.pipe(v.string(), v.regex(/^data:image\/(png|bmp|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/));
const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{32}$/));

export const problem = v.strictObject({
  success: v.literal(false),
  error: about(v.string(), 'For people, in the negotiated language.'),
  code: about(whole(400), 'The HTTP status.'),
  error_code: about(
    v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,64}$/)),
    'For programs: a stable slug such as `rate_limited`, `challenge_not_found`, `invalid_answer`.',
  ),
  switch_to: v.optional(
    about(v.picklist(KINDS), '409 of `/audio` only: a kind of this site that has a spoken form.'),
  ),
});

const answerFormat = v.variant('type', [
  v.strictObject({ type: v.literal('choice'), options: v.array(v.string()) }),
  v.strictObject({
    type: v.literal('characters'),
    length: v.optional(about(whole(1), 'Absent where how many count is for the visitor to find (strong).')),
    alphabet: v.picklist([...ALPHABETS, 'hanzi', 'custom']),
  }),
  v.strictObject({ type: v.literal('number') }),
]);

export const challenge = v.strictObject({
  success: v.literal(true),
  captcha_id: id,
  image_base64: about(dataUrl, 'The picture; can be set as an `<img src>` as it is.'),
  image_size: v.strictObject({
    width: whole(1),
    height: whole(1),
    used_height: about(whole(1), 'What the drawing used, from the top; at most `height`.'),
  }),
  expire_time: about(whole(), 'Seconds that the challenge lives from now on.'),
  note: about(v.string(), 'What to do, one sentence.'),
  kind: v.picklist(KINDS),
  preset: v.string(),
  difficulty: v.picklist(DIFFICULTIES),
  lang: about(v.picklist(PICTURE_LANGUAGES), 'The language of what is asked.'),
  description: about(v.string(), 'For assistive technology; gives nothing away.'),
  audio: about(v.boolean(), 'Whether `/audio` exists for this challenge.'),
  instead: about(v.array(v.picklist(KINDS)), 'Kinds that `refresh` may trade it for, by the site’s policy.'),
  answer_format: answerFormat,
  round: about(whole(1), 'Which of `rounds` this is.'),
  rounds: whole(1),
  reveal: v.optional(
    about(v.record(v.string(), v.unknown()), 'Kind reveal only: how its layers slide (docs/reveal.md).'),
  ),
});

export const verdict = v.union([
  v.strictObject({
    success: v.literal(true),
    verified: v.literal(true),
    token: about(
      v.pipe(v.string(), v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)),
      'A JWT; redeems once (docs/tokens.md).',
    ),
    message: v.string(),
  }),
  v.strictObject({
    success: v.literal(true),
    verified: v.literal(false),
    message: v.string(),
    padding: about(v.string(), 'Noise of a token’s length, so that the size of the reply tells nothing.'),
  }),
  v.strictObject({
    success: v.literal(true),
    verified: v.literal(false),
    next: about(
      v.strictObject({ chain: v.string(), remaining: whole(1) }),
      'One round of several is over, right or wrong: ask for the next with `generate?chain=`.',
    ),
  }),
]);

export const revealed = v.union([
  v.strictObject({ success: v.literal(true), revealed: v.literal(true), image_base64: dataUrl }),
  v.strictObject({ success: v.literal(true), revealed: v.literal(false), tries_left: whole() }),
]);

const ERROR_CODES = [
  'missing-input-secret',
  'invalid-input-secret',
  'missing-input-response',
  'invalid-input-response',
  'bad-request',
  'timeout-or-duplicate',
  'internal-error',
] as const;

export const redemption = v.union([
  v.strictObject({
    success: v.literal(true),
    challenge_ts: about(v.pipe(v.string(), v.isoTimestamp()), 'When it was solved.'),
    hostname: about(v.string(), 'Host of the page that sent the answer; empty when it said none.'),
    action: v.string(),
    cdata: v.string(),
    'error-codes': v.pipe(v.array(v.picklist(ERROR_CODES)), v.maxLength(0)),
    kind: v.picklist(KINDS),
    preset: v.string(),
    difficulty: v.picklist(DIFFICULTIES),
    rounds: whole(1),
    guess: about(
      v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
      'What a blind guess passes this path with.',
    ),
    solve_ms: about(whole(), 'From the first picture’s issue to the last answer.'),
  }),
  v.strictObject({
    success: v.literal(false),
    'error-codes': v.pipe(v.array(v.picklist(ERROR_CODES)), v.minLength(1)),
  }),
]);

export const health = v.strictObject({
  status: v.picklist(['healthy', 'error']),
  timestamp: v.pipe(v.string(), v.isoTimestamp()),
  questions_count: whole(),
  option_letters: v.array(v.string()),
  image_size: v.strictObject({ configured: v.string(), needed: whole(1), enough: v.boolean() }),
  version: v.string(),
  kinds: v.array(v.picklist(KINDS)),
  store: v.strictObject({ kind: v.string(), ok: v.boolean(), latency_ms: v.pipe(v.number(), v.minValue(0)) }),
  renderer: v.strictObject({
    ok: about(v.nullable(v.boolean()), 'Null where this deployment draws nothing.'),
  }),
});

export const jwks = v.strictObject({
  keys: v.array(
    v.strictObject({
      kty: v.picklist(['OKP', 'EC']),
      crv: v.picklist(['Ed25519', 'P-256']),
      x: v.string(),
      y: v.optional(v.string()),
      kid: v.string(),
      alg: v.picklist(['EdDSA', 'ES256']),
      use: v.literal('sig'),
    }),
  ),
});
