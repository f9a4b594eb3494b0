/** Generator and verifier apart: two processes with one role each, one store and one key. And a process that is told to stop. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSqliteStore } from '../../lib/store/sqlite.ts';
import { type Deployment, ENVIRONMENT, insider, newVisitor, SECRET } from './deployment.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'glyphgate-roles-'));
const path = join(folder, 'store.db');
const SQLITE = { ...ENVIRONMENT, GLYPHGATE_STORE: 'sqlite', GLYPHGATE_SQLITE_PATH: path, PORT: '0' };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  readonly url: string;
  readonly process: ReturnType<typeof spawn>;
  readonly ended: Promise<number | null>;
}

async function start(
  environment: Readonly<Record<string, string>>,
  command = [process.execPath, '--disable-warning=ExperimentalWarning', 'functions/node.ts'],
  cwd = root,
): Promise<Started> {
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  let told = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece) => {
        told += piece;
        const found = /listens on (http:\/\/localhost:\d+)/.exec(told)?.[1];
        if (found) resolve(found);
      });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${told}`)));
  });
  return { url, process: child, ended };
}

async function ask(url: string, way: string, body?: object) {
  const reply = await fetch(`${url}/api/${way}`, {
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what the wire gives
  return { status: reply.status, body: (await reply.json()) as any };
}

async function answerOf(id: string): Promise<string> {
  const store = createSqliteStore({ path });
  const live = await insider({ store } as Deployment).service.recall(id, { address: newVisitor() });
  await store.close();
  if (!live.ok) throw new Error(`no live challenge ${id}`);
  return live.puzzle.answer;
}

describe('one role a process', () => {
  it('one gives, the other judges and redeems, and holds nothing that draws', async () => {
    const modules = join(folder, 'modules');
    const recorded = (name: string) => ({
      RECORD_MODULES: `${modules}-${name}`,
      NODE_OPTIONS: '--import ./test/runtime/record-modules.js',
    });
    const [giver, judge] = await Promise.all([
      start({ ...SQLITE, ...recorded('giver'), GLYPHGATE_ROLES: 'generate' }),
      start({ ...SQLITE, ...recorded('judge'), GLYPHGATE_ROLES: 'verify' }),
    ]);
    const { captcha_id } = (await ask(giver.url, 'captcha/generate?kind=text')).body;
    const answer = await answerOf(captcha_id);
    expect((await ask(giver.url, 'captcha/verify', { captcha_id, answer })).status).toBe(404);
    expect((await ask(judge.url, 'captcha/generate')).status).toBe(404);
    const verdict = await ask(judge.url, 'captcha/verify', { captcha_id, answer });
    expect(verdict.body).toMatchObject({ success: true, verified: true });
    const redeemed = await ask(judge.url, 'captcha/siteverify', {
      secret: SECRET,
      response: verdict.body.token,
    });
    expect(redeemed.body).toMatchObject({ success: true, kind: 'text' });

    expect((await ask(giver.url, 'health')).body).toMatchObject({
      status: 'healthy',
      renderer: { ok: true },
    });
    expect((await ask(judge.url, 'health')).body).toMatchObject({
      status: 'healthy',
      renderer: { ok: null },
    });
    const loaded = (name: string) => readFileSync(`${modules}-${name}`, 'utf8').split('\n');
    const drawing = (name: string) =>
      loaded(name).filter((url) => /\/lib\/(render|audio)\/|photon|challenge\/registry|\.wasm/.test(url));
    expect(drawing('judge')).toEqual([]);
    expect(drawing('giver').length).toBeGreaterThan(5);
    expect(loaded('judge').some((url) => url.endsWith('/lib/service.ts'))).toBe(true);
  });

  it.each([
    ['GLYPHGATE_ROLES', 'judge', /GLYPHGATE_ROLES: expected generate, verify, or both/],
    ['GLYPHGATE_STORE', 'memory', /GLYPHGATE_STORE: expected a store that several processes share/],
  ])('does not start with %s=%s', async (name, value, message) => {
    await expect(start({ ...SQLITE, GLYPHGATE_ROLES: 'verify', [name]: value })).rejects.toThrow(message);
  });
});

/** Sends half of a request, waits to be told, then sends the rest; resolves with the reply. */
function slowVerify(url: string) {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ captcha_id: '0'.repeat(32), answer: 'x' });
  const socket = connect(Number(port), hostname);
  const head = `POST /api/captcha/verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body.slice(0, 10));
  let reply = '';
  socket.on('data', (piece) => {
    reply += piece;
  });
  return { finish: () => socket.write(body.slice(10)), closed: once(socket, 'close').then(() => reply) };
}

async function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/api/health`).then(
    () => false,
    () => true,
  );
}

describe('a server that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: answers what is in flight, takes nothing new, ends well',
    async (signal) => {
      const server = await start(SQLITE);
      const request = slowVerify(server.url);
      // Until the server has the first half.
      await ask(server.url, 'health');
      await sleep(50);
      server.process.kill(signal);
      await expect.poll(() => isRefused(server.url), { timeout: 5000 }).toBe(true);
      request.finish();
      expect(await request.closed).toMatch(/^HTTP\/1\.1 404 /);
      expect(await server.ended).toBe(0);
    },
  );
});

describe('the container recipe', () => {
  const recipe = readFileSync(join(root, 'infra/docker/Dockerfile'), 'utf8');
  const stage = recipe.slice(recipe.lastIndexOf('FROM '));
  const words = (instruction: string): string[] =>
    JSON.parse(new RegExp(`^${instruction}.*?(\\[.+\\])$`, 'm').exec(stage)![1]!);

  it('runs as nobody special, from files that are there, and is healthy', async () => {
    expect(stage).toMatch(/^USER node$/m);
    const app = join(folder, 'app');
    // As the recipe copies them, and the packages that it installs.
    for (const [, from, to] of stage.matchAll(/^COPY (?!--from)(\S+) (\S+)$/gm))
      cpSync(join(root, from!), join(app, to === './' ? from! : to!), { recursive: true });
    layPackages(app);
    const environment = { ...SQLITE, PORT: String(20_000 + (process.pid % 20_000)) };
    const [, ...command] = words('CMD');
    const strictly = [process.execPath, '--preserve-symlinks', '--preserve-symlinks-main', ...command];
    const server = await start(environment, strictly, app);
    const [, ...check] = words('HEALTHCHECK');
    const checked = (more: object = {}) =>
      spawnSync(process.execPath, check, { cwd: app, env: { ...environment, ...more }, encoding: 'utf8' });
    expect(checked()).toMatchObject({ status: 0, stderr: '' });
    expect((await ask(server.url, 'captcha/generate?kind=text')).status).toBe(200);
    server.process.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(checked()).toMatchObject({ status: 1, stderr: expect.stringContaining('does not answer') });
  });
});

/** What `npm ci --omit=dev --omit=optional` would install, as links to what is there already. */
function layPackages(app: string): void {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  for (const [at, { dev, optional, devOptional }] of Object.entries(packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(at) || dev || optional || devOptional) continue;
    mkdirSync(dirname(join(app, at)), { recursive: true });
    symlinkSync(join(root, at), join(app, at));
  }
}
