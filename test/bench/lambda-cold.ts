/**
 * `npm run bench:cold`: what waking a Lambda takes. Each artefact in fresh processes under the Runtime API (test/runtime/lambda-bootstrap.js),
 * in turn with an empty handler under the same loop: from the start of the process to the reply to its first event, and how much of that
 * was before the handler was ready. On DynamoDB-compatible dynalite, in this process.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleLambdas } from '../../infra/build/bundle.ts';
import { startDynalite } from '../backends/dynalite.ts';
import { eventOf, sent } from '../runtime/lambda-events.ts';
import { median } from './stats.ts';
import { figure, table } from './table.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '15' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1 || runs > 1000) {
  console.error(`bench:cold: --runs expects 1 to 1000; got "${values.runs}"`);
  process.exit(2);
}

interface Wake {
  /** Process start → ready for an event, ms. */
  readonly initMs: number;
  /** Process start → first reply, ms. */
  readonly replyMs: number;
  /** CPU time of the process until then, its compiler and garbage collector included, ms. */
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly body: string;
}

const bootstrap = fileURLToPath(new URL('../runtime/lambda-bootstrap.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'glyphgate-cold-'));
const dynalite = await startDynalite();
const environment = {
  NODE_ENV: 'production',
  GLYPHGATE_MASTER_KEY: 'a-master-key-of-the-bench-and-nothing-else',
  GLYPHGATE_SITEKEY: 'bench',
  GLYPHGATE_SECRET: 'a-secret-of-the-bench-and-of-nothing-else',
  GLYPHGATE_STORE: 'dynamodb',
  GLYPHGATE_DYNAMODB_TABLE: await dynalite.newTable(),
  GLYPHGATE_LIMIT_GENERATE: '1000000/60s',
  GLYPHGATE_LIMIT_VERIFY: '1000000/60s',
  GLYPHGATE_LIMIT_FAILED: '1000000/60s',
  AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
};

/** One process, one event. */
async function wake(task: string, handler: string, event: string): Promise<Wake> {
  let started = 0;
  let initMs = 0;
  const server = createServer();
  const done = new Promise<Wake>((resolve, reject) => {
    server.on('request', async (request, reply: ServerResponse) => {
      if (request.url?.endsWith('/next')) {
        initMs ||= performance.now() - started;
        return void reply.writeHead(200, { 'Lambda-Runtime-Aws-Request-Id': '1' }).end(event);
      }
      const replyMs = performance.now() - started;
      let body = '';
      for await (const piece of request.setEncoding('utf8')) body += piece;
      if (!request.url?.endsWith('/response')) return reject(new Error(`${handler}: ${body}`));
      const { 'x-cpu-micros': cpu, 'x-rss-kb': rss } = request.headers;
      resolve({ initMs, replyMs, cpuMs: Number(cpu) / 1000, rssMb: Number(rss) / 1024, body });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  started = performance.now();
  const child = spawn(process.execPath, [bootstrap], {
    cwd: task,
    env: {
      ...environment,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      LAMBDA_TASK_ROOT: task,
      _HANDLER: handler,
    },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const ended = once(child, 'exit');
  try {
    return await done;
  } finally {
    child.kill('SIGKILL');
    await ended;
    server.closeAllConnections();
    server.close();
  }
}

const eventFor = async (path: string, body?: object) => {
  const request = new Request(`http://localhost/api${path}`, {
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return JSON.stringify(eventOf['http-api'](await sent(request, '203.0.113.9')));
};

try {
  await bundleLambdas(folder);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(
    join(empty, 'index.mjs'),
    "export const handler = async () => ({ statusCode: 200, body: 'ok' });\n",
  );
  const generate = await eventFor('/captcha/generate?kind=text');
  const fresh = async () => {
    const { body } = await wake(join(folder, 'generate'), 'index.handler', generate);
    return JSON.parse(JSON.parse(body).body).captcha_id as string;
  };
  const contestants: readonly [name: string, task: string, event: () => Promise<string>][] = [
    ['empty handler', 'empty', async () => generate],
    ['generate text', 'generate', async () => generate],
    ['generate scene', 'generate', () => eventFor('/captcha/generate?kind=scene')],
    ['verify', 'verify', async () => eventFor('/captcha/verify', { captcha_id: await fresh(), answer: 'X' })],
    ['health', 'health', () => eventFor('/health')],
  ];
  const all = new Map<string, Wake[]>(contestants.map(([name]) => [name, []]));
  for (let run = 0; run <= runs; run++)
    for (const [name, task, event] of contestants) {
      const woken = await wake(join(folder, task), 'index.handler', await event());
      // The first round reads the files into the page cache.
      if (run > 0) all.get(name)!.push(woken);
    }
  const base = all.get('empty handler')!;
  const of = (wakes: readonly Wake[], what: 'initMs' | 'replyMs' | 'cpuMs' | 'rssMb') =>
    wakes.map((each) => each[what]);
  const lowest = (values: readonly number[]) => Math.min(...values);
  const ratio = (wakes: readonly Wake[], what: 'replyMs' | 'cpuMs') =>
    `${figure(lowest(of(wakes, what)) / lowest(of(base, what)))} / ${figure(median(of(wakes, what)) / median(of(base, what)))}`;
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)} at the end, ${runs} runs\n`,
  );
  console.log(
    table(
      ['lowest (median), ms', 'ready', 'first reply', 'CPU', '× empty: reply', '× empty: CPU', 'RSS MB'],
      [...all].map(([name, wakes]) => [
        name,
        ...(['initMs', 'replyMs', 'cpuMs'] as const).map(
          (what) => `${figure(lowest(of(wakes, what)))} (${figure(median(of(wakes, what)))})`,
        ),
        ratio(wakes, 'replyMs'),
        ratio(wakes, 'cpuMs'),
        figure(median(of(wakes, 'rssMb'))),
      ]),
    ),
  );
} finally {
  await dynalite.close();
  rmSync(folder, { recursive: true, force: true });
}
