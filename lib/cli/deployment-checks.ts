/** What `glyphgate verify-deploy` proves, in order. A check resolves with what it saw and rejects with what it expected. */
import { toBase64Url } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Empty when the reply is no JSON object. */
  // biome-ignore lint/suspicious/noExplicitAny: what a stranger sends may be anything
  readonly body: any;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

export interface Wire {
  /** With the base path. */
  readonly base: string;
  readonly requests: number;
  readonly answered: number;
  readonly slowestMs: number;
  ask(way: string, asked?: Asked): Promise<Reply>;
}

export interface Deployment {
  readonly wire: Wire;
  readonly sitekey: string | undefined;
  readonly secret: string | undefined;
  /** The right answer of a live challenge; absent from outside. */
  readonly answerOf?: (id: string) => Promise<string | undefined>;
}

/** Something is missing that only the operator has. */
export class NotTried extends Error {}

export type Check = (deployment: Deployment) => Promise<string>;

/** Of a scene's four letters one is right: so many guesses fail together once in a hundred runs. */
const GUESSES = 16;
const ATTEMPT = () => toBase64Url(secureBytes(24));

export const CHECKS: readonly (readonly [name: string, check: Check])[] = [
  ['health', health],
  ['encrypted', encrypted],
  ['challenges', challenges],
  ['picture', picture],
  ['one try', oneTry],
  ['refresh', refresh],
  ['cookie', cookie],
  ['bad input', badInput],
  ['limits', limits],
  ['foreign pages', foreignPages],
  ['secret', secretIsKnown],
  ['solved and redeemed once', solved],
];

async function health({ wire }: Deployment): Promise<string> {
  const { status, body } = await wire.ask('/health');
  if (body.status === undefined)
    throw new Error(`expected Glyphgate; ${wire.base}/health answers ${status} with something else`);
  expect(status === 200 && body.status === 'healthy', `healthy`, `${status} ${body.status}`);
  expect(body.store?.ok === true, 'a store that answers', `store ${body.store?.kind} does not`);
  return `version ${body.version}, store ${body.store.kind} in ${body.store.latency_ms} ms`;
}

async function encrypted({ wire }: Deployment): Promise<string> {
  const { protocol, hostname } = new URL(wire.base);
  if (protocol === 'https:') return 'https, with a certificate that this machine trusts';
  const local = hostname === 'localhost' || /^127\.|^\[::1\]$/.test(hostname);
  if (local) throw new NotTried('http on this machine');
  throw new Error('expected https; answers and tokens would cross the network in the clear');
}

async function challenges(deployment: Deployment): Promise<string> {
  const { kinds } = (await deployment.wire.ask('/health')).body;
  const given: string[] = [];
  const refused: string[] = [];
  for (const kind of kinds as string[]) {
    const { status, body } = await generate(deployment, `kind=${kind}`);
    if (status === 400) {
      refused.push(kind);
      continue;
    }
    expect(status === 200, `a challenge of kind ${kind}`, said(status, body));
    expect(/^[0-9a-z]{32}$/.test(body.captcha_id), 'an id of 32 characters', String(body.captcha_id));
    expect(
      body.expire_time > 0 && typeof body.note === 'string',
      'a question and a time',
      JSON.stringify(body).slice(0, 80),
    );
    given.push(kind);
  }
  expect(given.length > 0, 'at least one kind', `all are refused: ${refused.join(', ')}`);
  return `${given.join(', ')}${refused.length ? `; the site's policy has no ${refused.join(', ')}` : ''}`;
}

async function picture(deployment: Deployment): Promise<string> {
  const { status, body } = await generate(deployment, '');
  expect(status === 200, 'a challenge', said(status, body));
  const image = await deployment.wire.ask(`/captcha/${body.captcha_id}/image`);
  expect(image.status === 200, 'its picture', said(image.status, image.body));
  const inline = Uint8Array.from(atob(String(body.image_base64).split(',')[1] ?? ''), (c) => c.charCodeAt(0));
  expect(
    inline.length === image.bytes.length && inline.every((byte, i) => byte === image.bytes[i]),
    'the same bytes inline and by its own address',
    `${inline.length} and ${image.bytes.length} bytes (is the content type ${image.headers.get('Content-Type')} passed on as binary?)`,
  );
  const { width, height } = body.image_size;
  const view = new DataView(image.bytes.buffer);
  const isPng = image.bytes[0] === 0x89 && image.bytes[1] === 0x50;
  expect(
    isPng && view.getUint32(16) === width && view.getUint32(20) === height,
    `a PNG of ${width}×${height}`,
    'another',
  );
  return `a PNG of ${width}×${height}, ${image.bytes.length} bytes, the same twice`;
}

