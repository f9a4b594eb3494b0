/**
 * The HTTP contract as methods, for callers in the same account rather than on the wire: the same checks, limits and replies, since each call is
 * the request that it stands for, with the visitor's address beside it. The caller is trusted to name its visitors.
 */
import { canonicalAddress } from '../rate-limit/address.ts';
import type { Redemption } from '../service/contract.ts';
import type { NamedVisitor, RpcBindings } from './cloudflare.ts';
import type { App } from './context.ts';
import type { envelope } from './problem.ts';
import type { ChallengeReply, verdictReply } from './replies.ts';

/** Whom a call counts for: an address, and `request.cf` where there is one, so that the store keeps the challenge near by. */
export type Visitor = string | NamedVisitor;

/** The fields of GET generate. */
export interface GenerateCall {
  readonly kind?: string;
  readonly preset?: string;
  readonly difficulty?: 1 | 2 | 3;
  readonly format?: string;
  readonly alphabet?: string;
  readonly lang?: string;
  readonly sitekey?: string;
  readonly action?: string;
  readonly cdata?: string;
  readonly session?: string;
  readonly chain?: string;
}

/** The fields of POST verify; `origin`: of the page that the answer came from. */
export interface VerifyCall {
  readonly captcha_id: string;
  readonly answer: string;
  readonly attempt?: string;
  readonly sitekey?: string;
  readonly session?: string;
  readonly lang?: string;
  readonly origin?: string;
}

/** The fields of POST siteverify. */
export interface SiteverifyCall {
  readonly secret: string;
  readonly response: string;
  readonly idempotency_key?: string;
}

/** `retry_after`: seconds; on the wire a header. */
export type ErrorReply = ReturnType<typeof envelope> & { readonly retry_after?: number };
export type VerdictReply = ReturnType<typeof verdictReply>;

export interface Rpc {
  generate(call: GenerateCall, visitor: Visitor): Promise<ChallengeReply | ErrorReply>;
  verify(call: VerifyCall, visitor: Visitor): Promise<VerdictReply | ErrorReply>;
  siteverify(call: SiteverifyCall): Promise<Redemption>;
}

export function createRpc(app: App, basePath: string): Rpc {
  const ask = async (path: string, visitor: NamedVisitor | undefined, fields?: object, origin?: string) => {
    const request = new Request(`https://rpc.invalid${basePath}/captcha/${path}`, {
      ...(fields && { method: 'POST', body: JSON.stringify(fields) }),
      headers: {
        ...(fields && { 'Content-Type': 'application/json' }),
        ...(origin !== undefined && { Origin: origin }),
      },
    });
    const response = await app.fetch(request, { visitor } satisfies RpcBindings);
    const retryAfter = response.headers.get('Retry-After');
    return { ...((await response.json()) as object), ...(retryAfter && { retry_after: Number(retryAfter) }) };
  };

  return {
    async generate(call, visitor) {
      const known = visitorOf('generate', visitor);
      const given = Object.entries(call).filter(([, value]) => value !== undefined);
      const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
      return (await ask(`generate?${query}`, known)) as ChallengeReply;
    },
    async verify({ origin, ...fields }, visitor) {
      return (await ask('verify', visitorOf('verify', visitor), fields, origin)) as VerdictReply;
    },
    async siteverify(fields) {
      return (await ask('siteverify', undefined, fields)) as unknown as Redemption;
    },
  };
}

function visitorOf(method: string, visitor: Visitor): NamedVisitor {
  const known = typeof visitor === 'string' ? { address: visitor } : visitor;
  if (typeof known?.address !== 'string' || canonicalAddress(known.address) === undefined)
    throw new TypeError(
      `${method}(call, visitor): expected the visitor's IPv4 or IPv6 address, as CF-Connecting-IP has it`,
    );
  return known;
}
