/**
 * A fresh process from nothing to its first picture, timed on the inside. The argument names the candidate; the answer is one line of JSON.
 * `importMs` is reading and compiling the code, `loadMs` is everything from there to the first picture's last byte.
 */
import type { Draw } from './contestant.ts';

const candidates: Readonly<Record<string, { import(): Promise<() => Promise<Draw> | Draw> }>> = {
  ours: {
    async import() {
      const { drawerOf } = await import('./ours.ts');
      return () => drawerOf('text', { preset: 'strong', format: 'png', difficulty: 2 });
    },
  },
  'photon (wasm)': { import: () => peer('photon (wasm)') },
  '@napi-rs/canvas': { import: () => peer('@napi-rs/canvas') },
  'svg-captcha': { import: () => peer('svg-captcha') },
};

/** A peer reads its code when it opens, so all of it counts as loading. */
async function peer(name: string) {
  const { peers } = await import('./peers.ts');
  return peers.find((candidate) => candidate.name === name)!.open;
}

const start = performance.now();
const open = await candidates[process.argv[2]!]!.import();
const imported = performance.now();
const draw = await open();
const bytes = (await draw()).length;
const first = performance.now();
await draw();
const second = performance.now();
console.log(
  JSON.stringify({
    importMs: imported - start,
    loadMs: first - imported,
    secondMs: second - first,
    bytes,
  }),
);
