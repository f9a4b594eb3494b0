/** workerd by wrangler's own harness: as production runs it, from the files that would be uploaded, and without a word to anybody. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createTestHarness, type TestHarnessOptions } from 'wrangler';

/** For the environment of whatever loads wrangler. */
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_LOG: 'error',
} as const;

/** As in infra/cloudflare/wrangler.jsonc; a test compares. */
export const WORKERD = {
  compatibility_date: '2026-10-01',
  compatibility_flags: ['nodejs_compat'],
};

export const CONFIG = fileURLToPath(new URL('../../../infra/cloudflare/wrangler.jsonc', import.meta.url));

type Workers = NonNullable<TestHarnessOptions['workers']>;
export type InlineConfig = Extract<Workers[number], { config: unknown }>['config'];

export async function startWorkers(workers: Workers) {
  Object.assign(process.env, QUIET);
  const harness = createTestHarness({ workers });
  const { url } = await harness.listen();
  return { harness, url };
}

/** `npm run worker:dry-run` into a folder; what it says. */
export function dryRun(folder: string): string {
  const wrangler = fileURLToPath(new URL('../../../node_modules/wrangler/bin/wrangler.js', import.meta.url));
  const words = ['deploy', '--dry-run', '--outdir', folder, '--config', CONFIG];
  const { status, stdout, stderr } = spawnSync(process.execPath, [wrangler, ...words], {
    env: { ...process.env, ...QUIET, WRANGLER_LOG: 'log', FORCE_COLOR: '0' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`wrangler deploy --dry-run ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
