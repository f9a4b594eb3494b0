/**
 * Programs of the system that the tests start themselves. What is absent is named and installed, all in one go, as root on Debian or
 * Ubuntu; elsewhere the command to run is said. Only programs are wanted: no service is left running.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium, findProgram } from './chromium.ts';

interface Requirement {
  /** What Debian and Ubuntu call it. */
  readonly package: string;
  readonly find: () => string | undefined;
  /** What to do where there is no such package. */
  readonly elsewhere: string;
}

const REQUIREMENTS: readonly Requirement[] = [
  {
    package: 'chromium',
    find: findChromium,
    elsewhere: 'Chromium or Chrome, named by CHROMIUM_PATH=/path/to/chromium unless PATH leads to it',
  },
  {
    package: 'redis-server',
    find: () => findProgram('redis-server'),
    elsewhere: 'redis-server 7 or later in PATH',
  },
  { package: 'memcached', find: () => findProgram('memcached'), elsewhere: 'memcached 1.6 or later in PATH' },
];

const installCommand = (packages: readonly string[]) =>
  `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** Debian asks this file whether a service may start; 101 means no. One that is there already is somebody's will and stays. */
const withoutServices = (command: string) => `policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod 755 "$policy"
fi
${command}`;

const missing = () => REQUIREMENTS.filter(({ find }) => !find());

/** Returns the paths of all programs; throws with what to do when one cannot be had. */
export function requirePrograms(): string[] {
  const absent = missing();
  if (absent.length > 0) install(absent);
  return REQUIREMENTS.map(({ find }) => find()!);
}

function install(absent: readonly Requirement[]): void {
  const names = absent.map((each) => each.package);
  const command = installCommand(names);
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`The tests need ${names.join(', ')}. On Debian or Ubuntu:

    sudo sh -c '${command}'

Elsewhere install
${absent.map(({ elsewhere }) => `    ${elsewhere}`).join('\n')}`);
  }
  console.log(`Not installed: ${names.join(', ')}. Installing these system packages: ${command}`);
  const { status } = spawnSync('sh', ['-c', withoutServices(command)], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const still = missing().map((each) => each.package);
  if (status !== 0 || still.length > 0)
    throw new Error(`Installing ${names.join(', ')} failed (exit ${status}). The command was: ${command}`);
}
