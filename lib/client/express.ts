/** `protect()` for Express 4 and 5. Mount it after the body parser of the route. */
import type { Redemption } from './client.ts';
import { createGuard, HEADER, type ProtectOptions, remember } from './protect.ts';

export { createClient } from './client.ts';
export { captchaOf } from './protect.ts';

/** What is needed of Express's own. */
export interface ExpressRequest {
  // biome-ignore lint/suspicious/noExplicitAny: Express takes the type of its own `body` from here
  readonly body?: any;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}
export interface ExpressResponse {
  status(code: number): this;
  setHeader(name: string, value: string): unknown;
  json(body: unknown): unknown;
}

export interface ExpressOptions<Req, Res> extends ProtectOptions {
  /** Instead of a JSON reply with status 400, 403 or 503. */
  readonly onRefused?: (redemption: Redemption, request: Req, response: Res) => unknown;
}

/**
 * @example
 * app.post('/sign-up', express.urlencoded(), protect({ client: { endpoint, secret } }), (req, res) => { … });
 */
export function protect<
  Req extends ExpressRequest = ExpressRequest,
  Res extends ExpressResponse = ExpressResponse,
>(options: ExpressOptions<Req, Res>) {
  const guard = createGuard(options);
  const { onRefused } = options;
  return async (
    request: NoInfer<Req>,
    response: NoInfer<Res>,
    next: (error?: unknown) => void,
  ): Promise<void> => {
    const header = request.headers[HEADER];
    const { redemption, refusal } = await guard.check(
      request.body,
      typeof header === 'string' ? header : undefined,
    );
    remember(request, redemption);
    if (!refusal) return next();
    try {
      if (onRefused) await onRefused(redemption, request, response);
      else response.status(refusal.status).json(refusal.body);
    } catch (error) {
      // Express 4 does not look at promises.
      next(error);
    }
  };
}
