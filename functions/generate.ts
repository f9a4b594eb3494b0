/** Lambda behind API Gateway: everything that draws. Made once per instance: renderer, keys and store. */
import { handle } from 'hono/aws-lambda';
import { createKinds } from '../lib/challenge/registry.ts';
import { lambdaAddress } from '../lib/http/address.ts';
import { assemble } from '../lib/http/assemble.ts';
import openapi from '../lib/http/openapi.json' with { type: 'json' };
import { embeddedMetrics } from '../lib/observe/emf.ts';
import { createRenderer } from '../lib/render/renderer.ts';
import { WIDGET } from '../lib/widget/built.ts';
import { loadEncoder, loadRenderAssets } from './assets.ts';
import { openEnvironment } from './environment.ts';
import { nodePrimitives as primitives } from './node-primitives.ts';
import { loadSpeech } from './speech.ts';
import { lambdaStores } from './stores/lambda.ts';

const { config, store, log } = await openEnvironment(lambdaStores, { severalInstances: true });
const renderer = createRenderer(loadRenderAssets());
const kinds = createKinds(renderer, { text: { loadEncoder } });
const { app } = assemble(config, {
  store,
  log,
  kinds,
  renderer,
  openapi,
  annotate: embeddedMetrics(),
  speech: loadSpeech(),
  primitives,
  clientAddress: lambdaAddress,
  roles: ['generate'],
  widget: WIDGET,
});

export const handler = handle(app);
