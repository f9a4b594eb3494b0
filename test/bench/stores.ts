/**
 * `npm run bench:stores`: operations a second and the 99th percentile of every store on its real backend on this machine, beside one
 * plain command of the same client. So many callers at once, each with one call under way; put carries one counter, the step two.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Hit } from '../../lib/store/store.ts';
import { percentile } from './stats.ts';
import { STAGES, type Stage } from './store-stages.ts';
import { figure, table } from './table.ts';

interface Rate {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
type Name = 'set' | 'get' | 'put' | 'transition' | 'hit';
type Figures = { readonly store: string; readonly plain: string } & Readonly<Record<Name, Rate>>;

const BODY = new Uint8Array(randomBytes(400));
const TTL = 3_600_000;
const ADDRESSES = 1000;
const NAMES: readonly Name[] = ['set', 'get', 'put', 'transition', 'hit'];
const USAGE = `Usage: npm run bench:stores -- [--quick] [--only ${Object.keys(STAGES).join('|')}] [--callers N] [--json FILE]`;

function refuse(message: string): never {
  console.error(`bench:stores: ${message}\n${USAGE}`);
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true, default: Object.keys(STAGES) },
        callers: { type: 'string', default: '64' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const callers = Number(values.callers);
    if (!Number.isInteger(callers) || callers < 1 || callers > 10_000)
      refuse(`--callers expects 1 to 10000; got "${values.callers}"`);
    for (const name of values.only)
      if (!Object.hasOwn(STAGES, name))
        refuse(`--only expects ${Object.keys(STAGES).join(', ')}; got "${name}"`);
    return { ...values, callers };
  } catch (error) {
    return refuse((error as Error).message);
  }
}

const { quick, only, callers, json, help } = readOptions();
if (help) {
  console.log(USAGE);
  process.exit(0);
}
const spanMs = quick ? 400 : 2000;

/** Calls `work` with 0, 1, 2, … from all callers until the time is over or `limit` calls are made. */
async function measure(
  work: (n: number) => Promise<unknown>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Rate> {
  const tookMs: number[] = [];
  let n = 0;
  const started = performance.now();
  const caller = async () => {
    while (n < limit && performance.now() - started < spanMs) {
      const since = performance.now();
      await work(n++);
      tookMs.push(performance.now() - since);
      // Stores that answer without waiting would never let the clock of the others run.
      if (tookMs.length % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - started) / 1000;
  return {
    perSecond: tookMs.length / seconds,
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
  };
}

async function measureStage(stage: Stage): Promise<Record<Name, Rate>> {
  const { store } = stage;
  const hitOf = (bucket: string, n: number): Hit => ({
    key: `${bucket}-${n % ADDRESSES}`,
    shard: 0,
    limit: 1e9,
    windowMs: 60_000,
    cost: 1,
  });
  const answered = { to: 'answered', mark: 'mark', ttlMs: TTL } as const;
  const run = async (from: string) => {
    const set = await measure((n) => stage.set(`${from}-${n}`, BODY));
    const get = await measure((n) => stage.get(`${from}-${n % 1000}`));
    let stored = 0;
    const put = await measure((n) => {
      stored = n + 1;
      return store.put(`${from}-${n}`, BODY, TTL, [hitOf('generate', n)]);
    });
    const step = async (n: number) => {
      const hits = [hitOf('verify', n), { ...hitOf('failed', n), cost: 0 as const }];
      const { outcome } = await store.transition(`${from}-${n}`, answered, hits);
      if (outcome !== 'done') throw new Error(`step ${n}: ${outcome}`);
    };
    return {
      set,
      get,
      put,
      transition: await measure(step, stored),
      hit: await measure((n) => store.hit([hitOf('hit', n)])),
    };
  };
  // Compiled code and an open connection first.
  await Promise.all(
    Array.from({ length: 300 }, (_, n) => store.put(`warm-${n}`, BODY, TTL, [hitOf('warm', n)])),
  );
  await Promise.all(
    Array.from({ length: 300 }, (_, n) => store.transition(`warm-${n}`, answered, [hitOf('warm', n)])),
  );
  return run('bench');
}

const figures: Figures[] = [];
const missing: string[] = [];
for (const name of only) {
  if (process.stderr.isTTY) process.stderr.write(`\r${name}\u001b[K`);
  let stage: Stage | undefined;
  try {
    stage = await STAGES[name]!();
    figures.push({ store: name, plain: stage.plain, ...(await measureStage(stage)) });
  } catch (error) {
    missing.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    await stage?.close();
  }
}
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');

const machine = {
  node: process.version,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  load: loadavg()[0]!,
  date: new Date().toISOString(),
  callers,
  quick,
};
const cell = ({ perSecond, p99Ms }: Rate) => `${figure(perSecond)} (${figure(p99Ms)})`;
console.log(
  `Node ${machine.node}, ${machine.cores} × ${machine.cpu}, load ${machine.load.toFixed(1)} at the end, ${callers} callers${quick ? ', quick run' : ''}`,
);
console.log('Operations a second (99th percentile in ms); backend and load share this machine\n');
console.log(
  table(
    ['', ...NAMES.map((name) => (name === 'set' || name === 'get' ? `plain ${name}` : name)), 'put : set'],
    figures.map((row) => [
      row.store,
      ...NAMES.map((name) => cell(row[name])),
      figure(row.put.perSecond / row.set.perSecond),
    ]),
  ),
);
console.log(`\n${figures.map(({ store, plain }) => `  ${store.padEnd(10)} plain: ${plain}`).join('\n')}`);
for (const line of missing) console.log(`missing: ${line}`);
if (json) writeFileSync(json, `${JSON.stringify({ machine, stores: figures, missing }, null, 2)}\n`);
if (missing.length > 0) process.exitCode = 1;
