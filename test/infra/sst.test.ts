/** The real sst.config.ts, evaluated: what would be made, with which properties, for which stage; and what stops it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, HEALTH_KEY } from '../../infra/aws/permissions.ts';
import { FUNCTIONS } from '../../infra/aws/routes.ts';
import { bundleLambdas } from '../../infra/build/bundle.ts';
import { bundleWorker, type WorkerModule } from '../../infra/build/worker.ts';
import { readSettings, SERVICE_VARIABLES } from '../../infra/settings.ts';
import { readConfig } from '../../lib/config.ts';
import { EXPOSED } from '../../lib/http/app.ts';
import { laySstPlatform } from '../setup/sst-platform.ts';
import { type Evaluation, evaluate, SECRETS } from './evaluate.ts';

interface Binding {
  readonly name: string;
  readonly type: string;
  readonly text?: string;
  readonly className?: string;
  readonly namespaceId?: string;
  readonly simple?: object;
}

const SECRET = '4dabf18193072939515e22adb298388d';
const folder = mkdtempSync(join(tmpdir(), 'glyphgate-sst-'));
const prebuilt = { GLYPHGATE_PREBUILT: folder };
const ORIGIN = 'https://shop.example.com';

let both: Evaluation;
let production: Evaluation;
let edge: Evaluation;
let modules: readonly WorkerModule[];

beforeAll(async () => {
  laySstPlatform();
  await bundleLambdas(join(folder, 'lambda'));
  ({ modules } = await bundleWorker(join(folder, 'worker')));
  [both, production, edge] = await Promise.all([
    evaluate('both', prebuilt),
    evaluate('production', {
      ...prebuilt,
      GLYPHGATE_ORIGINS: `${ORIGIN}, https://www.example.com`,
      GLYPHGATE_ALARM_EMAIL: 'ops@example.com',
      GLYPHGATE_CONCURRENCY: '0',
      GLYPHGATE_PROFILE: 'strict',
      SST_SECRET_SigningKey: 'a-signing-key',
    }),
    evaluate('eu-cloudflare', {
      ...prebuilt,
      GLYPHGATE_DOMAIN: 'captcha.example.com',
      SST_SECRET_SigningKey: 'a-signing-key',
      CLOUDFLARE_ZONE_ID: 'zone',
    }),
  ]);
}, 400_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = ({ resources }: Evaluation, type: string) =>
  resources.filter((each) => !each.type.startsWith('sst:') && each.type.endsWith(`:${type}`));
const one = (evaluation: Evaluation, type: string, name: string) => {
  const found = of(evaluation, type).find((each) => each.name === name);
  if (!found)
    throw new Error(`no ${type} ${name}; there is ${of(evaluation, type).map((each) => each.name)}`);
  return found.inputs;
};
/** A value that Pulumi keeps secret. */
const opened = (value: { [SECRET]?: string; value?: object }) => {
  expect(value).toHaveProperty([SECRET]);
  return value.value as never;
};
const policyOf = (evaluation: Evaluation, role: string) => {
  const { inlinePolicies } = one(evaluation, 'Role', role);
  return JSON.parse(inlinePolicies[0].policy);
};

