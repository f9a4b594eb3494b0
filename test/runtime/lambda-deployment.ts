/** The Lambda artefacts as one deployment: zips behind the routes that the HTTP API has, on a DynamoDB-compatible server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTIONS, type FunctionName, routes } from '../../infra/aws/routes.ts';
import { bundleLambdas } from '../../infra/build/bundle.ts';
import { createDynamoStore } from '../../lib/store/dynamodb.ts';
import { startDynalite } from '../backends/dynalite.ts';
import { startFaultProxy } from '../backends/fault-proxy.ts';
import type { Deployment } from './deployment.ts';
import { type LambdaFunction, startLambda } from './lambda.ts';
import { type EventForm, eventOf, responseOf, sent } from './lambda-events.ts';

export interface LambdaDeployment extends Deployment {
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  send(form: EventForm, request: Request, from: string): Promise<Response>;
}

export async function openLambdas(environment: Readonly<Record<string, string>>): Promise<LambdaDeployment> {
  const out = mkdtempSync(join(tmpdir(), 'glyphgate-bundles-'));
  const [artefacts, dynalite] = await Promise.all([bundleLambdas(out), startDynalite()]);
  const table = await dynalite.newTable();
  const proxy = await startFaultProxy(dynalite);
  const client = dynalite.client();
  const store = createDynamoStore({ table, client, prefix: 'glyphgate:' });
  const functions = Object.fromEntries(
    await Promise.all(
      artefacts.map(async (artefact) => [
        artefact.name,
        await startLambda(artefact, {
          ...environment,
          GLYPHGATE_STORE: 'dynamodb',
          GLYPHGATE_DYNAMODB_TABLE: table,
          AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${proxy.port}`,
          AWS_REGION: 'eu-central-1',
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_SESSION_TOKEN: 'test',
        }),
      ]),
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
    send,
    request: (request, from) => send('http-api', request, from),
    storeKind: 'dynamodb',
    store,
    cut: () => proxy.refuse(),
    join: () => proxy.pass(),
    async stop() {
      await Promise.all(FUNCTIONS.map((name) => functions[name].stop()));
      await proxy.close();
      await dynalite.close();
      rmSync(out, { recursive: true, force: true });
    },
  };
}
