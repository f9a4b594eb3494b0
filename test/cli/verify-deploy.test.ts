/** `glyphgate verify-deploy` against the real server, from outside and from inside, and against what is no deployment. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Server, startServer } from '../runtime/server.ts';
import { inside } from './inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'glyphgate-verify-'));
const SECRET = 'a-secret-of-the-verified-deployment-only';
const ENVIRONMENT = {
  NODE_ENV: 'production',
  GLYPHGATE_MASTER_KEY: 'a-master-key-of-the-verified-deployment',
  GLYPHGATE_SITEKEY: 'verified',
  GLYPHGATE_SECRET: SECRET,
  GLYPHGATE_STORE: 'sqlite',
  GLYPHGATE_SQLITE_PATH: join(folder, 'store.db'),
  // The server is started with a switch of development, which production refuses.
  GLYPHGATE_DEMO_ANSWERS: '0',
};
let server: Server;
beforeAll(async () => {
  server = await startServer(ENVIRONMENT);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const script = fileURLToPath(new URL('../../functions/cli.ts', import.meta.url));

/** In a process of its own, as an operator runs it. */
function command(words: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, 'verify-deploy', ...words],
      { env: { PATH: process.env.PATH, ...env } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

interface Facts {
  readonly ok: boolean;
  readonly requests: number;
  readonly checks: readonly { name: string; status: string; detail: string }[];
}
const statuses = (facts: Facts) => Object.fromEntries(facts.checks.map(({ name, status }) => [name, status]));

async function pretend(listener: RequestListener): Promise<string> {
  const impostor = createServer(listener).listen(0, '127.0.0.1');
  await once(impostor, 'listening');
  onTestFinished(() => {
    impostor.closeAllConnections();
    impostor.close();
  });
  return `http://127.0.0.1:${(impostor.address() as AddressInfo).port}`;
}

/** Where somebody was a moment ago. */
async function nobody(): Promise<string> {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');
  return `http://127.0.0.1:${port}`;
}

describe('glyphgate verify-deploy', () => {
  it('proves the whole journey when it may look into the store', async () => {
    const { code, stdout, stderr } = await command([server.url, '--insider', '--json'], ENVIRONMENT);
    const facts: Facts = JSON.parse(stdout);
    expect({ code, stderr, failed: facts.checks.filter(({ status }) => status === 'failed') }).toEqual({
      code: 0,
      stderr: '',
      failed: [],
    });
    const { encrypted, ...rest } = statuses(facts);
    expect(encrypted).toBe('not tried');
    expect(new Set(Object.values(rest))).toEqual(new Set(['proved']));
    expect(facts.checks.at(-1)?.detail).toMatch(/^the right answer earned a token .* it was redeemed once$/);
    expect(facts.requests).toBeLessThan(80);
  });

  it('proves what it can from outside, and says what it could not try', async () => {
    const { code, stdout } = await command([server.url, '--sitekey', 'verified']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^proved {5}health /m);
    expect(stdout).toMatch(/^not tried {2}secret .*set GLYPHGATE_SECRET/m);
    expect(stdout).toMatch(/^not tried {2}solved and redeemed once .*(GLYPHGATE_SECRET|guesses)/m);
    expect(stdout).toMatch(/\d+ of 12 proved, \d+ requests/);
  });

  it('names a wrong secret, a foreign store and a proxy that mends nothing', async () => {
    const wrongSecret = await inside(['verify-deploy', server.url, '--json'], {
      GLYPHGATE_SECRET: 'a-secret-of-some-other-deployment-of-ours',
    });
    expect(wrongSecret.code).toBe(1);
    expect(statuses(wrongSecret.json())).toMatchObject({ health: 'proved', secret: 'failed' });

    const foreign = await command([server.url, '--insider', '--json'], {
      ...ENVIRONMENT,
      GLYPHGATE_MASTER_KEY: 'a-master-key-of-some-other-deployment',
    });
    expect(foreign.code).toBe(1);
    expect(statuses(JSON.parse(foreign.stdout))).toMatchObject({ 'solved and redeemed once': 'failed' });

    // What a gateway does that takes pictures for text.
    const gateway = await pretend(async (request, reply) => {
      const answer = await fetch(server.url + request.url);
      const text = await answer.text();
      reply.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
    });
    const mangled = await inside(['verify-deploy', gateway, '--json']);
    expect(mangled.code).toBe(1);
    expect(statuses(mangled.json())).toMatchObject({ health: 'proved', picture: 'failed' });
  });

  it.each([
    ['nothing listens', nobody, /cannot be reached: nothing listens there/],
    ['no answer in time', () => pretend(() => {}), /gave no answer in 1 s/],
  ])('%s: one line says so', async (_what, url, message) => {
    const { code, stdout, stderr } = await inside(['verify-deploy', await url(), '--timeout', '1']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('does not take another service for Glyphgate', async () => {
    const url = await pretend((_request, reply) => reply.end('<h1>Welcome</h1>'));
    const { code, json } = await inside(['verify-deploy', url, '--json']);
    expect(code).toBe(1);
    const [first] = (json() as Facts).checks;
    expect(first).toMatchObject({ status: 'failed', detail: expect.stringContaining('expected Glyphgate') });
  });

  it.each([
    [['verify-deploy'], /URL is missing/],
    [['verify-deploy', 'captcha.example.com'], /expected the URL of a deployment, such as https/],
    [
      ['verify-deploy', 'https://x.example', '--timeout', '0'],
      /--timeout expects a whole number from 1 to 60/,
    ],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await inside(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
