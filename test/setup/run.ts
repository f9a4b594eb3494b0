/**
 * `npm test`: every check in order, each under its own heading with its time; the first that fails ends the run.
 * The last line is always `N passed, N failed`. `npm test -- PATTERN` passes on to vitest.
 */
import { spawnSync } from 'node:child_process';
import { requirePrograms } from './programs.ts';

const started = performance.now();
const secondsSince = (time: number) => `${((performance.now() - time) / 1000).toFixed(1)} s`;

function step(name: string, work: () => void): void {
  const since = performance.now();
  console.log(`\n── ${name} ──`);
  try {
    work();
  } catch (error) {
    console.error(`\n✘ ${name}: ${(error as Error).message}\n`);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  console.log(`✔ ${name} (${secondsSince(since)})`);
}

function run(command: string, ...args: string[]): void {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`"${[command, ...args].join(' ')}" ended with ${error ?? signal ?? status}`);
}

step('System requirements', () =>
  console.log([`Node ${process.versions.node}`, ...requirePrograms()].join(', ')),
);
step('Lint and format', () => run('biome', 'check', '--error-on-warnings', '.'));
step('Types', () => run('tsc', '-p', '.'));
step('Dependency rules', () => run('depcruise', 'lib', 'functions', 'infra'));
step('Dead code', () => run('knip'));

console.log(`\n── Tests ── (everything before took ${secondsSince(started)})`);
const tests = spawnSync('vitest', ['run', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(tests.status ?? 1);
