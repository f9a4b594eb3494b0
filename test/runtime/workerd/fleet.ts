/**
 * One workerd with everything that the tests of the Worker want: the Worker as it would be uploaded, on Durable Objects, on Upstash and on objects
 * that are away; the example that calls it over a service binding; and a line to its objects for the test.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIG, type InlineConfig, startWorkers, WORKERD } from './harness.ts';
import { labConfig, lineTo, type StoreLine } from './store-lab-client.ts';

export type Visit = (request: Request, from: string) => Promise<Response>;

export interface Fleet {
  readonly line: StoreLine;
  /** A visitor of one of the Workers, as the edge delivers them. */
  to(worker: WorkerName): Visit;
  close(): Promise<void>;
}

export type WorkerName = 'glyphgate' | 'on-upstash' | 'on-nothing' | 'unset' | 'guest-book';

const FORM = fileURLToPath(new URL('../../../infra/examples/worker-form/wrangler.jsonc', import.meta.url));
const SHARDS = 4;
/** The key of RFC 8037, A.1: known to all, good for tests. */
const SIGNING_KEY = JSON.stringify({
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
});

/** `upload`: the folder of a dry run. */
export async function startFleet(
  upload: string,
  environment: Readonly<Record<string, string>>,
  upstash: Readonly<Record<string, string>>,
): Promise<Fleet> {
  const vars = { ...environment, GLYPHGATE_SHARDS: String(SHARDS) };
  /** The same files under another name. */
  const again = (name: WorkerName, more: InlineConfig): { config: InlineConfig } => ({
    config: {
      ...WORKERD,
      name,
      main: join(upload, 'worker.js'),
      base_dir: upload,
      no_bundle: true,
      find_additional_modules: true,
      rules: [{ type: 'ESModule', globs: ['**/*.js'], fallthrough: true }],
      ...more,
    },
  });
  const { harness } = await startWorkers([
    { configPath: CONFIG, prebuiltWorkerDir: upload, vars },
    again('on-upstash', {
      vars: { ...environment, ...upstash, GLYPHGATE_STORE: 'upstash', GLYPHGATE_SIGNING_KEY: SIGNING_KEY },
      analytics_engine_datasets: [{ binding: 'METRICS', dataset: 'glyphgate' }],
    }),
    again('on-nothing', {
      vars: { ...vars, GLYPHGATE_STORE: 'durable-object' },
      durable_objects: {
        bindings: [{ name: 'STORE', class_name: 'AwayStore', script_name: 'store-lab' }],
      },
    }),
    again('unset', { vars: { GLYPHGATE_STORE: 'durable-object' } }),
    { configPath: FORM, secrets: { GLYPHGATE_SECRET: environment.GLYPHGATE_SECRET! } },
    { config: labConfig({ script: 'glyphgate', className: 'ChallengeStore', shards: SHARDS }) },
  ]);
  const line = await lineTo(harness);
  return {
    line,
    to: (name) => {
      const worker = harness.getWorker(name);
      return async (request, from) => {
        const headers = new Headers(request.headers);
        // The edge overwrites what a visitor sent.
        headers.set('CF-Connecting-IP', from);
        const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
        const { pathname, search } = new URL(request.url);
        const response = await worker.fetch(`https://${name}.example${pathname}${search}`, {
          method: request.method,
          headers: [...headers],
          ...(body && { body }),
          redirect: 'manual',
        });
        return response as unknown as Response;
      };
    },
    async close() {
      line.close();
      await harness.close();
    },
  };
}