describe('the stage on AWS', () => {
  it('has one table: on demand, encrypted, its expired items deleted', () => {
    expect(of(both, 'Table')).toHaveLength(1);
    expect(one(both, 'Table', 'StoreTable')).toMatchObject({
      hashKey: 'pk',
      attributes: [{ name: 'pk', type: 'S' }],
      billingMode: 'PAY_PER_REQUEST',
      ttl: { attributeName: 'ttl', enabled: true },
      serverSideEncryption: { enabled: true },
    });
  });

  it('has three functions, small and braked, the keys secret and only where they are needed', () => {
    expect(
      of(both, 'Function')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['GenerateFunction', 'HealthFunction', 'VerifyFunction']);
    for (const [name, memorySize] of [
      ['GenerateFunction', 1024],
      ['VerifyFunction', 512],
      ['HealthFunction', 256],
    ] as const) {
      const inputs = one(both, 'Function', name);
      expect(inputs).toMatchObject({
        architectures: ['arm64'],
        runtime: 'nodejs24.x',
        handler: 'index.handler',
        memorySize,
        timeout: 10,
        reservedConcurrentExecutions: 20,
      });
      const { variables } = name === 'HealthFunction' ? inputs.environment : opened(inputs.environment);
      expect(variables).toMatchObject({
        NODE_ENV: 'production',
        GLYPHGATE_STORE: 'dynamodb',
        GLYPHGATE_DYNAMODB_TABLE: one(both, 'Table', 'StoreTable').name,
        GLYPHGATE_PROFILE: 'standard',
      });
      const keys = [variables.GLYPHGATE_MASTER_KEY, variables.GLYPHGATE_SECRET];
      if (name === 'HealthFunction') for (const key of keys) expect(key).toContain('no-key');
      else expect(keys).toEqual([SECRETS.SST_SECRET_MasterKey, SECRETS.SST_SECRET_SiteSecret]);
      expect(variables.GLYPHGATE_SIGNING_KEY).toBeUndefined();
      // What the function would start with is a configuration that it accepts.
      const ours = Object.entries(variables).filter(([key]) => !key.startsWith('SST_'));
      expect(readConfig(Object.fromEntries(ours) as never, { severalInstances: true }).store.kind).toBe(
        'dynamodb',
      );
    }
  });

  it('permits each function its calls on that table, and nothing else', () => {
    for (const name of FUNCTIONS) {
      const role = `${name[0]!.toUpperCase()}${name.slice(1)}Role`;
      const statements = policyOf(both, role);
      expect(statements).toHaveLength(1);
      expect(statements[0]).toMatchObject({
        effect: 'Allow',
        actions: ACTIONS[name].map((action) => `dynamodb:${action}`),
        resources: ['arn:mock:aws:dynamodb/table:Table:StoreTable'],
      });
      expect(JSON.stringify(statements)).not.toMatch(/Scan|Query|\*/);
      const { managedPolicyArns, assumeRolePolicy } = one(both, 'Role', role);
      expect(managedPolicyArns).toEqual(['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']);
      expect(assumeRolePolicy.Statement).toMatchObject([{ Principal: { Service: 'lambda.amazonaws.com' } }]);
    }
    expect(policyOf(both, 'HealthRole')[0].conditions).toEqual([
      { test: 'ForAllValues:StringEquals', variable: 'dynamodb:LeadingKeys', values: [HEALTH_KEY] },
    ]);
  });

  it('routes every path of the service to the function that serves it', () => {
    const integrations = new Map(
      of(both, 'Integration').map(({ name, inputs }) => [`integrations/${name}-id`, inputs.integrationUri]),
    );
    const routes = of(both, 'Route').map(({ inputs }) => [
      inputs.routeKey,
      integrations.get(inputs.target)?.split(':').at(-1),
    ]);
    expect(Object.fromEntries(routes)).toEqual({
      $default: 'GenerateFunction',
      'ANY /api/captcha/verify': 'VerifyFunction',
      'ANY /api/captcha/siteverify': 'VerifyFunction',
      'ANY /.well-known/jwks.json': 'VerifyFunction',
      'ANY /api/health': 'HealthFunction',
    });
    for (const { inputs } of of(both, 'Integration')) expect(inputs.payloadFormatVersion).toBe('2.0');
  });

  it('lets only the origins of the configuration call from a page', () => {
    expect(one(both, 'Api', 'ApiApi').corsConfiguration).toEqual({});
    const { corsConfiguration } = one(production, 'Api', 'ApiApi');
    expect(corsConfiguration).toMatchObject({
      allowOrigins: [ORIGIN, 'https://www.example.com'],
      maxAge: 7200,
    });
    expect(corsConfiguration.allowCredentials).toBeFalsy();
    // What the service itself would say: API Gateway drops what comes from behind it.
    expect(corsConfiguration.exposeHeaders).toEqual(EXPOSED.map((name) => name.toLowerCase()));
  });

  it('lets the origins of a sites document call too', () => {
    const sites = JSON.stringify({ sites: [{ origins: [ORIGIN, 'https://b.example'] }, {}] });
    const { origins } = readSettings('dev', { GLYPHGATE_ORIGINS: ORIGIN, GLYPHGATE_SITES: sites });
    expect(origins).toEqual([ORIGIN, 'https://b.example']);
    expect(() => readSettings('dev', { GLYPHGATE_SITES: 'sites.json' })).toThrow(
      'GLYPHGATE_SITES: expected the sites document',
    );
  });

  it('keeps logs for a while, without addresses', () => {
    const kept = (evaluation: Evaluation) =>
      of(evaluation, 'LogGroup').map(({ inputs }) => inputs.retentionInDays);
    expect(kept(both)).toEqual([14, 14, 14, 14]);
    expect(kept(production)).toEqual([90, 90, 90, 90]);
    const { format } = one(both, 'Stage', 'ApiStage').accessLogSettings;
    expect(format).toContain('$context.status');
    expect(format).not.toMatch(/sourceIp|userAgent|path/i);
  });

  it('raises alarms for faults, throttling and slowness, to an address when there is one', () => {
    const alarms = (evaluation: Evaluation) =>
      Object.fromEntries(of(evaluation, 'MetricAlarm').map(({ name, inputs }) => [name, inputs]));
    expect(alarms(both)).toMatchObject({
      Faults: { namespace: 'AWS/ApiGateway', metricName: '5xx', dimensions: { ApiId: 'ApiApi-id' } },
      Slow: { metricName: 'Latency', extendedStatistic: 'p99', threshold: 2000 },
      GenerateThrottled: { namespace: 'AWS/Lambda', metricName: 'Throttles' },
      VerifyThrottled: { dimensions: { FunctionName: one(both, 'Function', 'VerifyFunction').name } },
      HealthThrottled: {},
    });
    expect(of(both, 'Topic')).toEqual([]);
    expect(one(production, 'TopicSubscription', 'AlarmMail')).toMatchObject({
      protocol: 'email',
      endpoint: 'ops@example.com',
    });
    for (const alarm of Object.values(alarms(production))) expect(alarm.alarmActions).toHaveLength(1);
  });

  it('is kept and guarded in production, and free of the brake when told so', () => {
    expect(both.app).toMatchObject({ removal: 'remove', protect: false });
    expect(production.app).toMatchObject({ home: 'aws', removal: 'retain', protect: true });
    expect(one(both, 'Table', 'StoreTable').deletionProtectionEnabled).toBe(false);
    expect(one(production, 'Table', 'StoreTable').deletionProtectionEnabled).toBe(true);
    const verify = one(production, 'Function', 'VerifyFunction');
    expect(verify.reservedConcurrentExecutions).toBeUndefined();
    expect((opened(verify.environment) as never as { variables: object }).variables).toMatchObject({
      GLYPHGATE_PROFILE: 'strict',
      GLYPHGATE_SIGNING_KEY: 'a-signing-key',
      GLYPHGATE_ORIGINS: `${ORIGIN}, https://www.example.com`,
    });
  });
});

