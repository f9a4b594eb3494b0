/**
 * `npm run bench:workers`: the Worker in workerd on this machine, from the files that a deploy uploads. CPU is that of the one thread on which
 * a process of workerd runs its Workers and objects; what its compiler and collector do beside it stands apart. It is read from /proc, so this
 * runs on Linux only. What a machine of Cloudflare's would take is another matter.
 */
import { rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ENVIRONMENT, newVisitor } from '../runtime/deployment.ts';
import { type Bare, type BareWorker, bundleWorker, startBare, uploaded } from '../runtime/workerd/bare.ts';
import { dryRun } from '../runtime/workerd/harness.ts';
import { mean, median, spread } from './stats.ts';
import { table } from './table.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(values.rounds);
if (!Number.isInteger(ROUNDS) || ROUNDS < 1) {
  console.error(`bench:workers: --rounds expects 1 or more; got "${values.rounds}"`);
  process.exit(2);
}
const upload = fileURLToPath(new URL('../../dist/upload', import.meta.url));
const folder = join(tmpdir(), `glyphgate-bench-workers-${process.pid}`);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

dryRun(upload);
const script = await bundleWorker(new URL('workers-worker.ts', import.meta.url), folder);

const ours: BareWorker = {
  name: 'glyphgate',
  folder: upload,
  modules: uploaded(upload),
  vars: {
    ...ENVIRONMENT,
    GLYPHGATE_STORE: 'durable-object',
    GLYPHGATE_LIMIT_GENERATE: '1000000/60s',
  },
  objects: { STORE: 'ChallengeStore' },
};
const bench: BareWorker = {
  name: 'bench',
  folder,
  modules: [script],
  objects: { STORE: 'ChallengeStore' },
};

