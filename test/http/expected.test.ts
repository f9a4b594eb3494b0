/** A refusal is in the language that was asked for, all of it: also what was expected of the field. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectedIn } from '../../lib/http/expected.ts';
import { parse } from '../../lib/http/schemas.ts';
import { type Rig, rig, SECRET } from './rig.ts';

let r: Rig;
beforeAll(() => {
  r = rig();
});

type Ask = (lang: string) => Promise<{ status: number; body: { error: string } }>;
const generate =
  (query: string): Ask =>
  (lang) =>
    r.generate(`lang=${lang}&${query}`);
const post =
  (path: string, body: object | string, headers: Record<string, string> = {}): Ask =>
  (lang) =>
    r.call(`/api/captcha/${path}`, { body, headers: { 'Accept-Language': lang, ...headers } });
const reveal =
  (trail: unknown): Ask =>
  async (lang) => {
    const { body } = await r.generate('kind=reveal', r.newVisitor());
    return post(`${body.captcha_id}/reveal`, { trail })(lang);
  };
const id = '0'.repeat(32);
const many = (change: (t: number) => number[]) => Array.from({ length: 12 }, (_, i) => change(i * 100));

const BAD: readonly (readonly [name: string, ask: Ask])[] = [
  ...[
    'preset=!',
    'sitekey=!',
    'sitekey=nobody',
    'action=!',
    `session=${'s'.repeat(129)}`,
    'length=x',
    'length=9',
    'width=x',
    'width=999',
    'scale=x',
    'preset=bitmap&scale=17',
    'preset=plain&scale=2&width=200',
    'ink=red',
    'font=!',
    'font=Nothing',
    'chain=!',
    'characters=A',
    'characters=AA',
    'kind=scene&length=4',
    'kind=scene&alphabet=digits',
    'difficulty=4',
    'generator=words&alphabet=digits',
    'preset=strong&width=200',
    'preset=bitmap&width=40',
    'preset=plain&ink=000000',
    'preset=plain&ground=000000',
    'preset=plain&ink=777777&ground=888888',
    'characters=AB&alphabet=digits',
    'client_ip=192.0.2.1',
    'client_ip=x',
  ].map((query) => [query, generate(query)] as const),
  ['an id', post('verify', { captcha_id: '!', answer: 'x' })],
  ['no answer', post('verify', { captcha_id: id })],
  ['an attempt', post('verify', { captcha_id: id, answer: 'x', attempt: '!' })],
  ['another kind of JSON', post('verify', '[]', { 'Content-Type': 'application/json' })],
  ['a secret', post('verify', { captcha_id: id, answer: 'x' }, { Authorization: 'Bearer nobody' })],
  [
    'another site',
    post('verify', { captcha_id: id, answer: 'x', sitekey: 'other' }, { Authorization: `Bearer ${SECRET}` }),
  ],
  ['no trail', reveal('x')],
  ['a late start', reveal(many((t) => [1, 1, t + 1]))],
  ['a point outside', reveal(many((t) => [-1, 1, t]))],
  ['too long', reveal(many((t) => [1, 1, t * 1000]))],
  ['no time', reveal(many(() => [1, 1, 0]))],
  ['a jump', reveal(many((t) => [t % 200, 1, t]))],
  ['a dash', reveal(many((t) => [(t / 100) * 13, 1, t / 50]))],
  ['no rest', reveal(many((t) => [t / 10, 1, t]))],
];

describe('a refusal', () => {
  it.each(BAD)('%s', async (_, ask) => {
    const [english, chinese] = [await ask('en'), await ask('zh-CN')];
    expect([english.status, chinese.status]).toEqual([400, 400]);
    expect(english.body.error).not.toMatch(/[\u3000-\u9fff]/);
    // Names of fields and their values stay; two English words in a row are a sentence.
    expect(chinese.body.error.replace('Authorization: Bearer', '')).not.toMatch(/[A-Za-z]{2,} [a-z]{2,}/);
    expect(chinese.body.error).toMatch(/应为 .+/);
  });

  it('keeps what the sentence names', () => {
    expect(expectedIn('zh-CN', 'a whole number from 65 to 400 for 5 glyphs')).toBe(
      '65 到 400 的整数(5 个字形)',
    );
    expect(expectedIn('zh-CN', 'what a blind guess passes at most 2 % of the time')).toBe(
      '盲猜通过率不超过 2 % 的内容',
    );
    expect(expectedIn('zh-CN', 'plain, strong')).toBe('plain, strong');
    expect(expectedIn('en', 'a whole number')).toBe('a whole number');
  });
});

it('a missing field is told by the words of its rule, never by the library’s', () => {
  const schema = v.object({ token: v.string('the token of a verify') });
  expect(() => parse(schema, {})).toThrowError(
    expect.objectContaining({
      problem: expect.objectContaining({ values: { field: 'token', expected: 'the token of a verify' } }),
    }),
  );
});
