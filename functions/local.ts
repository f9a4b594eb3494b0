/** Everything that a Node process brings to the service: what draws and speaks, the operator's bank and hooks, figures, the widget. */
import { createKinds } from '../lib/challenge/registry.ts';
import { type ClientAddress, nodeAddress } from '../lib/http/address.ts';
import { assemble } from '../lib/http/assemble.ts';
import { mountMetrics } from '../lib/http/metrics.ts';
import openapi from '../lib/http/openapi.json' with { type: 'json' };
import { createPrometheus } from '../lib/observe/prometheus.ts';
import { createRenderer } from '../lib/render/renderer.ts';
import { WIDGET } from '../lib/widget/built.ts';
import { loadEncoder, loadRenderAssets } from './assets.ts';
import type { Environment } from './environment.ts';
import { loadHooks } from './hooks.ts';
import { nodePrimitives as primitives } from './node-primitives.ts';
import { loadSpeech } from './speech.ts';

/** Throws `ConfigError` when something that the configuration names cannot work. */
export async function openLocal(
  { config, store, log }: Environment,
  clientAddress: ClientAddress = nodeAddress,
) {
  const renderer = createRenderer(loadRenderAssets());
  const drawn = createKinds(renderer, { text: { loadEncoder } });
  const bank = config.questions;
  const mixed = bank && (await (await import('./questions.ts')).mixPhotosIn(drawn.scene, renderer, bank));
  const kinds = mixed ? { ...drawn, scene: mixed.scene } : drawn;
  const { metricsToken } = config.observe;
  const prometheus = createPrometheus();
  const { app, service, cookies } = assemble(config, {
    store,
    log,
    kinds,
    speech: loadSpeech(),
    ownQuestions: mixed?.ownQuestions,
    primitives,
    renderer,
    openapi,
    hooks: config.hooks === undefined ? [] : await loadHooks(config.hooks),
    meters: metricsToken === undefined ? [] : [prometheus.meter],
    clientAddress,
    roles: ['generate', 'verify', 'health'],
    widget: WIDGET,
  });
  if (metricsToken !== undefined) mountMetrics(app, prometheus, metricsToken);
  return { app, service, cookies, kinds };
}
