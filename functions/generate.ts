/** Lambda behind API Gateway: everything that draws. Made once per instance: renderer, keys and store. */
import { handle } from 'hono/aws-lambda';
import { lambdaAddress } from '../lib/http/address.ts';
import { assemble } from '../lib/http/assemble.ts';
import { embeddedMetrics } from '../lib/observe/emf.ts';
import { openEnvironment } from './environment.ts';
import { openDrawing } from './lambda/drawing.ts';
import { openHooks } from './lambda/hooks.ts';
import { OPENAPI, WIDGET } from './lambda/later.ts';
import { options, variables } from './lambda/own.ts';
import { warm } from './lambda/warm.ts';
import { nodePrimitives as primitives } from './node-primitives.ts';
import { lambdaStores } from './stores/lambda.ts';

const { config, store, log } = await openEnvironment(lambdaStores, options, variables());
warm(store);
const { app } = assemble(config, {
  store,
  log,
  ...(await openDrawing(config)),
  hooks: await openHooks(config),
  primitives,
  annotate: embeddedMetrics(),
  openapi: OPENAPI,
  clientAddress: lambdaAddress,
  roles: ['generate'],
  widget: WIDGET,
});

export const handler = handle(app);
