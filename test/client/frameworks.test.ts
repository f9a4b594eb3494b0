/** `protect()` in the real frameworks, in front of the real service. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as forExpress from '../../lib/client/express.ts';
import * as forFastify from '../../lib/client/fastify.ts';
import * as forHono from '../../lib/client/hono.ts';
import type { Server } from '../runtime/server.ts';
import { secretOf, startTestKeys, tokenFrom } from './kit.ts';

let service: Server;
const closers: (() => unknown)[] = [];
beforeAll(async () => {
  service = await startTestKeys();
});
afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  await service.stop();
});

const options = (endpoint = service.url) => ({
  client: { endpoint, secret: secretOf('pass') },
  action: 'sign-up',
});
/** Nobody listens there. */
const GONE = 'http://127.0.0.1:1';
const REFUSED = (reason: string) => ({ custom: reason });

async function listen(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function expressApp() {
  const app = express();
  app.use(express.json(), express.urlencoded({ extended: false }));
  const reply: express.RequestHandler = (request, response) => {
    response.json({ kind: forExpress.captchaOf(request)?.details?.kind, name: request.body.name });
  };
  app.post('/protected', forExpress.protect(options()), reply);
  app.post('/gone', forExpress.protect(options(GONE)), reply);
  app.post(
    '/custom',
    forExpress.protect({
      ...options(),
      field: 'proof',
      onRefused: ({ reason }, _request, response: express.Response) =>
        response.status(418).json(REFUSED(reason)),
    }),
    reply,
  );
  return listen(app);
}

async function fastifyApp() {
  const app = Fastify();
  // As @fastify/formbody does it.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  const reply = async (request: { body: unknown }) => ({
    kind: forFastify.captchaOf(request)?.details?.kind,
    name: (request.body as { name: string }).name,
  });
  app.post('/protected', { preHandler: forFastify.protect(options()) }, reply);
  app.post('/gone', { preHandler: forFastify.protect(options(GONE)) }, reply);
  app.post(
    '/custom',
    {
      preHandler: forFastify.protect({
        ...options(),
        field: 'proof',
        onRefused: ({ reason }, _request, response) => response.code(418).send(REFUSED(reason)),
      }),
    },
    reply,
  );
  closers.push(() => app.close());
  return app.listen({ port: 0 });
}

function honoApp() {
  const app = new Hono();
  const nameOf = async (request: {
    header(name: string): string | undefined;
    json(): Promise<unknown>;
    parseBody(): Promise<unknown>;
  }) =>
    (
      (await (request.header('Content-Type')?.includes('json') ? request.json() : request.parseBody())) as {
        name: string;
      }
    ).name;
  app.post('/protected', forHono.protect(options()), async (context) =>
    context.json({ kind: context.get('captcha').details?.kind, name: await nameOf(context.req) }),
  );
  app.post('/gone', forHono.protect(options(GONE)), (context) => context.text('never'));
  app.post(
    '/custom',
    forHono.protect({
      ...options(),
      field: 'proof',
      onRefused: ({ reason }, context) => context.json(REFUSED(reason), 418),
    }),
    async (context) =>
      context.json({ kind: context.get('captcha').details?.kind, name: await nameOf(context.req) }),
  );
  return listen(getRequestListener(app.fetch));
}

describe.each([
  ['express', expressApp],
  ['fastify', fastifyApp],
  ['hono', honoApp],
])('%s', (_name, start) => {
  let url: string;
  beforeAll(async () => {
    url = await start();
  });

  const post = async (path: string, body: Record<string, string>, how: 'json' | 'form' = 'form') => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'Content-Type': how === 'json' ? 'application/json' : 'application/x-www-form-urlencoded' },
      body: how === 'json' ? JSON.stringify(body) : new URLSearchParams(body).toString(),
    });
    return { status: response.status, body: await response.json() };
  };
  const token = (action = 'sign-up') => tokenFrom(service.url, 'pass', action);

  it.each(['form', 'json'] as const)('lets a %s with a fresh token in, once', async (how) => {
    const body = { name: 'Ada', 'captcha-response': await token() };
    expect(await post('/protected', body, how)).toEqual({
      status: 200,
      body: { kind: 'scene', name: 'Ada' },
    });
    expect(await post('/protected', body, how)).toMatchObject({
      status: 403,
      body: { success: false, error_code: 'captcha_refused' },
    });
  });

  it('takes the token from the header of a call without a form', async () => {
    const response = await fetch(`${url}/protected`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Captcha-Response': await token() },
      body: '{"name":"Ada"}',
    });
    expect(response.status).toBe(200);
  });

  it('refuses a form without a token, a forged one and one for another action', async () => {
    expect(await post('/protected', { name: 'Ada' })).toMatchObject({
      status: 400,
      body: { error_code: 'captcha_missing' },
    });
    for (const bad of ['forged', await token('pay')])
      expect(await post('/protected', { 'captcha-response': bad })).toMatchObject({ status: 403 });
  });

  it('refuses when the service cannot be asked', async () => {
    expect(await post('/gone', { 'captcha-response': 'any' })).toMatchObject({
      status: 503,
      body: { error_code: 'captcha_unavailable' },
    });
  });

  it('lets the site answer and name the field itself', async () => {
    expect(await post('/custom', {})).toEqual({ status: 418, body: { custom: 'missing-token' } });
    expect(await post('/custom', { name: 'Ada', proof: await token() })).toMatchObject({ status: 200 });
  });
});

const PROTECTS: readonly [name: string, protect: (options: never) => unknown][] = [
  ['express', forExpress.protect],
  ['fastify', forFastify.protect],
  ['hono', forHono.protect],
];
describe.each(PROTECTS)('protect() for %s is told what was expected', (_name, protect) => {
  const client = { endpoint: 'https://captcha.example.com', secret: 's' };
  it.each([
    [undefined, 'protect: expected an object with'],
    [{}, 'protect: client: expected a client'],
    [{ client: 'https://captcha.example.com' }, 'protect: client: expected a client'],
    [{ client: { endpoint: 'captcha', secret: 's' } }, 'endpoint: expected a URL'],
    [{ client, actions: 'login' }, 'protect: actions: no such option; expected one of action, hostname'],
    [{ client, maxGuess: 2 }, 'protect: maxGuess: expected a number above 0'],
    [{ client, field: '' }, 'protect: field: expected the name of a field'],
    [{ client, onRefused: 403 }, 'protect: onRefused: expected a function'],
  ])('%j', (options, message) => expect(() => protect(options as never)).toThrow(message));
});