async function oneTry(deployment: Deployment): Promise<string> {
  const { body: challenge } = await generate(deployment, '');
  const attempt = ATTEMPT();
  const answer = (await wrongAnswer(deployment, challenge)) ?? '?';
  const wrong = { captcha_id: challenge.captcha_id, answer, attempt };
  const first = await verify(deployment, wrong);
  expect(
    first.status === 200 && first.body.verified === false,
    'a wrong answer',
    said(first.status, first.body),
  );
  const repeated = await verify(deployment, wrong);
  expect(
    repeated.status === 200 && repeated.body.verified === false,
    'the same reply to the same attempt',
    said(repeated.status, repeated.body),
  );
  const other = await verify(deployment, { ...wrong, attempt: ATTEMPT() });
  expect(other.status === 404, '404 for a second try', said(other.status, other.body));
  return 'a wrong answer spends the challenge; the same attempt gets the same reply';
}

async function refresh(deployment: Deployment): Promise<string> {
  const { body: old } = await generate(deployment, '');
  const again = () => deployment.wire.ask('/captcha/refresh', { body: { captcha_id: old.captcha_id } });
  const fresh = await again();
  expect(
    fresh.status === 200 && fresh.body.captcha_id !== old.captcha_id,
    'another challenge',
    said(fresh.status, fresh.body),
  );
  const { status, body } = await again();
  expect(status === 404, '404 for the old one', said(status, body));
  return 'trades a challenge for another, once';
}

async function cookie(deployment: Deployment): Promise<string> {
  const image = await deployment.wire.ask(`/captcha/image${query(deployment, '')}`);
  expect(image.status === 200, 'a picture', said(image.status, image.body));
  const set = image.headers.get('Set-Cookie') ?? '';
  const secure = deployment.wire.base.startsWith('https:');
  expect(
    /HttpOnly/.test(set) && /SameSite=Lax/.test(set) && (!secure || /^__Host-.*; Secure/.test(set)),
    'an HttpOnly cookie of the host',
    set === '' ? 'no cookie' : set.replace(/=[^;]+/, '=…'),
  );
  return 'a page without script gets its picture and a sealed cookie';
}

async function badInput({ wire }: Deployment): Promise<string> {
  const cases: readonly [way: string, asked: Asked, status: number][] = [
    ['/captcha/generate?kind=nonsense', {}, 400],
    ['/captcha/verify', { body: {} }, 400],
    ['/captcha/verify', { body: 'not json' }, 400],
    ['/captcha/verify', { body: `{"answer":"${'x'.repeat(17_000)}"}` }, 413],
    ['/captcha/verify', { method: 'GET' }, 405],
    ['/captcha/nothing', {}, 404],
  ];
  for (const [way, asked, expected] of cases) {
    const { status, body } = await wire.ask(way, asked);
    expect(
      status === expected && body.success === false,
      `${expected} from ${asked.method ?? ''}${way}`,
      said(status, body),
    );
  }
  return `${cases.length} mistakes, each told by its status and an error code`;
}

async function limits(deployment: Deployment): Promise<string> {
  const { headers } = await generate(deployment, '');
  const told = headers.get('RateLimit');
  expect(told !== null, 'the RateLimit field', 'none (does a proxy take it away?)');
  return `counts this address: ${told}`;
}

async function foreignPages(deployment: Deployment): Promise<string> {
  const headers = { Origin: 'https://not-yours.example' };
  const reply = await deployment.wire.ask('/health', { headers });
  const allowed = reply.headers.get('Access-Control-Allow-Origin');
  expect(allowed === null || allowed === '', 'no leave for a page of another origin', `leave for ${allowed}`);
  return 'a page of an origin that is not yours may not call';
}

async function secretIsKnown(deployment: Deployment): Promise<string> {
  const wrong = await siteverify(deployment, { secret: 'not-the-secret-of-any-site', response: 'x' });
  expect(
    hasCode(wrong, 'invalid-input-secret'),
    'invalid-input-secret for a wrong one',
    said(wrong.status, wrong.body),
  );
  if (!deployment.secret)
    throw new NotTried('a wrong secret is refused; set GLYPHGATE_SECRET to try the right one');
  const right = await siteverify(deployment, { secret: deployment.secret, response: 'x' });
  expect(
    hasCode(right, 'invalid-input-response'),
    'GLYPHGATE_SECRET to be known there',
    said(right.status, right.body),
  );
  return 'a wrong one is refused, GLYPHGATE_SECRET is known';
}

