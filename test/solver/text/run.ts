/** `npm run solve:text`: what trained networks read of `strong`. See README.md beside this file. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Difficulty } from '../../../lib/challenge/challenge.ts';
import { drawSet, type SetOrder } from './draw.ts';
import { FACTORS } from './factors.ts';

const ATTACKERS = ['positions', 'ctc', 'attention', 'rows', 'cells', 'links'];
const PYTHON = '/usr/bin/python3';

const { values: given } = parseArgs({
  options: {
    attackers: { type: 'string', default: ATTACKERS.join() },
    samples: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '4' },
    width: { type: 'string', default: '1' },
    difficulty: { type: 'string', default: '2' },
    /** How many other deployments the solver is tried on. */
    others: { type: 'string', default: '4' },
    /** Train on pictures of as many deployments as there are samples. */
    any: { type: 'boolean', default: false },
    ablate: { type: 'boolean', default: false },
  },
});
const difficulty = Number(given.difficulty) as Difficulty;
const samples = Number(given.samples);
const TESTS = 1000;

interface Figure {
  readonly whole: number;
  readonly low: number;
  readonly high: number;
  readonly char: number;
  readonly half: number;
  readonly fifth: number;
}

function attack(
  name: string,
  train: string,
  tests: readonly string[],
): { epochs: number; figures: Figure[] } {
  const script = fileURLToPath(new URL('./attack.py', import.meta.url));
  const options = ['--samples', `${samples}`, '--minutes', given.minutes, '--width', given.width];
  const output = execFileSync(PYTHON, [script, name, train, ...tests, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(`${output}`);
}

const folder = mkdtempSync(join(tmpdir(), 'solve-text-'));
try {
  if (given.ablate) ablate();
  else compare();
} finally {
  rmSync(folder, { recursive: true });
}

function draw(name: string, order: Omit<SetOrder, 'folder' | 'difficulty'>): string {
  drawSet({ ...order, folder: join(folder, name), difficulty });
  return join(folder, name);
}

/** Every attacker on the deployment that it was trained on, and on others. */
function compare(): void {
  const train = draw('train', { seed: 'train', count: samples, deployment: given.any ? undefined : 'key1' });
  const tests = Array.from({ length: 1 + Number(given.others) }, (_, i) =>
    draw(`test ${i}`, { seed: 'test', count: i === 0 ? TESTS : TESTS / 2, deployment: `key${i + 1}` }),
  );
  console.log(
    '| attacker | epochs | whole answers (95 %) | char | surest half / fifth | other deployments |',
  );
  console.log('|---|---|---|---|---|---|');
  for (const name of given.attackers.split(',')) {
    const { epochs, figures } = attack(name, train, tests);
    const [same, ...others] = figures as [Figure, ...Figure[]];
    const elsewhere = others.map(({ whole }) => `${whole.toFixed(1)} %`).join(', ');
    console.log(
      `| ${name} | ${epochs} | ${rate(same)} | ${same.char} % | ${same.half} / ${same.fifth} % | ${elsewhere} |`,
    );
  }
}

/** One attacker, a factor less each time. */
function ablate(): void {
  const name = given.attackers.split(',').at(-1)!;
  console.log(`| without | ${name}: whole answers (95 %) | char |`);
  console.log('|---|---|---|');
  for (const [factor, less] of Object.entries(FACTORS)) {
    const train = draw('train', { seed: 'train', count: samples, deployment: 'key1', variant: less });
    const test = draw('test', { seed: 'test', count: TESTS, deployment: 'key1', variant: less });
    const [figure] = attack(name, train, [test]).figures as [Figure];
    console.log(`| ${factor} | ${rate(figure)} | ${figure.char} % |`);
  }
}

function rate({ whole, low, high }: Figure): string {
  return `${whole.toFixed(1)} % (${low.toFixed(1)}–${high.toFixed(1)})`;
}
