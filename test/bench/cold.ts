/** Cold start and size: what a new process or a new instance of a function pays before its first picture. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { ONE_FILE } from './cold-child.ts';
import { type Spread, spread } from './stats.ts';

export interface ColdFigures {
  readonly name: string;
  /** Reading and compiling the code, ms: as TypeScript sources (types stripped on the fly) or as the one file that is deployed. */
  readonly importMs: Spread;
  /** From there to the first picture's last byte: wasm and fonts read, compiled, set up, drawn, ms. */
  readonly loadMs: Spread;
  /** The second picture, ms. */
  readonly secondMs: Spread;
}

export interface SizeFigures {
  readonly name: string;
  readonly raw: number;
  readonly gzip: number;
}

const CANDIDATES = [
  'ours, sources',
  'ours, one file',
  'photon (wasm)',
  '@napi-rs/canvas',
  'svg-captcha',
] as const;
const script = fileURLToPath(new URL('./cold-child.ts', import.meta.url));

interface ColdRun {
  readonly importMs: number;
  readonly loadMs: number;
  readonly secondMs: number;
}

export async function coldBench(runs: number, tell: (what: string) => void): Promise<ColdFigures[]> {
  await build({
    entryPoints: [fileURLToPath(new URL('./ours.ts', import.meta.url))],
    outfile: fileURLToPath(new URL(ONE_FILE, import.meta.url)),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  const results = new Map<string, ColdRun[]>(CANDIDATES.map((name) => [name, []]));
  for (const name of CANDIDATES) coldRun(name); // files into the page cache, alike for all
  for (let run = 0; run < runs; run++) {
    tell(`cold: run ${run + 1} of ${runs}`);
    for (const name of CANDIDATES) results.get(name)!.push(coldRun(name));
  }
  return [...results].map(([name, all]) => ({
    name,
    importMs: spread(all.map(({ importMs }) => importMs)),
    loadMs: spread(all.map(({ loadMs }) => loadMs)),
    secondMs: spread(all.map(({ secondMs }) => secondMs)),
  }));
}

function coldRun(name: string): ColdRun {
  const { status, stdout } = spawnSync(process.execPath, [script, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`bench: the cold start of ${name} failed; its messages are above`);
  return JSON.parse(stdout) as ColdRun;
}

/** What a deployment carries: the kernel without fonts, and what the packs add. */
export async function kernelSize(): Promise<SizeFigures[]> {
  const sizes: SizeFigures[] = [];
  for (const [name, file] of Object.entries(ASSETS)) {
    const bytes = await readFile(new URL(file, import.meta.url));
    sizes.push({ name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length });
  }
  return sizes;
}

const ASSETS = {
  kernel: '../../lib/render/kernel.wasm',
  'faces for text': '../../lib/render/fonts.bin',
  'faces for scenes': '../../lib/render/scene-fonts.bin',
  icons: '../../lib/render/icons.bin',
} as const;
