/**
 * The stage on Cloudflare: one Worker with its modules, and the Durable Objects that it keeps challenges in. SST's own Worker component cannot
 * carry a WebAssembly module (it inlines the bytes, and workerd compiles none), so the provider's resources take what `npm run build:worker` made.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { built, type Secrets } from '../artefacts.ts';
import type { Settings } from '../settings.ts';

const MAIN = 'worker.js';
// As in wrangler.jsonc; a test holds the two together.
const CLASS = 'ChallengeStore';
const COMPATIBILITY_DATE = '2026-10-01';
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: 'application/javascript+module',
  wasm: 'application/wasm',
  bin: 'application/octet-stream',
};

export function deployCloudflare(settings: Settings, secrets: Secrets): $util.Output<string> {
  const folder = built('worker', settings.prebuilt);
  const accountId = required('CLOUDFLARE_DEFAULT_ACCOUNT_ID', 'the id of your account');
  const modules = readdirSync(folder)
    .flatMap((name) => {
      const contentType = CONTENT_TYPES[name.split('.').at(-1) ?? ''];
      return contentType ? [{ name, contentType, contentFile: join(folder, name) }] : [];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));

  const worker = new cloudflare.Worker('Worker', {
    accountId,
    name: `glyphgate-${$app.stage}`,
    observability: { enabled: true },
    subdomain: { enabled: settings.domain === undefined },
  });
  const version = new cloudflare.WorkerVersion('WorkerVersion', {
    accountId,
    workerId: worker.id,
    mainModule: MAIN,
    modules,
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: ['nodejs_compat'],
    migrations: { newTag: 'v1', newSqliteClasses: [CLASS] },
    bindings: [
      { type: 'durable_object_namespace', name: 'STORE', className: CLASS },
      { type: 'ratelimit', name: 'GATE', namespaceId: '1001', simple: { limit: 60, period: 10 } },
      { type: 'secret_text', name: 'GLYPHGATE_MASTER_KEY', text: secrets.masterKey },
      { type: 'secret_text', name: 'GLYPHGATE_SECRET', text: secrets.siteSecret },
      ...(secrets.signingKey
        ? [{ type: 'secret_text', name: 'GLYPHGATE_SIGNING_KEY', text: secrets.signingKey }]
        : []),
      ...Object.entries({
        ...settings.service,
        NODE_ENV: 'production',
        GLYPHGATE_STORE: 'durable-object',
      }).map(([name, text]) => ({ type: 'plain_text', name, text })),
    ],
  });
  new cloudflare.WorkersDeployment('Deployment', {
    accountId,
    scriptName: worker.name,
    strategy: 'percentage',
    versions: [{ percentage: 100, versionId: version.id }],
  });
  if (settings.domain !== undefined) {
    const { domain } = settings;
    const zoneId = required('CLOUDFLARE_ZONE_ID', `the id of ${domain}'s zone`);
    new cloudflare.WorkersCustomDomain('Domain', {
      accountId,
      hostname: domain,
      service: worker.name,
      zoneId,
    });
    return $output(`https://${domain}`);
  }
  return $interpolate`https://${worker.name}.${required('CLOUDFLARE_WORKERS_SUBDOMAIN', "your account's name before .workers.dev")}.workers.dev`;
}

function required(name: string, what: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name}: expected ${what}; it is not set`);
}
