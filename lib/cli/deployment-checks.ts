/**
 * What `glyphgate verify-deploy` proves, in order. A check resolves with what it saw and rejects with what it expected. Those of the way
 * there are here; deployment-given.ts has those of what is given out, deployment-solved.ts those of what is earned.
 */
import { challenges, cookie, oneTry, picture, refresh } from './deployment-given.ts';
import {
  type Asked,
  type Check,
  type Deployment,
  expect,
  generate,
  NotTried,
  said,
} from './deployment-kit.ts';
import { secretIsKnown, solved } from './deployment-solved.ts';

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
