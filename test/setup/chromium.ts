/** The browser tests need Chromium. Where it is absent this says what is to be installed and does so, or says how. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const INSTALL = 'apt-get update && apt-get install -y --no-install-recommends chromium';

/** The path of the first Chromium in `PATH` (`CHROMIUM_PATH` overrides), undefined when there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = named ? [named] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Returns Chromium's path. Installs it on Debian or Ubuntu as root; elsewhere throws with the command to run. */
export function requireChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.env.CHROMIUM_PATH)
    throw new Error(
      `CHROMIUM_PATH: expected the path of a browser; nothing can be run at ${process.env.CHROMIUM_PATH}`,
    );
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`The browser tests need Chromium, which is not installed. On Debian or Ubuntu:

    sudo sh -c '${INSTALL}'

Elsewhere install Chromium or Chrome and name it: CHROMIUM_PATH=/path/to/chromium npm test`);
  }
  console.log(`Chromium is not installed. Installing the system package "chromium": ${INSTALL}`);
  const { status } = spawnSync('sh', ['-c', INSTALL], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const installed = findChromium();
  if (status !== 0 || !installed)
    throw new Error(`Installing Chromium failed (exit ${status}). The command was: ${INSTALL}`);
  return installed;
}
