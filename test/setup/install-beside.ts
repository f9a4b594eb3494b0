/** Packages that only one folder of tests needs: installed beside it on first use, and again when its lockfile has changed since. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `folder` holds a package.json and its lockfile; `why` is said when something is installed. */
export async function installBeside(folder: string, why: string): Promise<void> {
  const changed = (file: string) => statSync(join(folder, file)).mtimeMs;
  const marker = 'node_modules/.package-lock.json';
  if (existsSync(join(folder, marker)) && changed(marker) >= changed('package-lock.json')) return;
  console.error(`${why}: installing into ${folder}node_modules (first use)`);
  const child = spawn('npm', ['ci', '--prefer-offline', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`\`npm ci\` in ${folder} failed; its messages are above`);
}
