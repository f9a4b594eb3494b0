/** `protect()` for Hono 4, on every runtime of Hono's. What the token said is in `c.get('captcha')`. */
import type { Context, MiddlewareHandler } from 'hono';
import type { Redemption } from './client.ts';
import { createGuard, HEADER, type ProtectOptions, remember } from './protect.ts';

export { createClient } from './client.ts';
export { captchaOf } from './protect.ts';

export interface HonoOptions extends ProtectOptions {
  /** Instead of a JSON reply with status 400, 403 or 503. */
  readonly onRefused?: (redemption: Redemption, context: Context) => Response | Promise<Response>;
}

/**
 * @example
 * app.post('/sign-up', protect({ client: { endpoint, secret } }), (c) => c.json(c.get('captcha').details));
 */
export function protect(options: HonoOptions): MiddlewareHandler<{ Variables: { captcha: Redemption } }> {
  const guard = createGuard(options);
  const { onRefused } = options;
  return async (context, next) => {
    const { redemption, refusal } = await guard.check(await bodyOf(context), context.req.header(HEADER));
    remember(context, redemption);
    context.set('captcha', redemption);
    if (!refusal) return next();
    return onRefused ? onRefused(redemption, context) : context.json(refusal.body, refusal.status);
  };
}

/** Hono keeps what it parsed, so the handler can read it again. */
async function bodyOf(context: Context): Promise<unknown> {
  try {
    const json = context.req.header('Content-Type')?.includes('json');
    return await (json ? context.req.json() : context.req.parseBody());
  } catch {
    return undefined;
  }
}
