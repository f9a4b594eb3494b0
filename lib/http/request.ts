/** A request while it is served: what the routes see, and what is gathered about it to be told once at its end. */
import type { Context, Hono } from 'hono';
import type { Seen } from '../observe/request.ts';
import type { Call } from '../service/contract.ts';

/** What is gathered about a request while it is served, to be told once at its end. */
export interface Trace {
  seen: Seen;
  /** Headers of the reply to be. */
  readonly headers: Record<string, string>;
  /** Whether the reply has them already (reply.ts). */
  headed?: boolean;
  address?: string | undefined;
  /** What a body says of language and site, for a reply that refuses the rest of it too. */
  asked?: { readonly lang?: string | undefined; readonly sitekey?: string | undefined };
  /** Absent: what the status says. */
  outcome?: string | undefined;
}

export interface Variables {
  readonly requestId: string;
  readonly trace: Trace;
}

export type App = Hono<{ Variables: Variables }>;
export type RequestContext = Context<{ Variables: Variables }>;

/** The request as the service sees it. */
export function callOf(context: RequestContext): Call {
  return {
    requestId: context.get('requestId'),
    get headers() {
      return context.req.raw.headers;
    },
    note: (seen) => note(context, seen),
  };
}

export function note(context: RequestContext, seen: Seen, outcome?: string): void {
  const trace = context.get('trace');
  trace.seen = { ...trace.seen, ...seen };
  if (outcome !== undefined) trace.outcome = outcome;
}