async function solved(deployment: Deployment): Promise<string> {
  const { token, how } = await earn(deployment);
  const { secret } = deployment;
  if (!secret) throw new NotTried(`${how} earned a token; set GLYPHGATE_SECRET to redeem it`);
  const redeem = (idempotency_key: string) =>
    siteverify(deployment, { secret, response: token, idempotency_key });
  const [one, two] = [ATTEMPT(), ATTEMPT()];
  const first = await redeem(one);
  expect(first.body.success === true, 'the token to be redeemed', said(first.status, first.body));
  const repeated = await redeem(one);
  expect(
    repeated.body.success === true,
    'the same answer for the same idempotency key',
    said(repeated.status, repeated.body),
  );
  const second = await redeem(two);
  expect(
    hasCode(second, 'timeout-or-duplicate'),
    'timeout-or-duplicate for a second redemption',
    said(second.status, second.body),
  );
  return `${how} earned a token (${first.body.kind}, a blind guess passes ${first.body.guess}); it was redeemed once`;
}

async function earn(deployment: Deployment): Promise<{ token: string; how: string }> {
  const { answerOf } = deployment;
  const tries = answerOf ? 1 : GUESSES;
  for (let i = 1; i <= tries; i++) {
    const { status, body: challenge } = await generate(deployment, answerOf ? '' : 'kind=scene&difficulty=1');
    if (status === 400)
      throw new NotTried('no guess can pass here; --insider reads the right answer from the store');
    expect(status === 200, 'a challenge', said(status, challenge));
    const answer = answerOf ? await answerOf(challenge.captcha_id) : 'A';
    if (answer === undefined)
      throw new Error(
        'expected the challenge in the store that this environment names, under its key; it is not there',
      );
    const { body } = await verify(deployment, { captcha_id: challenge.captcha_id, answer });
    if (body.token)
      return { token: body.token, how: answerOf ? 'the right answer' : `guess ${i} of ${GUESSES}` };
    if (body.next) {
      if (!answerOf)
        throw new NotTried(
          'several rounds in a row, where no guess gets far; --insider reads the right answers',
        );
      return earnRounds(deployment, body.next.chain);
    }
  }
  if (answerOf) throw new Error('expected the right answer to be taken; it was not');
  throw new NotTried(`none of ${GUESSES} guesses was right, which happens once in a hundred runs`);
}

async function earnRounds(deployment: Deployment, chain: string): Promise<{ token: string; how: string }> {
  let ticket = chain;
  for (let round = 2; round <= 9; round++) {
    const { body: challenge } = await deployment.wire.ask(
      `/captcha/generate?chain=${encodeURIComponent(ticket)}`,
    );
    const answer = await deployment.answerOf!(challenge.captcha_id);
    const { status, body } = await verify(deployment, { captcha_id: challenge.captcha_id, answer });
    if (body.token) return { token: body.token, how: `${round} rounds of right answers` };
    expect(body.next !== undefined, 'the next round or a token', said(status, body));
    ticket = body.next.chain;
  }
  throw new Error('expected a token after at most nine rounds');
}

/** One that is surely wrong where that can be known, else one that no alphabet has. */
async function wrongAnswer(
  { answerOf }: Deployment,
  challenge: { captcha_id: string },
): Promise<string | undefined> {
  const right = await answerOf?.(challenge.captcha_id);
  return right === undefined ? undefined : right === 'A' ? 'B' : 'A';
}

function query({ sitekey }: Deployment, text: string): string {
  const site = sitekey === undefined ? '' : `sitekey=${encodeURIComponent(sitekey)}`;
  const joined = ['lang=en', text, site].filter((part) => part !== '').join('&');
  return `?${joined}`;
}

const generate = (deployment: Deployment, text: string) =>
  deployment.wire.ask(`/captcha/generate${query(deployment, text)}`);
const verify = ({ wire, sitekey }: Deployment, body: object) =>
  wire.ask('/captcha/verify', { body: { ...body, ...(sitekey !== undefined && { sitekey }) } });
const siteverify = ({ wire }: Deployment, body: object) => wire.ask('/captcha/siteverify', { body });
const hasCode = ({ body }: Reply, code: string) => body['error-codes']?.[0] === code;

function said(status: number, body: Reply['body']): string {
  const told = body.error_code ?? body['error-codes']?.join(', ') ?? body.message ?? '';
  return `${status} ${told}`.trim();
}

function expect(holds: boolean, expected: string, found: string): void {
  if (!holds) throw new Error(`expected ${expected}; got ${found}`);
}
