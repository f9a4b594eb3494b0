/** The local and self-hosted server: all roles in one process; in development also the demo. */
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { createKinds } from '../lib/challenge/registry.ts';
import { ConfigError, StoreError } from '../lib/errors.ts';
import { nodeAddress } from '../lib/http/address.ts';
import { assemble } from '../lib/http/assemble.ts';
import { mountDemo } from '../lib/http/demo-routes.ts';
import { mountMetrics } from '../lib/http/metrics.ts';
import openapi from '../lib/http/openapi.json' with { type: 'json' };
import { createPrometheus } from '../lib/observe/prometheus.ts';
import { createRenderer } from '../lib/render/renderer.ts';
import { WIDGET } from '../lib/widget/built.ts';
import { loadEncoder, loadRenderAssets } from './assets.ts';
import { openEnvironment } from './environment.ts';
import { loadHooks } from './hooks.ts';
import { nodePrimitives as primitives } from './node-primitives.ts';
import { loadSpeech } from './speech.ts';
import { nodeStores } from './stores/node.ts';

const { config, store, log } = await orExit(openEnvironment(nodeStores));
const renderer = createRenderer(loadRenderAssets());
const { kinds, ownQuestions } = await orExit(loadKinds());
const hooks = config.hooks === undefined ? [] : await orExit(loadHooks(config.hooks));
const { metricsToken } = config.observe;
const prometheus = createPrometheus();
const roles = ['generate', 'verify', 'health'] as const;
const { app, service, cookies } = await orExit(
  (async () =>
    assemble(config, {
      store,
      log,
      kinds,
      speech: loadSpeech(),
      ownQuestions,
      primitives,
      renderer,
      openapi,
      hooks,
      meters: metricsToken === undefined ? [] : [prometheus.meter],
      clientAddress: nodeAddress,
      roles,
      widget: WIDGET,
    }))(),
);

if (metricsToken !== undefined) mountMetrics(app, prometheus, metricsToken);

if (config.development) {
  const folder = fileURLToPath(new URL('../lib/http/demo/', import.meta.url));
  const page = (name: string) => serveStatic({ path: `${folder}${name}` });
  app.use('*', async (context, next) => {
    await next();
    if (context.res.headers.get('Content-Type')?.startsWith('text/html'))
      context.header(
        'Content-Security-Policy',
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
      );
  });
  mountDemo(app, { config, service, kinds, cookies });
  app.get('/', page('index.html'));
  app.get('/gallery', page('gallery.html'));
  app.get('/noscript', page('noscript.html'));
  app.get('/demo/*', serveStatic({ root: folder, rewriteRequestPath: (path) => path.slice('/demo'.length) }));
}

const server = serve({ fetch: app.fetch, port: config.port }, ({ port }) => {
  console.log(
    `Glyphgate listens on http://localhost:${port}${config.development ? ' (development keys, demo at /)' : ''}`,
  );
  if (config.profile === 'compat' && config.secrets.length > 0)
    log({
      level: 'warn',
      event: 'profile_compat',
      message:
        'profile compat: a blind guess passes 25 % of challenges, and the weakest look is a query away; set GLYPHGATE_PROFILE=standard to protect something',
    });
});
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE'
      ? `PORT: expected a free port; ${config.port} is in use`
      : `the server could not start: ${error.message}`,
  );
  process.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    server.close(() => void store.close().finally(() => process.exit(0)));
  });

async function loadKinds() {
  const kinds = createKinds(renderer, { text: { loadEncoder } });
  if (!config.questions) return { kinds, ownQuestions: 0 };
  const { mixPhotosIn } = await import('./questions.ts');
  const { scene, ownQuestions } = await mixPhotosIn(kinds.scene, renderer, config.questions);
  return { kinds: { ...kinds, scene }, ownQuestions };
}

async function orExit<T>(opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof StoreError)) throw error;
    console.error(`Glyphgate cannot start:\n${error.message}`);
    process.exit(1);
  }
}
