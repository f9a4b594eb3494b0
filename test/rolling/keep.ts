/**
 * `npm run build:rolling -- NAME`, at a release: keeps what this release writes and the half of it that reads, for the next one to be tested
 * against. What was kept of the release before is replaced: a rolling deployment has two.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BACKENDS } from './backends.ts';
import { type Written, write } from './writer.ts';

const name = process.argv[2];
if (!name) {
  console.error('build:rolling: expected the name of the release, such as 1.2.0');
  process.exit(2);
}
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'test/rolling/previous');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const stores: Record<string, Written> = {};
for (const [name, { file, start }] of Object.entries(BACKENDS)) {
  // Its rows are those of redis.
  if (name === 'upstash') continue;
  const backend = await start();
  const written = await write(backend.place);
  await backend.keep(join(folder, file), [written.chained, ...written.challenges.map(({ id }) => id)]);
  await backend.stop();
  stores[name] = written;
}
writeFileSync(join(folder, 'written.json'), `${JSON.stringify({ release: name, stores }, null, 2)}\n`);
await build({
  absWorkingDir: root,
  entryPoints: ['test/rolling/verifier.ts'],
  outfile: join(folder, 'verifier.min.js'),
  bundle: true,
  minify: true,
  legalComments: 'none',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  // The clients of others: what lies in the stores is not theirs to decide.
  external: ['@aws-sdk/*', 'redis', '@upstash/redis'],
  logLevel: 'warning',
});
console.log(`kept ${name}: ${Object.keys(stores).join(', ')}`);
