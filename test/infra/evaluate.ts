/** What sst.config.ts would deploy: evaluated in a process of its own (evaluate-child.ts). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Registered {
  readonly type: string;
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the resource takes
  readonly inputs: any;
}

export interface Evaluation {
  readonly app: {
    readonly name: string;
    readonly stage: string;
    readonly home: string;
    readonly removal?: string;
    readonly protect?: boolean;
    readonly providers: Readonly<Record<string, unknown>>;
  };
  readonly resources: readonly Registered[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

const script = fileURLToPath(new URL('./evaluate-child.ts', import.meta.url));
export const SECRETS = {
  SST_SECRET_MasterKey: 'a-master-key-of-the-evaluation-only',
  SST_SECRET_SiteSecret: 'a-site-secret-of-the-evaluation-only',
};
const CLOUDFLARE = {
  CLOUDFLARE_DEFAULT_ACCOUNT_ID: 'account',
  CLOUDFLARE_API_TOKEN: 'offline',
  CLOUDFLARE_WORKERS_SUBDOMAIN: 'example',
};

/** Rejects with what the program said. An undefined variable is not set. */
export async function evaluate(
  stage: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Evaluation> {
  const child = spawn(process.execPath, ['--experimental-strip-types', script, stage], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...SECRETS,
      ...CLOUDFLARE,

      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let told = '';
  let errors = '';
  child.stdout.on('data', (piece) => {
    told += piece;
  });
  child.stderr.on('data', (piece) => {
    errors += piece;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(errors || told);
  return JSON.parse(told.slice(told.indexOf('{"app"'))) as Evaluation;
}