const agent = new Agent({ keepAlive: true });
function ask(bare: Bare, worker: string, path: string): Promise<void> {
  const headers = { 'CF-Connecting-IP': newVisitor() };
  return new Promise((resolve, reject) => {
    get(`${bare.url(worker)}${path}`, { agent, headers }, (reply) => {
      reply.resume();
      reply.on('end', () =>
        reply.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${reply.statusCode}`)),
      );
    }).on('error', reject);
  });
}

async function inFresh<T>(workers: readonly BareWorker[], work: (bare: Bare) => Promise<T>): Promise<T> {
  const bare = await startBare(workers);
  try {
    return await work(bare);
  } finally {
    await bare.stop();
  }
}

const print = (title: string, head: readonly string[], rows: readonly (readonly string[])[]) =>
  console.log(`${title}\n\n${table(head, rows)}\nload ${loadavg()[0]!.toFixed(1)}\n`);
const ms = (value: number) => value.toFixed(2);
const of = <T>(values: readonly T[], pick: (value: T) => number) => median(values.map(pick));
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${ROUNDS} rounds, medians\n`);

await requests();
await cryptography();
await objects();

/** What the requests of a fresh process take, from the first to those that have been compiled. */
async function requests(): Promise<void> {
  const NOTHING = 'a Worker that does nothing';
  const PUT = 'one put with a counter';
  // And what is taken off again: the request itself, and what on Cloudflare an object does and is billed for.
  const rows: readonly (readonly [name: string, worker: BareWorker, path: string, less?: string])[] = [
    [NOTHING, bench, '/'],
    [PUT, bench, '/store?n=1&callers=1&shards=8', NOTHING],
    ['health', ours, '/api/health', NOTHING],
    ['generate text strong', ours, '/api/captcha/generate?kind=text&preset=strong', PUT],
    ['generate reveal', ours, '/api/captcha/generate?kind=reveal', PUT],
    ['generate scene, difficulty 3', ours, '/api/captcha/generate?kind=scene&difficulty=3', PUT],
  ];
  const until = [1, 10, 100, 400];
  const starts = new Map<string, number[]>();
  const taken = new Map<string, { workers: number; beside: number }[][]>();
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, worker, path] of rows)
      await inFresh([worker], async (bare) => {
        let before = bare.cpu();
        starts.set(worker.name, [...(starts.get(worker.name) ?? []), before.workers + before.beside]);
        const spans = [];
        let done = 0;
        for (const end of until) {
          const count = end - done;
          for (; done < end; done++) await ask(bare, worker.name, path);
          const now = bare.cpu();
          spans.push({
            workers: (now.workers - before.workers) / count,
            beside: (now.beside - before.beside) / count,
          });
          before = now;
        }
        taken.set(name, [...(taken.get(name) ?? []), spans]);
      });
  print(
    'From the start of workerd until it listens, CPU ms of all threads',
    ['', 'median', 'lowest'],
    [...starts].map(([name, values]) => [name, ms(spread(values).median), ms(spread(values).min)]),
  );
  const at = (name: string, i: number) => of(taken.get(name)!, (spans) => spans[i]!.workers);
  const last = until.length - 1;
  print(
    'CPU ms a request, HTTP and objects included, in processes that are fresh: of the 1st request, the 2nd to 10th, …',
    [
      '',
      ...until.map((end, i) => (i === 0 ? '1st' : `…${end}th`)),
      'last, lowest',
      'less object and HTTP',
      'beside',
    ],
    rows.map(([name, , , less]) => [
      name,
      ...until.map((_, i) => ms(at(name, i))),
      ms(Math.min(...taken.get(name)!.map((spans) => spans[last]!.workers))),
      less === undefined ? '' : ms(at(name, last) - at(less, last)),
      ms(of(taken.get(name)!, (spans) => mean(spans.slice(1).map(({ beside }) => beside)))),
    ]),
  );
}

async function cryptography(): Promise<void> {
  const n = 300;
  const rows = new Map<string, number[]>();
  await inFresh([bench], async (bare) => {
    for (let round = 0; round <= ROUNDS; round++)
      for (const kind of ['portable', 'node']) {
        const before = bare.cpu().workers;
        await ask(bare, 'bench', `/crypto?with=${kind}&n=${n}`);
        if (round > 0)
          rows.set(kind, [...(rows.get(kind) ?? []), ((bare.cpu().workers - before) * 1000) / n]);
      }
  });
  print(
    'One seal, one open, four MACs',
    ['', 'CPU µs'],
    [...rows].map(([name, values]) => [name, median(values).toFixed(0)]),
  );
}

/** What a call takes of an object's thread, which is what bounds an object; and whether objects on other threads get into its way. */
async function objects(): Promise<void> {
  const n = 400;
  const calls = new Map<string, number[]>();
  const rates = new Map<string, number[]>();
  const threads = [1, 2, 4, 8].filter((count) => count <= cpus().length);
  const callers = 32;
  for (let round = 0; round < ROUNDS; round++) {
    await inFresh([bench], async (bare) => {
      for (const from of [1, 2])
        for (const call of ['ping', 'hit', 'put', 'transition']) {
          const before = bare.cpu().workers;
          await ask(bare, 'bench', `/calls?from=${from}&n=${n}&of=${call}`);
          // The first time is for the compiler.
          if (from > 1) calls.set(call, [...(calls.get(call) ?? []), (bare.cpu().workers - before) / n]);
        }
    });
    for (const count of threads) {
      const all = await Promise.all(Array.from({ length: count }, () => startBare([bench])));
      const path = `/store?callers=${callers / count}&shards=1&n=`;
      await Promise.all(all.map((bare) => ask(bare, 'bench', `${path}100`)));
      const since = performance.now();
      await Promise.all(all.map((bare) => ask(bare, 'bench', `${path}${(2 * n) / count}`)));
      const rate = (2 * n * 1000) / (performance.now() - since);
      rates.set(String(count), [...(rates.get(String(count)) ?? []), rate]);
      await Promise.all(all.map((bare) => bare.stop()));
    }
  }
  const ping = median(calls.get('ping')!);
  print(
    'One call after the other to one object: the message both ways, and what the object does',
    ['', 'CPU ms', 'without the message', 'calls a second that fill a thread'],
    [...calls].map(([name, values]) => {
      const all = median(values);
      return [name, ms(all), name === 'ping' ? '' : ms(all - ping), (1000 / all).toFixed(0)];
    }),
  );
  print(
    `Puts of ${callers} callers at once, spread over objects that have a thread each (a process of workerd)`,
    ['objects', 'puts a second', 'ms until a put is answered'],
    [...rates].map(([count, values]) => [
      count,
      median(values).toFixed(0),
      ms((callers * 1000) / median(values)),
    ]),
  );
}
process.exit(0);
