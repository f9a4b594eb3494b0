/** What the middlewares share: find the token, redeem it, and the reply for those who are not let in. */
import {
  type Client,
  type ClientOptions,
  createClient,
  EXPECTED_RULES,
  type Expected,
  type Redemption,
} from './client.ts';
import { checkOptions, isFunction, isText, type Rules } from './options.ts';

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

const RULES = {
  ...EXPECTED_RULES,
  client: [
    (value) => typeof value === 'object' && value !== null,
    'a client, or endpoint and secret for one',
  ],
  field: [isText, 'the name of a field'],
  onRefused: [isFunction, 'a function'],
} satisfies Rules<keyof ProtectOptions | 'onRefused'>;

/** Takes what `protect()` takes, and looks at all of it: throws `TypeError` for what is no option. */
export function createGuard(options: ProtectOptions & { readonly onRefused?: unknown }) {
  checkOptions('protect', options, RULES);
  const { client, field = DEFAULT_FIELD, onRefused: _, ...expected } = options;
  if (client === undefined) throw new TypeError(`protect: client: expected ${RULES.client[1]}`);
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
