/** Installs the peers on first use, and again when the lockfile here has changed since. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const changed = (file: string) => statSync(here + file).mtimeMs;

export function installPeers(): void {
  const marker = 'node_modules/.package-lock.json';
  if (existsSync(here + marker) && changed(marker) >= changed('package-lock.json')) return;
  console.error('bench: installing the peers into test/bench/node_modules (first use)');
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('bench: `npm ci` in test/bench failed; its messages are above');
}
