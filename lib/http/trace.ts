/** One request from the outside: which route it took, what came of it, how long it took. */
import { routePath } from 'hono/route';
import type { AppParts, RequestContext } from './context.ts';
import { ProblemError } from './problem.ts';

/** As the routes are written, without the base path: `generate`, `:id/image`, `health`; `other` for what is none. */
export function routeName(basePath: string, context: RequestContext): string {
  const path = routePath(context);
  if (!path.startsWith(`${basePath}/`) || path.endsWith('*')) return 'other';
  const inside = path.slice(basePath.length + 1);
  return inside.startsWith('captcha/') ? inside.slice('captcha/'.length) : inside;
}

/** Tells of a request that has been answered. Health checks and what is not of the service (the demo, the widget) are not told of. */
export function tellOf(parts: AppParts, context: RequestContext, ms: number): void {
  const route = routeName(parts.basePath, context);
  const { status } = context.res;
  if (route === 'health' || (route === 'other' && status < 400)) return;
  const { seen, address, outcome } = context.get('trace');
  parts.observe({
    ...seen,
    requestId: context.get('requestId'),
    route,
    status,
    outcome: outcome ?? outcomeOf(status, context.error),
    ms,
    address,
  });
}

function outcomeOf(status: number, error: Error | undefined): string {
  if (error instanceof ProblemError && error.problem.brake) return 'braked';
  if (status < 400) return 'ok';
  return OUTCOMES[status] ?? (status < 500 ? 'invalid' : 'fault');
}

const OUTCOMES: Readonly<Record<number, string>> = {
  403: 'refused',
  404: 'not_found',
  429: 'limited',
  503: 'unavailable',
};
