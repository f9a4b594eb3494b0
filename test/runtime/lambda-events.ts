/** What arrives at a function and what it gives back, in the three forms that AWS has for HTTP. Fields as recorded, ids made up. */
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Result } from './lambda.ts';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
  readonly from: string;
}

export type EventForm = 'http-api' | 'rest-api' | 'function-url';

export async function sent(request: Request, from: string): Promise<Sent> {
  const { pathname, search } = new URL(request.url);
  const body = await request.text();
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    headers: new Map(request.headers),
    body: body === '' ? undefined : body,
    from,
  };
}

export const eventOf: Readonly<Record<EventForm, (sent: Sent) => object>> = {
  'http-api': (sent) => version2(sent, 'abcdef1234.execute-api.eu-central-1.amazonaws.com'),
  'function-url': (sent) => version2(sent, 'abcdefghij.lambda-url.eu-central-1.on.aws'),
  'rest-api': version1,
};

/** Payload format 2.0: cookies apart, everything else joined by commas, names in lower case. */
function version2({ method, path, query, headers, body, from }: Sent, host: string): APIGatewayProxyEventV2 {
  const { cookie, ...rest } = Object.fromEntries(headers);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: {
      ...rest,
      host,
      'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000000',
      'x-forwarded-for': [headers.get('x-forwarded-for'), from].filter(Boolean).join(', '),
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    },
    ...(query !== '' && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    requestContext: {
      accountId: '123456789012',
      apiId: host.split('.')[0]!,
      domainName: host,
      domainPrefix: host.split('.')[0]!,
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: from,
        userAgent: headers.get('user-agent') ?? '',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '10/Mar/2026:05:16:23 +0000',
      timeEpoch: 1773119783000,
    },
    // API Gateway encodes what its content type does not make text, JSON being text and a form not.
    ...(body !== undefined && textual(headers) ? { body } : {}),
    ...(body !== undefined && !textual(headers) ? { body: Buffer.from(body).toString('base64') } : {}),
    isBase64Encoded: body !== undefined && !textual(headers),
  };
}

const textual = (headers: ReadonlyMap<string, string>) =>
  /^(text\/|application\/(json|javascript|xml))/.test(headers.get('content-type') ?? '');

/** A REST API's: every value once single and once in a list, names as they were sent. */
function version1({ method, path, query, headers, body, from }: Sent): APIGatewayProxyEvent {
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  const all: Record<string, string> = {
    ...Object.fromEntries(headers),
    Host: 'abcdef1234.execute-api.eu-central-1.amazonaws.com',
    'X-Forwarded-For': [headers.get('x-forwarded-for'), from, '130.176.0.1'].filter(Boolean).join(', '),
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  };
  delete all['x-forwarded-for'];
  const context = { accountId: '123456789012', apiId: 'abcdef1234', stage: 'prod', httpMethod: method };
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: all,
    multiValueHeaders: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])),
    queryStringParameters: names.length ? Object.fromEntries(parameters) : null,
    multiValueQueryStringParameters: names.length
      ? Object.fromEntries(names.map((name) => [name, parameters.getAll(name)]))
      : null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      ...context,
      authorizer: null,
      identity: { sourceIp: from, userAgent: headers.get('user-agent') ?? null },
      path: `/prod${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      requestTimeEpoch: 1773119783000,
      resourceId: '123456',
      resourcePath: '/{proxy+}',
    } as APIGatewayProxyEvent['requestContext'],
    body: body ?? null,
    isBase64Encoded: false,
  };
}

/** What API Gateway makes of the function's result. */
export function responseOf(result: Result): Response {
  const { statusCode, headers = {}, multiValueHeaders = {}, cookies = [], body, isBase64Encoded } = result;
  const made = new Headers(headers);
  for (const [name, values] of Object.entries(multiValueHeaders))
    for (const value of values) made.append(name, value);
  for (const cookie of cookies) made.append('Set-Cookie', cookie);
  const bytes = isBase64Encoded ? Buffer.from(body, 'base64') : Buffer.from(body);
  const empty = [204, 205, 304].includes(statusCode);
  return new Response(empty ? null : bytes, { status: statusCode, headers: made });
}
