/**
 * Whom a request counts for. Usually the address that the platform vouches for; a site's own server, shown by its secret, may name
 * its visitor instead (`client_ip`), or is counted as a site when it names none.
 */
import type { Context } from 'hono';
import { GlyphgateError } from '../errors.ts';
import type { Subject } from '../rate-limit/limiter.ts';
import type { Site, Sites } from '../site/site.ts';
import { type ClientAddress, visitorAddress } from './address.ts';
import { invalid, ProblemError } from './problem.ts';
import type { RequestContext } from './request.ts';

export interface VisitorParts {
  readonly sites: Sites;
  readonly clientAddress: ClientAddress;
  /** Where on earth the request came in; absent where the store has no regions. */
  readonly region?: ((context: Context) => number) | undefined;
  readonly trustedHops: number;
}

export const subjectOf = (
  parts: VisitorParts,
  context: RequestContext,
  clientIp: string | undefined,
): Subject => callerOf(parts, context, clientIp).subject;

export interface Caller {
  readonly subject: Subject;
  /** The site that the request is for; undefined when it does not say. */
  readonly sitekey: string | undefined;
}

/** A secret says which site its server is; a site key beside it must agree. */
export function callerOf(
  parts: VisitorParts,
  context: RequestContext,
  clientIp: string | undefined,
  sitekey?: string,
): Caller {
  const caller = readCaller(parts, context, clientIp, sitekey);
  const trace = context.get('trace');
  if ('address' in caller.subject) trace.address = caller.subject.address;
  const site = parts.sites.byKey(caller.sitekey ?? '');
  if (site) trace.seen = { ...trace.seen, site: site.key };
  return caller;
}

function readCaller(
  parts: VisitorParts,
  context: Context,
  clientIp: string | undefined,
  sitekey: string | undefined,
): Caller {
  const site = siteOfBearer(parts, context);
  if (site === undefined) return { subject: visitorOf(parts, context, clientIp), sitekey };
  if (site === null) throw new ProblemError(invalid('Authorization', 'Bearer and the secret of a site'));
  if (sitekey !== undefined && sitekey !== site.key)
    throw new ProblemError(invalid('sitekey', 'the key of the site whose secret stands in Authorization'));
  return {
    subject:
      clientIp === undefined ? { site: site.key } : { address: clientIp, region: parts.region?.(context) },
    sitekey: site.key,
  };
}

/** The site whose secret stands in Authorization; null: somebody else's, undefined: none. */
export function siteOfBearer({ sites }: VisitorParts, context: Context): Site | null | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(context.req.header('Authorization') ?? '')?.[1];
  return bearer === undefined ? undefined : (sites.bySecret(bearer) ?? null);
}

function visitorOf(parts: VisitorParts, context: Context, clientIp: string | undefined): Subject {
  if (clientIp !== undefined)
    throw new ProblemError(
      invalid('client_ip', 'no such field without the secret of a site (Authorization: Bearer)'),
    );
  const address = addressOf(parts, context);
  if (address === undefined)
    throw new GlyphgateError(
      'address_unknown',
      'this platform gave no address for the client: expected an IP address, from the bindings of @hono/node-server or from clientAddress',
    );
  return { address, region: parts.region?.(context) };
}

/** The caller's address, as the platform or a trusted proxy vouches for it. */
export function addressOf(parts: VisitorParts, context: Context): string | undefined {
  const forwardedFor = context.req.header('X-Forwarded-For');
  return visitorAddress(parts.clientAddress(context), forwardedFor, parts.trustedHops);
}

/** Host of the page that calls: its Origin, else its Referer; empty when unknown. */
export function pageHost(context: Context): string {
  for (const name of ['Origin', 'Referer']) {
    const value = context.req.header(name);
    if (value !== undefined && URL.canParse(value)) return new URL(value).hostname;
  }
  return '';
}
