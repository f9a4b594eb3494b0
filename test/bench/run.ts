/** `npm run bench`: installs the peers, runs the sections, prints their tables, writes the figures. */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { installBeside } from '../setup/install-beside.ts';
import * as report from './report.ts';

const SECTIONS = ['draw', 'cold', 'sound', 'server'] as const;
type Section = (typeof SECTIONS)[number];

const USAGE = `Usage: npm run bench -- [--quick] [--only ${SECTIONS.join('|')}] [--json FILE]`;

function refuse(message: string): never {
  console.error(`bench: ${message}\n${USAGE}`);
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    for (const name of values.only ?? [])
      if (!SECTIONS.includes(name as Section)) refuse(`--only expects ${SECTIONS.join(', ')}; got "${name}"`);
    return values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

const tell = (what: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${what}\u001b[K`);
};

const { quick, only, json, help } = readOptions();
if (help) {
  console.log(USAGE);
  process.exit(0);
}
await installBeside(new URL('.', import.meta.url).pathname, 'bench peers');

// Only now: these load what the line above installs.
const { drawBench, FULL, QUICK } = await import('./draw.ts');
const { coldBench, kernelSize } = await import('./cold.ts');
const { soundBench } = await import('./sound.ts');
const { serverBench } = await import('./server.ts');
const { serviceBench } = await import('./service.ts');

const draw = quick ? QUICK : FULL;
const wants = (section: Section) => !only || only.includes(section);
const figures: report.Figures = {
  machine: {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: loadavg()[0]!,
    date: new Date().toISOString(),
    quick,
  },
};
if (wants('draw')) figures.draw = await drawBench(draw, tell);
if (wants('cold')) {
  figures.cold = await coldBench(quick ? 5 : 15, tell);
  figures.size = await kernelSize();
}
if (wants('sound')) {
  tell('sound');
  figures.sound = await soundBench(quick ? 3 : 9, quick ? 60 : 200);
}
if (wants('server')) {
  figures.server = await serverBench(
    { rounds: quick ? 3 : 7, requests: quick ? 800 : 3000, connections: 8, drawMs: quick ? 150 : 400 },
    tell,
  );
  tell('service: in process');
  figures.service = await serviceBench(quick ? 1000 : 5000, quick ? 3 : 9);
}

if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
console.log(report.print(figures));
if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
