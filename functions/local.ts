/** Everything that a Node process brings to the service in its roles: what draws and speaks, the operator's hooks, figures, the widget. */
import { type ClientAddress, nodeAddress } from '../lib/http/address.ts';
import { assemble } from '../lib/http/assemble.ts';
import { mountMetrics } from '../lib/http/metrics.ts';
import openapi from '../lib/http/openapi.json' with { type: 'json' };
import { createPrometheus } from '../lib/observe/prometheus.ts';
import type { Hook } from '../lib/service/hooks.ts';
import { WIDGET } from '../lib/widget/built.ts';
import type { Environment } from './environment.ts';
import { loadHooks } from './hooks.ts';
import { nodePrimitives as primitives } from './node-primitives.ts';

export interface LocalOptions {
  /** Instead of the socket's peer. */
  readonly clientAddress?: ClientAddress | undefined;
  /** Beside those that the configuration names. */
  readonly hooks?: readonly Hook[];
}

/** Throws `ConfigError` when something that the configuration names cannot work. */
export async function openLocal(
  { config, store, log }: Environment,
  { clientAddress = nodeAddress, hooks = [] }: LocalOptions = {},
) {
  const draws = config.roles.includes('generate');
  const drawing = draws ? await (await import('./drawing.ts')).openDrawing(config) : undefined;
  const { metricsToken } = config.observe;
  const prometheus = createPrometheus();
  const { app, service, cookies } = assemble(config, {
    store,
    log,
    ...drawing,
    primitives,
    openapi,
    hooks: [...hooks, ...(config.hooks === undefined ? [] : await loadHooks(config.hooks))],
    meters: metricsToken === undefined ? [] : [prometheus.meter],
    clientAddress,
    roles: [...config.roles, 'health'],
    widget: WIDGET,
  });
  if (metricsToken !== undefined) mountMetrics(app, prometheus, metricsToken);
  return { app, service, cookies, kinds: drawing?.kinds };
}
