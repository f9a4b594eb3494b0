/**
 * `npm test`: every check in order, each under its own heading with its time; the first that fails ends the run.
 * The last line is always `N passed, N failed`. `npm test -- PATTERN` passes on to vitest.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { requirePrograms } from './programs.ts';

const started = performance.now();
const secondsSince = (time: number) => `${((performance.now() - time) / 1000).toFixed(1)} s`;

async function step(name: string, work: () => void | Promise<void>): Promise<void> {
  const since = performance.now();
  console.log(`\n── ${name} ──`);
  try {
    await work();
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

/** Half a minute on the first run, so it goes on beside the checks that follow. */
function laySst() {
  const script = fileURLToPath(new URL('./sst-platform.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      told += piece;
    });
  return once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(told);
    console.log(told.trim());
  });
}

await step('System requirements', () =>
  console.log([`Node ${process.versions.node}`, ...requirePrograms()].join(', ')),
);
const sst = laySst();
// It is waited for below; until then its failure is nobody's.
sst.catch(() => {});
await step('Lint and format', () => run('biome', 'check', '--error-on-warnings', '.'));
await step('Types', () => run('tsc', '-p', '.'));
await step('Dependency rules', () => run('depcruise', 'lib', 'functions', 'infra'));
await step('Dead code', () => run('knip'));
await step('Types of the deployment', async () => {
  await sst;
  run('tsc', '-p', 'infra');
});

console.log(`\n── Tests ── (everything before took ${secondsSince(started)})`);
const tests = spawnSync('vitest', ['run', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(tests.status ?? 1);
