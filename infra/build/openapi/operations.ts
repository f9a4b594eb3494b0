/** The routes, one after the other: what each takes and gives. `lib/http/schemas.ts` has the shapes of what is taken. */
import type * as v from 'valibot';
import {
  audioQuery,
  captchaId,
  generateQuery,
  imageQuery,
  refreshBody,
  revealBody,
  verifyBody,
} from '../../../lib/http/schemas.ts';

export interface Operation {
  readonly method: 'get' | 'post';
  /** Under the base path `/api`, unless it starts with another. */
  readonly path: string;
  readonly id: string;
  readonly tag: 'challenge' | 'site' | 'service';
  readonly summary: string;
  readonly text?: string;
  readonly query?: v.ObjectSchema<v.ObjectEntries, undefined>;
  readonly params?: v.ObjectSchema<v.ObjectEntries, undefined>;
  /** Taken as JSON or as a form. */
  readonly body?: {
    readonly schema: v.ObjectSchema<v.ObjectEntries, undefined> | object;
    readonly example: object;
  };
  /** A site's own server may show its secret. */
  readonly bearer?: boolean;
  /** Name of a schema, or media types of bytes. */
  readonly reply: string | readonly string[];
  readonly example?: object;
  /** Response headers beside those of every reply. */
  readonly headers?: readonly string[];
  /** Statuses other than 200. */
  readonly refusals: readonly number[];
  /** Those whose body is not the error envelope. */
  readonly own?: Readonly<Record<number, string>>;
}

const ID = '7m3kq1v9d0x4hj8z2bnc5t6wgy0rfesa';
const PICTURES = ['image/png', 'image/bmp', 'image/jpeg', 'image/webp'];
const LIMITED = ['RateLimit', 'RateLimit-Policy'];
const CHALLENGE = {
  success: true,
  captcha_id: ID,
  image_base64: 'data:image/png;base64,iVBORw0KGgo=',
  image_size: { width: 200, height: 70, used_height: 70 },
  expire_time: 300,
  note: 'Follow the line from the ring and type its characters in order, in upper or lower case.',
  kind: 'text',
  preset: 'strong',
  difficulty: 2,
  lang: 'en',
  description: 'A picture with characters',
  audio: true,
  instead: ['scene', 'audio'],
  answer_format: { type: 'characters', alphabet: 'alphanumeric' },
  round: 1,
  rounds: 1,
};

/** siteverify reads its fields itself, since it answers in a way of its own: their bounds are those of lib/http/routes-siteverify.ts. */
const SITEVERIFY = {
  type: 'object',
  required: ['secret', 'response'],
  properties: {
    secret: { type: 'string', maxLength: 1024, description: 'The site’s secret.' },
    response: {
      type: 'string',
      maxLength: 2048,
      description: 'The token that the visitor’s form sent along.',
    },
    remoteip: { type: 'string', description: 'Accepted for compatibility, not used.' },
    idempotency_key: {
      type: 'string',
      minLength: 1,
      maxLength: 128,
      description: 'The same key gets the first answer again, so that a lost reply can be asked for anew.',
    },
  },
};

