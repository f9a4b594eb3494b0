/** The local and self-hosted server, in the roles that it is given; in development also the demo. */
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { ConfigError, StoreError } from '../lib/errors.ts';
import { mountDemo } from '../lib/http/demo-routes.ts';
import { openEnvironment } from './environment.ts';
import { openLocal } from './local.ts';
import { nodeStores } from './stores/node.ts';

/** Longer than any request may take; orchestrators kill after 30 s. */
const FINISH_MS = 20_000;

const environment = await orExit(openEnvironment(nodeStores));
const { config, store, log } = environment;
const { app, service, cookies, kinds } = await orExit(openLocal(environment));

// The demo asks and judges: it needs both.
if (config.development && kinds && config.roles.includes('verify')) {
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
// No new connection from now on; what is in flight is answered first, for a while.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    const http = server as Server;
    http.close(() => void store.close().finally(() => process.exit(0)));
    // A client that keeps its connection for a next request would keep us.
    setInterval(() => http.closeIdleConnections(), 100).unref();
    setTimeout(() => http.closeAllConnections(), FINISH_MS).unref();
  });

async function orExit<T>(opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof StoreError)) throw error;
    console.error(`Glyphgate cannot start:\n${error.message}`);
    process.exit(1);
  }
}
