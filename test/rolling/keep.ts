/**
 * `npm run build:rolling -- NAME`, at a release: keeps what this release writes and the half of it that reads, for the next one to be tested
 * against. What was kept of the release before is replaced: a rolling deployment has two.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { write } from './writer.ts';

const name = process.argv[2];
if (!name) {
  console.error('build:rolling: expected the name of the release, such as 1.2.0');
  process.exit(2);
}
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'test/rolling/previous');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const store = join(folder, 'store.db');
const written = await write(store);
// One file, so that nothing of it lies in a write-ahead log.
const { DatabaseSync } = await import('node:sqlite');
const database = new DatabaseSync(store);
database.exec('PRAGMA journal_mode = DELETE; VACUUM');
database.close();
writeFileSync(join(folder, 'written.json'), `${JSON.stringify({ release: name, ...written }, null, 2)}\n`);
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
  logLevel: 'warning',
});
console.log(
  `kept ${name}: ${written.challenges.length} challenges, ${readFileSync(store).length} bytes of store`,
);
