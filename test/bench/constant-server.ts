/**
 * The baseline: the same HTTP server and router as ours, sending bodies that never change and have the size of real replies. What our
 * server can reach at most is this plus the drawing. The bodies come from the parent: {path: body}.
 */
import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const [bodies] = (await once(process, 'message')) as [Record<string, string>];
const app = new Hono();
for (const [path, body] of Object.entries(bodies)) {
  app.get(path, (context) => context.body(body, 200, { 'content-type': 'application/json' }));
  app.post(path, async (context) => {
    await context.req.json();
    return context.body(body, 200, { 'content-type': 'application/json' });
  });
}
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send!({ port }));
