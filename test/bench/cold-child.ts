/**
 * A fresh process from nothing to its first picture, timed on the inside. The argument names the candidate; the answer is one line of JSON.
 * `importMs` is reading and compiling the code, `loadMs` is everything from there to the first picture's last byte.
 */
import { pathToFileURL } from 'node:url';
import type { Draw } from './contestant.ts';

/** Where cold.ts puts our code as one file; one folder below the root, so that it finds the assets where the sources do. */
export const ONE_FILE = '../../.cache/bench-ours.mjs';

type Open = () => Promise<Draw> | Draw;

const candidates: Readonly<Record<string, () => Promise<Open>>> = {
  'ours, sources': () => ours('./ours.ts'),
  'ours, one file': () => ours(ONE_FILE),
  'photon (wasm)': () => peer('photon (wasm)'),
  '@napi-rs/canvas': () => peer('@napi-rs/canvas'),
  'svg-captcha': () => peer('svg-captcha'),
};

async function ours(file: string): Promise<Open> {
  const { drawerOf } = (await import(file)) as typeof import('./ours.ts');
  return () => drawerOf('text', { preset: 'strong', format: 'png', difficulty: 2 });
}

/** A peer reads its code when it opens, so all of it counts as loading. */
async function peer(name: string): Promise<Open> {
  const { peers } = await import('./peers.ts');
  return peers.find((candidate) => candidate.name === name)!.open;
}

async function coldStart(name: string) {
  const start = performance.now();
  const open = await candidates[name]!();
  const imported = performance.now();
  const draw = await open();
  const bytes = (await draw()).length;
  const first = performance.now();
  await draw();
  const second = performance.now();
  return { importMs: imported - start, loadMs: first - imported, secondMs: second - first, bytes };
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href)
  console.log(JSON.stringify(await coldStart(process.argv[2]!)));