export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/captcha/generate',
    id: 'generate',
    tag: 'challenge',
    summary: 'A new challenge',
    text: 'Chosen at random within the site’s policy; the query selects within it. Unknown names are ignored, unknown values are a 400.',
    query: generateQuery,
    bearer: true,
    reply: 'Challenge',
    example: CHALLENGE,
    headers: LIMITED,
    refusals: [400, 403, 404, 405, 429, 500, 503],
  },
  {
    method: 'post',
    path: '/captcha/verify',
    id: 'verify',
    tag: 'challenge',
    summary: 'Judge an answer',
    text: 'The first verify that reaches the store spends the challenge, right or wrong. The same attempt again gets the same reply, any other a 404.',
    body: {
      schema: verifyBody,
      example: { captcha_id: ID, answer: 'K7QF2', attempt: 'q1J6y7yKcF0m3bXb4nq2Zw' },
    },
    bearer: true,
    reply: 'Verdict',
    example: { success: true, verified: true, token: 'eyJ0eXAi.eyJjYXB0.c2lnbmF0', message: 'Verified' },
    headers: LIMITED,
    refusals: [400, 403, 404, 405, 413, 415, 429, 500, 503],
  },
  {
    method: 'post',
    path: '/captcha/refresh',
    id: 'refresh',
    tag: 'challenge',
    summary: 'Trade a challenge for another',
    text: 'Spends the old one; same site and action. Another kind only where the policy has it.',
    body: { schema: refreshBody, example: { captcha_id: ID } },
    bearer: true,
    reply: 'Challenge',
    example: CHALLENGE,
    headers: LIMITED,
    refusals: [400, 403, 404, 405, 413, 415, 429, 500, 503],
  },
  {
    method: 'get',
    path: '/captcha/image',
    id: 'oneStepImage',
    tag: 'challenge',
    summary: 'A one-step picture for pages without script',
    text: 'Creates a challenge, answers with its picture, and ties the two by a sealed cookie and a header. A changing query gives a new one. A site may have refusals as pictures (docs/hooks.md), with the same status.',
    query: imageQuery,
    bearer: true,
    reply: PICTURES,
    headers: [...LIMITED, 'X-Captcha-Id', 'Set-Cookie'],
    refusals: [400, 403, 405, 429, 500, 503],
  },
  {
    method: 'get',
    path: '/captcha/{id}/image',
    id: 'image',
    tag: 'challenge',
    summary: 'The picture of a live challenge',
    text: 'The same bytes every time.',
    params: captchaId,
    reply: PICTURES,
    headers: [...LIMITED, 'X-Captcha-Id'],
    refusals: [400, 404, 405, 429, 500, 503],
  },
  {
    method: 'get',
    path: '/captcha/{id}/audio',
    id: 'audio',
    tag: 'challenge',
    summary: 'The spoken form of a live challenge',
    text: 'Each request without a range is another take, three at most; ranges continue the take had last. 409: there is no spoken form, or no take is left.',
    params: captchaId,
    query: audioQuery,
    reply: ['audio/wav'],
    headers: [...LIMITED, 'X-Captcha-Id', 'X-Captcha-Take', 'ETag', 'Accept-Ranges'],
    refusals: [206, 400, 404, 405, 409, 416, 429, 500, 503],
  },
  {
    method: 'post',
    path: '/captcha/{id}/reveal',
    id: 'reveal',
    tag: 'challenge',
    summary: 'What a hand brings to light',
    text: 'Kind reveal only. Three tries; a trail that no hand could have left is a 400 and costs none.',
    params: captchaId,
    body: {
      schema: revealBody,
      example: { trail: Array.from({ length: 8 }, (_, i) => [10 + 4 * i, 20 + 2 * i, 60 * i]) },
    },
    bearer: true,
    reply: 'Revealed',
    example: { success: true, revealed: false, tries_left: 2 },
    headers: LIMITED,
    refusals: [400, 404, 405, 413, 415, 429, 500, 503],
  },
  {
    method: 'post',
    path: '/captcha/siteverify',
    id: 'siteverify',
    tag: 'site',
    summary: 'Redeem a token: once',
    text: 'For a protected site’s back end, in the shape that hosted services made standard. Never the error envelope: a bad secret or response is a 200 with `error-codes`.',
    body: {
      schema: SITEVERIFY,
      example: {
        secret: 'the-secret-of-the-site',
        response: 'eyJ0eXAi.eyJjYXB0.c2lnbmF0',
        idempotency_key: 'order-4711',
      },
    },
    reply: 'Redemption',
    example: {
      success: true,
      challenge_ts: '2026-01-01T12:00:00.000Z',
      hostname: 'shop.example',
      action: 'login',
      cdata: '',
      'error-codes': [],
      kind: 'text',
      preset: 'strong',
      difficulty: 2,
      rounds: 1,
      guess: 0.0001,
      solve_ms: 4200,
    },
    refusals: [400, 405, 413, 415, 429, 500, 503],
    own: {
      400: 'Redemption',
      413: 'Redemption',
      415: 'Redemption',
      429: 'Redemption',
      500: 'Redemption',
      503: 'Redemption',
    },
  },
  {
    method: 'get',
    path: '/health',
    id: 'health',
    tag: 'service',
    summary: 'Whether the service can work',
    text: 'Never rate limited. 503 with the same body when it cannot.',
    reply: 'Health',
    refusals: [405, 500, 503],
    own: { 503: 'Health' },
  },
  {
    method: 'get',
    path: '//.well-known/jwks.json',
    id: 'jwks',
    tag: 'service',
    summary: 'The public keys of tokens',
    text: 'Empty unless an asymmetric key is configured; HS256 keys are never listed.',
    reply: 'Jwks',
    refusals: [405, 500],
  },
  {
    method: 'get',
    path: '//openapi.json',
    id: 'openapi',
    tag: 'service',
    summary: 'This document',
    reply: ['application/json'],
    refusals: [405, 500],
  },
];
