/** The stage on AWS: one table, one HTTP API, three functions, alarms. */
import { join } from 'node:path';
import { built, type Secrets } from '../artefacts.ts';
import type { Settings } from '../settings.ts';
import { alarms } from './alarms.ts';
import { ACTIONS, HEALTH_KEY } from './permissions.ts';
import { capital, FUNCTIONS, type FunctionName, routes } from './routes.ts';

/** docs/deploy-aws.md says what these were chosen from. */
const MEMORY: Readonly<Record<FunctionName, `${number} MB`>> = {
  generate: '1024 MB',
  verify: '512 MB',
  health: '256 MB',
};

/** Health signs and opens nothing: it gets no key, only what its configuration insists on. */
const NO_KEY = 'health-is-given-no-key-because-it-signs-nothing';

/** SST's has the visitor's address and browser in it; no log of ours may. */
const ACCESS_LOG = {
  time: '$context.requestTime',
  request: '$context.requestId',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
};

export function deployAws(settings: Settings, secrets: Secrets): $util.Output<string> {
  const folder = built('lambda', settings.prebuilt);
  const production = $app.stage === 'production';
  const retention = production ? '3 months' : '2 weeks';
  const table = new sst.aws.Dynamo('Store', {
    fields: { pk: 'string' },
    primaryIndex: { hashKey: 'pk' },
    ttl: 'ttl',
    deletionProtection: production,
    transform: {
      table: {
        billingMode: 'PAY_PER_REQUEST',
        serverSideEncryption: { enabled: true },
        // What lives for five minutes needs no copy of the last 35 days.
        pointInTimeRecovery: { enabled: false },
      },
    },
  });

  const functionFor = (name: FunctionName) =>
    new sst.aws.Function(capital(name), {
      bundle: join(folder, name),
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      memory: MEMORY[name],
      timeout: '10 seconds',
      ...(settings.concurrency > 0 && { concurrency: { reserved: settings.concurrency } }),
      logging: { retention },
      environment: {
        ...settings.service,
        NODE_ENV: 'production',
        GLYPHGATE_STORE: 'dynamodb',
        GLYPHGATE_DYNAMODB_TABLE: table.name,
        GLYPHGATE_MASTER_KEY: name === 'health' ? NO_KEY : secrets.masterKey,
        GLYPHGATE_SECRET: name === 'health' ? NO_KEY : secrets.siteSecret,
        ...(name !== 'health' && secrets.signingKey && { GLYPHGATE_SIGNING_KEY: secrets.signingKey }),
      },
      permissions: [
        {
          actions: ACTIONS[name].map((action) => `dynamodb:${action}`),
          resources: [table.arn],
          ...(name === 'health' && {
            conditions: [
              { test: 'ForAllValues:StringEquals', variable: 'dynamodb:LeadingKeys', values: [HEALTH_KEY] },
            ],
          }),
        },
      ],
      transform: {
        // SST also lets whoever may assume roles in the account assume this one.
        role: { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: 'lambda.amazonaws.com' }) },
      },
    });
  const functions = Object.fromEntries(FUNCTIONS.map((name) => [name, functionFor(name)])) as Record<
    FunctionName,
    sst.aws.Function
  >;

  const api = new sst.aws.ApiGatewayV2('Api', {
    // Without origins no page of another origin may call; SST's default would let all.
    cors: settings.origins.length > 0 && {
      allowOrigins: [...settings.origins],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['content-type', 'accept-language'],
      exposeHeaders: [
        'retry-after',
        'ratelimit',
        'ratelimit-policy',
        'x-request-id',
        'x-captcha-id',
        'x-captcha-take',
      ],
      maxAge: '2 hours',
    },
    accessLog: { retention },
    transform: {
      stage: (args) => {
        args.accessLogSettings = $output(args.accessLogSettings).apply((settings) => ({
          destinationArn: settings?.destinationArn ?? '',
          format: JSON.stringify(ACCESS_LOG),
        }));
      },
    },
    ...(settings.domain !== undefined && { domain: settings.domain }),
  });
  for (const [route, name] of Object.entries(routes(settings.basePath)))
    api.route(route, functions[name].arn);

  alarms(api, functions, settings.alarmEmail);
  return api.url;
}
