/** What the checks of `glyphgate verify-deploy` share: the deployment as they see it, the calls they make, and how they say what they saw. */
import { toBase64Url } from '../util/bytes.ts';
import { secureBytes } from '../util/random.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Empty when the reply is no JSON object. */
  // biome-ignore lint/suspicious/noExplicitAny: what a stranger sends may be anything
  readonly body: any;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

export interface Wire {
  /** With the base path. */
  readonly base: string;
  readonly requests: number;
  readonly answered: number;
  readonly slowestMs: number;
  ask(way: string, asked?: Asked): Promise<Reply>;
}

export interface Deployment {
  readonly wire: Wire;
  readonly sitekey: string | undefined;
  readonly secret: string | undefined;
  /** The right answer of a live challenge; absent from outside. */
  readonly answerOf?: (id: string) => Promise<string | undefined>;
}

/** Something is missing that only the operator has. */
export class NotTried extends Error {}

export type Check = (deployment: Deployment) => Promise<string>;

export const ATTEMPT = () => toBase64Url(secureBytes(24));

export function query({ sitekey }: Deployment, text: string): string {
  const site = sitekey === undefined ? '' : `sitekey=${encodeURIComponent(sitekey)}`;
  const joined = ['lang=en', text, site].filter((part) => part !== '').join('&');
  return `?${joined}`;
}

export const generate = (deployment: Deployment, text: string) =>
  deployment.wire.ask(`/captcha/generate${query(deployment, text)}`);
export const verify = ({ wire, sitekey }: Deployment, body: object) =>
  wire.ask('/captcha/verify', { body: { ...body, ...(sitekey !== undefined && { sitekey }) } });
export const siteverify = ({ wire }: Deployment, body: object) => wire.ask('/captcha/siteverify', { body });
export const hasCode = ({ body }: Reply, code: string) => body['error-codes']?.[0] === code;

export function said(status: number, body: Reply['body']): string {
  const told = body.error_code ?? body['error-codes']?.join(', ') ?? body.message ?? '';
  return `${status} ${told}`.trim();
}

export function expect(holds: boolean, expected: string, found: string): void {
  if (!holds) throw new Error(`expected ${expected}; got ${found}`);
}
