/** Lambda behind API Gateway: everything that draws. Made once per instance: renderer, keys and store. */
import { handle } from 'hono/aws-lambda';
import { createKindsWhenWanted } from '../lib/challenge/when-wanted.ts';
import { lambdaAddress } from '../lib/http/address.ts';
import { assemble } from '../lib/http/assemble.ts';
import { embeddedMetrics } from '../lib/observe/emf.ts';
import { createRenderer } from '../lib/render/renderer.ts';
import { loadEncoder, loadRenderAssets } from './assets.ts';
import { openEnvironment } from './environment.ts';
import { OPENAPI, WIDGET } from './lambda/later.ts';
import { nodePrimitives as primitives } from './node-primitives.ts';
import { loadSpeech } from './speech.ts';
import { lambdaStores } from './stores/lambda.ts';

const { config, store, log } = await openEnvironment(lambdaStores, { severalInstances: true });
const renderer = createRenderer(loadRenderAssets());
const { kinds, loadAll } = createKindsWhenWanted(renderer, { text: { loadEncoder } });
// Policies of the operator's own are measured on the kinds themselves.
if (config.sites.length > 0) await loadAll();
const { app } = assemble(config, {
  store,
  log,
  kinds,
  renderer,
  openapi: OPENAPI,
  annotate: embeddedMetrics(),
  speech: loadSpeech(),
  primitives,
  clientAddress: lambdaAddress,
  roles: ['generate'],
  widget: WIDGET,
});

export const handler = handle(app);
