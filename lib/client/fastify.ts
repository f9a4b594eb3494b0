/** `protect()` for Fastify 4 and 5: a `preHandler`. Forms need `@fastify/formbody`, JSON needs nothing. */
import type { Redemption } from './client.ts';
import { createGuard, HEADER, type ProtectOptions, remember } from './protect.ts';

export { createClient } from './client.ts';
export { captchaOf } from './protect.ts';

/** What is needed of Fastify's own. */
export interface FastifyRequest {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}
export interface FastifyReply {
  code(code: number): this;
  header(name: string, value: string): this;
  send(body: unknown): this;
}

export interface FastifyOptions<Req, Res> extends ProtectOptions {
  /** Instead of a JSON reply with status 400, 403 or 503; must send one. */
  readonly onRefused?: (redemption: Redemption, request: Req, reply: Res) => unknown;
}

/**
 * @example
 * app.post('/sign-up', { preHandler: protect({ client: { endpoint, secret } }) }, async (request) => { … });
 */
export function protect<Req extends FastifyRequest = FastifyRequest, Res extends FastifyReply = FastifyReply>(
  options: FastifyOptions<Req, Res>,
) {
  const guard = createGuard(options);
  const { onRefused } = options;
  return async (request: NoInfer<Req>, reply: NoInfer<Res>): Promise<unknown> => {
    const header = request.headers[HEADER];
    const { redemption, refusal } = await guard.check(
      request.body,
      typeof header === 'string' ? header : undefined,
    );
    remember(request, redemption);
    if (!refusal) return undefined;
    if (!onRefused) return reply.code(refusal.status).send(refusal.body);
    await onRefused(redemption, request, reply);
    return reply;
  };
}
