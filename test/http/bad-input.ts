/** Bad input, and what each piece of it must be told. The app's own test tries it in this process, the journey in every runtime. */
const JSON_TYPE = { 'Content-Type': 'application/json' };
export const ID = '0'.repeat(32);

/** Query of generate, the field that is wrong, and what the error must say was expected. */
export const BAD_QUERIES: readonly (readonly [query: string, field: string, expected: string])[] = [
  ['difficulty=4', 'difficulty', '1, 2, 3'],
  ['difficulty=', 'difficulty', '1, 2, 3'],
  ['kind=riddle', 'kind', 'text, scene'],
  ['preset=nope', 'preset', 'strong'],
  ['kind=scene&preset=strong', 'preset', ''],
  ['preset=bitmap&alphabet=klingon', 'alphabet', 'digits'],
  ['format=gif', 'format', 'png'],
  ['kind=scene&format=bmp&preset=bitmap', 'preset', ''],
  ['action=a%0d%0aX-Evil:%201', 'action', 'A-Z'],
  ['sitekey=other', 'sitekey', 'site key'],
  ['sitekey=', 'sitekey', 'site key'],
  [`action=${'a'.repeat(33)}`, 'action', '32'],
  ['action=a%20b', 'action', 'A-Z'],
  [`cdata=${'a'.repeat(256)}`, 'cdata', '255'],
  [`session=${'a'.repeat(129)}`, 'session', '128'],
  ['client_ip=192.0.2.1', 'client_ip', 'secret'],
  ['chain=%00', 'chain', 'chain'],
];

/** Fields of verify, and the one that is wrong. */
export const BAD_ANSWERS: readonly (readonly [body: object, field: string])[] = [
  [{}, 'answer'],
  [{ captcha_id: ID }, 'answer'],
  [{ captcha_id: ID, answer: '' }, 'answer'],
  [{ captcha_id: ID, answer: '   ' }, 'answer'],
  [{ captcha_id: ID, answer: 'x'.repeat(65) }, 'answer'],
  [{ captcha_id: ID, answer: 7 }, 'answer'],
  [{ captcha_id: ID, answer: null }, 'answer'],
  [{ captcha_id: ID, answer: ['A'] }, 'answer'],
  [{ answer: 'A' }, 'captcha_id'],
  [{ captcha_id: 'short', answer: 'A' }, 'captcha_id'],
  [{ captcha_id: { $ne: 1 }, answer: 'A' }, 'captcha_id'],
  [{ captcha_id: ID, answer: 'A', attempt: 'short' }, 'attempt'],
  [{ captcha_id: ID, answer: 'A', client_ip: '1.2.3.4' }, 'client_ip'],
  [{ captcha_id: ID, answer: 'A', sitekey: 'other' }, 'sitekey'],
];

/** Bodies of verify that cannot be read. */
export const BAD_BODIES: readonly (readonly [
  body: string,
  headers: Record<string, string>,
  status: number,
])[] = [
  ['{', JSON_TYPE, 400],
  ['[]', JSON_TYPE, 400],
  ['null', JSON_TYPE, 400],
  ['"x"', JSON_TYPE, 400],
  ['\u0000', JSON_TYPE, 400],
  ['<a/>', { 'Content-Type': 'application/xml' }, 415],
  ['x=1', { 'Content-Type': 'text/plain' }, 415],
  ['no boundary', { 'Content-Type': 'multipart/form-data' }, 400],
  [`{"answer":"${'x'.repeat(17_000)}"}`, JSON_TYPE, 413],
];

export const BAD_METHODS: readonly (readonly [path: string, method: string, allow: string])[] = [
  ['/api/captcha/verify', 'GET', 'POST'],
  ['/api/captcha/generate', 'POST', 'GET'],
  ['/api/captcha/siteverify', 'DELETE', 'POST'],
  ['/api/health', 'PUT', 'GET'],
  ['/api/captcha/generate', 'HEAD', 'GET'],
  ['/api/captcha/image', 'HEAD', 'GET'],
  [`/api/captcha/${ID}/image`, 'POST', 'GET'],
];

/** Bodies of siteverify, and the code that each is answered with; `secret` is a valid one. */
export const badRedemptions = (secret: string): readonly (readonly [body: object, code: string])[] => [
  [{}, 'missing-input-secret'],
  [{ secret: 'nope', response: 'x' }, 'invalid-input-secret'],
  [{ secret: 7, response: 'x' }, 'missing-input-secret'],
  [{ secret }, 'missing-input-response'],
  [{ secret, response: 'a.b.c' }, 'invalid-input-response'],
  [{ secret, response: 'x'.repeat(2049) }, 'invalid-input-response'],
  [{ secret, response: 'x', idempotency_key: '' }, 'bad-request'],
  [{ secret, response: 'x', idempotency_key: 7 }, 'bad-request'],
  [{ secret, response: 'x', idempotency_key: 'k'.repeat(129) }, 'bad-request'],
  [{ secret, response: 'x', idempotency_key: 'k'.repeat(128) }, 'invalid-input-response'],
];
