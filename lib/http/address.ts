/**
 * Who the visitor is: the address that the platform vouches for, never what the request says of itself. Each platform answers
 * `ClientAddress` in a few lines; behind proxies of your own, a configured number of hops is trusted, counted from the right.
 */
import type { Context } from 'hono';
import { canonicalAddress } from '../rate-limit/address.ts';

/** The peer's address as this platform knows it; undefined when it does not. */
export type ClientAddress = (context: Context) => string | undefined;

interface NodeBindings {
  incoming?: { socket?: { remoteAddress?: string } };
}

/** @hono/node-server: the socket's peer. */
export const nodeAddress: ClientAddress = (context) =>
  (context.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress;

interface LambdaBindings {
  event?: {
    requestContext?: { http?: { sourceIp?: string }; identity?: { sourceIp?: string } };
  };
}

/** API Gateway: HTTP API and Function URL events (v2), REST API events (v1). */
export const lambdaAddress: ClientAddress = (context) => {
  const request = (context.env as LambdaBindings).event?.requestContext;
  return request?.http?.sourceIp ?? request?.identity?.sourceIp;
};

/**
 * The visitor's canonical address. With `trustedHops` = n the n proxies in front each appended the address they saw to
 * X-Forwarded-For; the visitor's is the n-th from the right. A shorter or malformed list falls back on the peer.
 */
export function visitorAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedHops: number,
): string | undefined {
  if (trustedHops > 0 && forwardedFor !== undefined) {
    const seen = forwardedFor.split(',');
    const claimed = seen[seen.length - trustedHops];
    const address = claimed === undefined ? undefined : canonicalAddress(stripPort(claimed.trim()));
    if (address !== undefined) return address;
  }
  return peer === undefined ? undefined : canonicalAddress(peer);
}

/** Some proxies write `192.0.2.7:1234` or `[2001:db8::1]:1234`. */
function stripPort(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text);
  if (bracketed) return bracketed[1]!;
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(text) ? text.slice(0, text.lastIndexOf(':')) : text;
}
