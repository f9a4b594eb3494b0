/**
 * `npm run bench:workers`: the Worker in workerd on this machine. CPU times are those of the whole workerd process, an empty Worker's subtracted;
 * they are read from /proc, so this runs on Linux only. What a machine of Cloudflare's would take is another matter.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../runtime/deployment.ts';
import { CONFIG, dryRun, startWorkers, WORKERD } from '../runtime/workerd/harness.ts';
import { spread } from './stats.ts';
import { table } from './table.ts';

const HERE = import.meta.dirname;
const folder = join(HERE, '../../dist/upload');

/** CPU milliseconds of the workerd processes that this process started, all threads together. */
function workerdCpu(): number {
  const known = new Map<number, { parent: number; name: string }>();
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      known.set(pid, { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), name });
    } catch {
      // Gone since the folder was read.
    }
  }
  const isOurs = (pid: number): boolean => {
    const found = known.get(pid);
    return found !== undefined && (pid === process.pid || isOurs(found.parent));
  };
  const nanoseconds = [...known]
    .filter(([pid, { name }]) => name === 'workerd' && isOurs(pid))
    .flatMap(([pid]) => readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}/schedstat`))
    .reduce((sum, path) => sum + Number(readFileSync(path, 'utf8').split(' ')[0]), 0);
  return nanoseconds / 1e6;
}

const bench = {
  ...WORKERD,
  name: 'bench',
  main: join(HERE, 'workers-worker.ts'),
  durable_objects: { bindings: [{ name: 'STORE', class_name: 'ChallengeStore' }] },
  migrations: [{ tag: 'v1', new_sqlite_classes: ['ChallengeStore'] }],
};
const driver = {
  ...bench,
  services: [
    { binding: 'glyphgate', service: 'glyphgate' },
    { binding: 'empty', service: 'empty' },
  ],
};
const empty = { ...bench, name: 'empty' };
const LIMITS = { GLYPHGATE_LIMIT_GENERATE: '1000000/60s', GLYPHGATE_LIMIT_MEDIA: '1000000/60s' };

async function withWorkers<T>(
  workers: Parameters<typeof startWorkers>[0],
  work: (get: (worker: string, path: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const { harness } = await startWorkers(workers);
  try {
    return await work(async (worker, path) => {
      const headers = { 'CF-Connecting-IP': '198.19.0.1' };
      const reply = await harness.getWorker(worker).fetch(`https://bench.example${path}`, { headers });
      const text = await reply.text();
      if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${text}`);
    });
  } finally {
    await harness.close();
  }
}

const ours = { configPath: CONFIG, prebuiltWorkerDir: folder, vars: { ...ENVIRONMENT, ...LIMITS } };
const print = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  console.log(`${table(head, rows)}\nload ${loadavg()[0]!.toFixed(1)}\n`);
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}\n`);
const ms = (value: number) => value.toFixed(2);
dryRun(folder);

// CPU of requests: rounds of each, interleaved.
const PATHS = {
  empty: ['empty', '/'],
  health: ['glyphgate', '/api/health'],
  'generate text strong': ['glyphgate', '/api/captcha/generate?kind=text&preset=strong'],
  'generate scene, difficulty 3': ['glyphgate', '/api/captcha/generate?kind=scene&difficulty=3'],
  'generate reveal': ['glyphgate', '/api/captcha/generate?kind=reveal'],
} as const;
const ROUNDS = 3;
const CALLS = 40;
const cpu = new Map<string, number[]>();
const crypto = new Map<string, number[]>();
const shards: string[][] = [];
await withWorkers([{ config: driver }, ours, { config: empty }], async (get) => {
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, [worker, path]] of Object.entries(PATHS)) {
      const before = workerdCpu();
      await get('bench', `/drive?worker=${worker}&n=${CALLS}&path=${encodeURIComponent(path)}`);
      if (round > 0) cpu.set(name, [...(cpu.get(name) ?? []), (workerdCpu() - before) / CALLS]);
    }
    const puts = 40;
    const before = workerdCpu();
    await get('bench', `/store?n=${puts}&callers=1&shards=8`);
    if (round > 0)
      cpu.set('one put with a counter', [
        ...(cpu.get('one put with a counter') ?? []),
        (workerdCpu() - before) / puts,
      ]);
    for (const kind of ['portable', 'node']) {
      const n = 300;
      const before = workerdCpu();
      await get('bench', `/crypto?with=${kind}&n=${n}`);
      if (round > 0) crypto.set(kind, [...(crypto.get(kind) ?? []), ((workerdCpu() - before) * 1000) / n]);
    }
  }
  print(
    ['CPU ms a request', 'median', 'lowest', 'less the empty one'],
    [...cpu].map(([name, values]) => {
      const { median, min } = spread(values);
      const base = name.startsWith('one put') ? 0 : spread(cpu.get('empty')!).median;
      return [name, ms(median), ms(min), ms(median - base)];
    }),
  );
  print(
    ['one seal, one open, four MACs', 'µs'],
    [...crypto].map(([name, values]) => [name, spread(values).median.toFixed(0)]),
  );
  for (const callers of [1, 16, 64])
    for (const count of [1, 2, 4, 8, 16]) {
      const n = callers === 1 ? 40 : 400;
      const rates: number[] = [];
      for (let round = 0; round < 3; round++) {
        const since = performance.now();
        await get('bench', `/store?n=${n}&callers=${callers}&shards=${count}`);
        rates.push((n * 1000) / (performance.now() - since));
      }
      shards.push([String(callers), String(count), spread(rates).median.toFixed(0)]);
    }
  print(['callers', 'objects a region', 'puts a second'], shards);
});

// A start: the process until the first reply, beside a Worker that does nothing.
const starts = new Map<string, number[]>();
for (let round = 0; round < 3; round++)
  for (const [name, workers, first] of [
    ['empty', [{ config: bench }], ['bench', '/']],
    ['Glyphgate, health', [ours], ['glyphgate', '/api/health']],
    ['Glyphgate, generate', [ours], ['glyphgate', '/api/captcha/generate']],
  ] as const) {
    const spent = await withWorkers([...workers], async (get) => {
      await get(first[0], first[1]);
      return workerdCpu();
    });
    if (round > 0) starts.set(name, [...(starts.get(name) ?? []), spent]);
  }

print(
  ['CPU ms from start to first reply', 'median', 'lowest'],
  [...starts].map(([name, values]) => [name, ms(spread(values).median), ms(spread(values).min)]),
);
process.exit(0);
