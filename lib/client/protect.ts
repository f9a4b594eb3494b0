/** What the middlewares share: find the token, redeem it, and the reply for those who are not let in. */
import { type Client, type ClientOptions, createClient, type Expected, type Redemption } from './client.ts';

export interface ProtectOptions extends Expected {
  /** A client, or what one is made of. */
  readonly client: Client | ClientOptions;
  /** The field of the body that holds the token; default `captcha-response`. */
  readonly field?: string;
}

export interface Refusal {
  readonly status: 400 | 403 | 503;
  readonly body: { readonly success: false; readonly error: string; readonly error_code: string };
}

/** `redemption` says more than the reply tells. */
export type Outcome = { readonly redemption: Redemption; readonly refusal?: Refusal };

const DEFAULT_FIELD = 'captcha-response';
/** For calls without a form. */
export const HEADER = 'x-captcha-response';

const TEXTS: Readonly<Record<Refusal['status'], string>> = {
  400: 'Solve the captcha first.',
  403: 'The captcha was not accepted; solve another.',
  503: 'The captcha could not be checked; try again soon.',
};

export function createGuard({ client, field = DEFAULT_FIELD, ...expected }: ProtectOptions) {
  const { siteverify } = 'siteverify' in client ? client : createClient(client);
  return {
    /** `body`: the parsed one, whatever it is. */
    async check(body: unknown, header: string | undefined): Promise<Outcome> {
      const held =
        typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[field] : undefined;
      const redemption = await siteverify(held ?? header, expected);
      return redemption.accepted ? { redemption } : { redemption, refusal: refusalOf(redemption) };
    },
  };
}

function refusalOf({ couldVerify, reason }: Redemption): Refusal {
  const status = !couldVerify ? 503 : reason === 'missing-token' ? 400 : 403;
  const code = { 400: 'captcha_missing', 403: 'captcha_refused', 503: 'captcha_unavailable' } as const;
  return { status, body: { success: false, error: TEXTS[status], error_code: code[status] } };
}

const redemptions = new WeakMap<object, Redemption>();

/** Keeps what the token said with the request that brought it. */
export const remember = (request: object, redemption: Redemption) =>
  void redemptions.set(request, redemption);

/** What the token of a protected request said: kind, guess, hostname and so on. Undefined for a request that no `protect()` saw. */
export const captchaOf = (request: object): Redemption | undefined => redemptions.get(request);
