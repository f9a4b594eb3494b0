/** The Lambda handlers, called as API Gateway calls them: HTTP API events, payload format 2.0. */
import { beforeAll, describe, expect, it } from 'vitest';

type Handler = (event: never, context: never) => Promise<Result>;
interface Result {
  statusCode: number;
  headers: Record<string, string>;
  cookies?: string[];
  body: string;
  isBase64Encoded: boolean;
}

let generate: Handler;
let verify: Handler;
let health: Handler;

beforeAll(async () => {
  process.env.NODE_ENV = 'development';
  process.env.GLYPHGATE_LIMIT_GENERATE = '5/60s';
  generate = (await import('../../functions/generate.ts')).handler as unknown as Handler;
  verify = (await import('../../functions/verify.ts')).handler as unknown as Handler;
  health = (await import('../../functions/health.ts')).handler as unknown as Handler;
});

/** As recorded from an HTTP API with a $default stage. */
function event(
  method: string,
  path: string,
  options: { query?: string; body?: string; ip?: string; cookies?: string[] } = {},
) {
  const { query = '', body, ip = '203.0.113.9', cookies } = options;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers: {
      accept: '*/*',
      'accept-language': 'en',
      host: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
      'user-agent': 'curl/8.5.0',
      'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000000',
      'x-forwarded-for': '198.51.100.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': String(body.length),
      }),
    },
    queryStringParameters: query ? Object.fromEntries(new URLSearchParams(query)) : undefined,
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcdef1234',
      domainName: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
      domainPrefix: 'abcdef1234',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent: 'curl/8.5.0' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '10/Mar/2026:05:16:23 +0000',
      timeEpoch: 1773119783000,
    },
    ...(body !== undefined && { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body !== undefined,
  } as never;
}

const call = (handler: Handler, ...args: Parameters<typeof event>) => handler(event(...args), {} as never);
const post = (path: string, body: object, more: object = {}) =>
  call(verify, 'POST', path, { body: JSON.stringify(body), ...more });

describe('the Lambda handlers', () => {
  it('generate, picture, verify and redeem across handlers', async () => {
    const made = await call(generate, 'GET', '/api/captcha/generate', { query: 'kind=text&preset=classic' });
    expect(made.statusCode).toBe(200);
    const challenge = JSON.parse(made.body);
    expect(challenge).toMatchObject({ success: true, kind: 'text', lang: 'en' });

    const picture = await call(generate, 'GET', `/api/captcha/${challenge.captcha_id}/image`);
    expect(picture.isBase64Encoded).toBe(true);
    expect(picture.headers['content-type']).toBe('image/png');
    expect(`data:image/png;base64,${picture.body}`).toBe(challenge.image_base64);

    const wrong = await post('/api/captcha/verify', { captcha_id: challenge.captcha_id, answer: '????' });
    expect(JSON.parse(wrong.body)).toMatchObject({ success: true, verified: false, message: 'Wrong answer' });
    const again = await post('/api/captcha/verify', { captcha_id: challenge.captcha_id, answer: '????' });
    expect(again.statusCode).toBe(404);

    const redeem = await post('/api/captcha/siteverify', { secret: 'x', response: 'y' });
    expect(JSON.parse(redeem.body)).toEqual({ success: false, 'error-codes': ['invalid-input-secret'] });
  });

  it('one-step picture: bytes and a __Host- or loopback cookie', async () => {
    const image = await call(generate, 'GET', '/api/captcha/image', {
      query: 'kind=text',
      ip: '203.0.113.10',
    });
    expect(image.statusCode).toBe(200);
    expect(image.isBase64Encoded).toBe(true);
    expect(image.cookies?.[0]).toMatch(/^__Host-glyphgate=.*Secure/);
    const cookies = [image.cookies![0]!.split(';')[0]!];
    const verdict = await post('/api/captcha/verify', { answer: 'nope' }, { cookies });
    expect(verdict.statusCode).toBe(200);
  });

  it('counts the address that API Gateway vouches for, not the header', async () => {
    const statuses = [];
    for (let i = 0; i < 6; i++)
      statuses.push(
        (await call(generate, 'GET', '/api/captcha/generate', { ip: '203.0.113.77' })).statusCode,
      );
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('each serves its own routes', async () => {
    expect((await call(health, 'GET', '/api/health')).statusCode).toBe(200);
    expect(JSON.parse((await call(health, 'GET', '/api/health')).body).renderer).toEqual({ ok: null });
    expect((await call(verify, 'GET', '/api/captcha/generate')).statusCode).toBe(404);
    expect((await call(generate, 'POST', '/api/captcha/verify')).statusCode).toBe(404);
  });
});