describe('the stage on Cloudflare', () => {
  it('has a Worker with its modules, its Durable Object and its secrets', () => {
    const inputs = one(edge, 'WorkerVersion', 'WorkerVersion');
    expect(inputs).toMatchObject({ mainModule: 'worker.js', workerId: 'Worker-id' });
    expect(inputs.migrations.newSqliteClasses).toHaveLength(1);
    const uploaded: { name: string; contentType: string; contentFile: string }[] = inputs.modules;
    expect(uploaded.map(({ name, contentType }) => `${name} ${contentType}`).sort()).toEqual(
      modules.map(({ name, contentType }) => `${name} ${contentType}`).sort(),
    );
    for (const { name, contentFile } of uploaded)
      expect(readFileSync(contentFile).equals(modules.find((each) => each.name === name)!.bytes)).toBe(true);
    const bindings: readonly Binding[] = opened(inputs.bindings);
    const by = (type: string) => bindings.filter((each) => each.type === type);
    expect(by('secret_text').map(({ name, text }) => [name, text])).toEqual([
      ['GLYPHGATE_MASTER_KEY', SECRETS.SST_SECRET_MasterKey],
      ['GLYPHGATE_SECRET', SECRETS.SST_SECRET_SiteSecret],
      ['GLYPHGATE_SIGNING_KEY', 'a-signing-key'],
    ]);
    expect(by('durable_object_namespace').map(({ className }) => className)).toEqual(
      inputs.migrations.newSqliteClasses,
    );
    // Who uses wrangler gets the same Worker.
    const wrangler = JSON.parse(
      readFileSync('infra/cloudflare/wrangler.jsonc', 'utf8').replace(/^\s*\/\/.*$/gm, ''),
    );
    expect(wrangler).toMatchObject({
      compatibility_date: inputs.compatibilityDate,
      compatibility_flags: inputs.compatibilityFlags,
      migrations: [{ tag: inputs.migrations.newTag, new_sqlite_classes: inputs.migrations.newSqliteClasses }],
      durable_objects: {
        bindings: by('durable_object_namespace').map(({ name, className }) => ({
          name,
          class_name: className,
        })),
      },
      ratelimits: by('ratelimit').map(({ name, namespaceId, simple }) => ({
        name,
        namespace_id: namespaceId,
        simple,
      })),
    });
    expect(by('plain_text').find(({ name }) => name === 'GLYPHGATE_STORE')?.text).toBe('durable-object');
    expect(one(edge, 'WorkersDeployment', 'Deployment').versions).toEqual([
      { percentage: 100, versionId: 'WorkerVersion-id' },
    ]);
  });

  it('answers on a domain of its own, or on workers.dev', () => {
    expect(one(edge, 'WorkersCustomDomain', 'Domain')).toMatchObject({
      hostname: 'captcha.example.com',
      zoneId: 'zone',
    });
    expect(one(edge, 'Worker', 'Worker').subdomain).toEqual({ enabled: false });
    expect(one(both, 'Worker', 'Worker').subdomain).toEqual({ enabled: true });
    expect(of(both, 'WorkersCustomDomain')).toEqual([]);
  });
});

