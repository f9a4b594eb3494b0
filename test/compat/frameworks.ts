/** `protect()` in the elder releases of the frameworks that it is for; the current ones are in test/client. */
// biome-ignore-all lint/suspicious/noExplicitAny: these packages are installed on first use, so their types are not at hand
import type { AddressInfo } from 'node:net';
import * as forExpress from '../../lib/client/express.ts';
import * as forFastify from '../../lib/client/fastify.ts';
import { closers, load } from './clients.ts';

type Client = forExpress.ExpressOptions<any, any>['client'];

export async function express4(client: Client): Promise<string> {
  const { default: express } = await load('express4');
  const app = express();
  app.post('/', express.json(), forExpress.protect({ client }), (request: object, response: any) =>
    response.json({ kind: forExpress.captchaOf(request)?.details?.kind }),
  );
  const onRefused = () => Promise.reject(new Error('of the site'));
  app.post('/failing', express.json(), forExpress.protect({ client, onRefused }));
  app.use((error: Error, _request: object, response: any, _next: () => void) =>
    response.status(500).json({ error: error.message }),
  );
  const server = app.listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

export async function fastify4(client: Client): Promise<string> {
  const { default: fastify } = await load('fastify4');
  const app = fastify();
  app.post('/', { preHandler: forFastify.protect({ client }) }, async (request: object) => ({
    kind: forFastify.captchaOf(request)?.details?.kind,
  }));
  closers.push(() => app.close());
  return app.listen({ port: 0, host: '127.0.0.1' });
}
