/** The Lambda artefacts as one deployment: zips behind the routes that the HTTP API has, on a DynamoDB-compatible server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTIONS, type FunctionName, routes } from '../../infra/aws/routes.ts';
import { bundleLambdas } from '../../infra/build/bundle.ts';
import { createDynamoStore } from '../../lib/store/dynamodb.ts';
import { startDynalite } from '../backends/dynalite.ts';
import { type DynamoShim, startDynamoShim } from '../backends/dynamo-shim.ts';
import { type FaultProxy, startFaultProxy } from '../backends/fault-proxy.ts';
import type { Deployment } from './deployment.ts';
import { type LambdaFunction, startLambda } from './lambda.ts';
import { type EventForm, eventOf, responseOf, sent } from './lambda-events.ts';

export interface LambdaDeployment extends Deployment {
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  /** What each function has called DynamoDB for. */
  readonly calls: Readonly<Record<FunctionName, ReadonlySet<string>>>;
  readonly zips: Readonly<Record<FunctionName, string>>;
  /** What every function is told. */
  readonly environment: Readonly<Record<string, string>>;
  send(form: EventForm, request: Request, from: string): Promise<Response>;
}

/** `own`: what the zips are built with of the operator's own. */
export async function openLambdas(
  environment: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): Promise<LambdaDeployment> {
  const out = mkdtempSync(join(tmpdir(), 'glyphgate-bundles-'));
  const [artefacts, dynalite] = await Promise.all([bundleLambdas(out, own), startDynalite()]);
  const table = await dynalite.newTable();
  const shims = {} as Record<FunctionName, DynamoShim>;
  const proxies: FaultProxy[] = [];
  const client = dynalite.client();
  const store = createDynamoStore({ table, client, prefix: 'glyphgate:' });
  const told = {
    ...environment,
    GLYPHGATE_STORE: 'dynamodb',
    GLYPHGATE_DYNAMODB_TABLE: table,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SESSION_TOKEN: 'test',
  };
  const functions = Object.fromEntries(
    await Promise.all(
      artefacts.map(async (artefact) => {
        const shim = await startDynamoShim(dynalite.port);
        const proxy = await startFaultProxy(shim);
        shims[artefact.name] = shim;
        proxies.push(proxy);
        const endpoint = { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${proxy.port}` };
        const started = await startLambda(artefact, { ...told, ...endpoint });
        return [artefact.name, started];
      }),
    ),
  ) as Record<FunctionName, LambdaFunction>;
  const byRoute = routes('/api');
  const send: LambdaDeployment['send'] = async (form, request, from) => {
    const asked = await sent(request, from);
    const name = byRoute[`ANY ${asked.path}`] ?? byRoute.$default!;
    return responseOf(await functions[name].invoke(eventOf[form](asked)));
  };

  return {
    functions,
    zips: Object.fromEntries(artefacts.map(({ name, zip }) => [name, zip])) as LambdaDeployment['zips'],
    environment: told,
    send,
    request: (request, from) => send('http-api', request, from),
    storeKind: 'dynamodb',
    store,
    get calls() {
      return Object.fromEntries(
        Object.entries(shims).map(([name, { seen }]) => [name, new Set(seen)]),
      ) as unknown as LambdaDeployment['calls'];
    },
    cut: () => {
      for (const proxy of proxies) proxy.refuse();
    },
    join: () => {
      for (const proxy of proxies) proxy.pass();
    },
    async stop() {
      await Promise.all(FUNCTIONS.map((name) => functions[name].stop()));
      for (const proxy of proxies) await proxy.close();
      for (const shim of Object.values(shims)) await shim.close();
      await dynalite.close();
      rmSync(out, { recursive: true, force: true });
    },
  };
}