describe('a deployment', () => {
  it('goes where its stage or its environment says', async () => {
    expect(Object.keys(both.app.providers).sort()).toEqual(['aws', 'cloudflare']);
    expect(Object.keys(production.app.providers)).toEqual(['aws']);
    expect(of(production, 'Worker')).toEqual([]);
    expect(edge.app.home).toBe('cloudflare');
    expect(Object.keys(edge.app.providers)).toEqual(['cloudflare']);
    expect(of(edge, 'Table')).toEqual([]);
  });

  it('says where it is and what to do next', () => {
    const aws = 'https://abcdef1234.execute-api.us-east-1.amazonaws.com';
    expect(both.outputs).toMatchObject({
      aws,
      cloudflare: 'https://glyphgate-both.example.workers.dev',
      widget: `${aws}/api.js`,
      next: `npx glyphgate verify-deploy ${aws}`,
    });
    expect(edge.outputs).toMatchObject({ cloudflare: 'https://captcha.example.com' });
  });

  it.each([
    [{ SST_SECRET_MasterKey: undefined }, /sst secret set MasterKey/],
    [
      { GLYPHGATE_LIMIT_GENERATES: '1/60s' },
      /GLYPHGATE_LIMIT_GENERATES: a deployment knows no such variable/,
    ],
    [{ GLYPHGATE_HOOKS: 'hooks.mjs' }, /GLYPHGATE_HOOKS: expected nothing beside GLYPHGATE_PREBUILT/],
    [
      { GLYPHGATE_PRESETS: 'mine.json', GLYPHGATE_DEPLOY: 'both', GLYPHGATE_PREBUILT: undefined },
      /GLYPHGATE_PRESETS: expected nothing, since a Worker has no files of yours/,
    ],
    [{ GLYPHGATE_DEPLOY: 'azure' }, /GLYPHGATE_DEPLOY: expected aws, cloudflare or both; it is "azure"/],
  ])('stops with what was expected: %o', async (environment, message) => {
    await expect(evaluate('test', { ...prebuilt, ...environment })).rejects.toThrow(message);
  });

  it('hands through only what the service reads', () => {
    const environment = Object.fromEntries(SERVICE_VARIABLES.map((name) => [name, '']));
    expect(() => readConfig({ NODE_ENV: 'development', ...environment })).not.toThrow();
  });
});
