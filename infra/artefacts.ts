/** What will be uploaded is built first, by the script of that name, in a process of its own: npm brings the Node that it needs. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const SCRIPTS = { lambda: 'build:bundles', worker: 'build:worker' } as const;

/** The folder with what was built for this cloud; `prebuilt` names one that was made before. */
export function built(what: keyof typeof SCRIPTS, prebuilt: string | undefined): string {
  if (prebuilt !== undefined) return resolve(prebuilt, what);
  const script = SCRIPTS[what];
  const { status } = spawnSync('npm', ['run', '-s', script], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`npm run ${script} failed; its messages are above`);
  return resolve('dist', what);
}

export interface Secrets {
  readonly masterKey: $util.Output<string>;
  readonly siteSecret: $util.Output<string>;
  readonly signingKey: $util.Output<string> | undefined;
}
