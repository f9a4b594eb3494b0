/**
 * Replies in JSON. The headers that every reply carries are gathered in a plain record and handed over with the body in one piece: the
 * router's own way, one at a time into a `Headers`, cost the Node server more than sealing a record does.
 */
import type { RequestContext } from './request.ts';

/** What every reply says unless its route says otherwise. */
export const commonHeaders = (requestId: string): Record<string, string> => ({
  'X-Request-Id': requestId,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
});

/** A body in bytes is JSON already. */
export function jsonReply(
  context: RequestContext,
  body: object | Uint8Array<ArrayBuffer>,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const trace = context.get('trace');
  trace.headed = true;
  return new Response(body instanceof Uint8Array ? body : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...trace.headers, ...headers },
  });
}

/** For what was not replied by `jsonReply`: adds what its route has not set itself. */
export function addHeaders(context: RequestContext): void {
  const trace = context.get('trace');
  if (trace.headed) return;
  const { headers } = context.res;
  for (const [name, value] of Object.entries(trace.headers)) if (!headers.has(name)) headers.set(name, value);
}
