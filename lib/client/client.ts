/**
 * START HERE for a protected site's own server: `createClient` redeems tokens (`siteverify`) and, where the site stands between browser
 * and service, asks for challenges and has them judged on behalf of its visitors (`generate`, `refresh`, `verify` with `clientIp`).
 *
 * A redemption never throws for what a visitor or a network does. It says two things apart: whether the service could be asked
 * (`couldVerify`), and whether to let the visitor in (`accepted`); nobody is let in unless a token was redeemed, except where
 * `whenUnreachable: 'accept'` says otherwise. Calls that can be repeated safely are: the same idempotency key or attempt goes along.
 */
import { checkOptions, isAbove, type Rules } from './options.ts';
import { createTransport, type Reply, TRANSPORT_RULES, type TransportOptions } from './transport.ts';
import type { Asked, AskOptions, Challenge, Redeemed, Redemption, Refused, Verdict } from './types.ts';

export type { Asked, AskOptions, Challenge, Redeemed, Redemption, Refused, Verdict } from './types.ts';

export interface ClientOptions extends TransportOptions {
  /** What becomes of a visitor when the service cannot be asked: `refuse` (default) or `accept`. A wrong secret never accepts. */
  readonly whenUnreachable?: 'refuse' | 'accept';
}

export interface Expected {
  /** The action that the token must have been made for. */
  readonly action?: string | undefined;
  /** The host of the page it must come from, or several. */
  readonly hostname?: string | readonly string[] | undefined;
  readonly cdata?: string | undefined;
  /** Highest probability, 0 … 1, with which a blind guess may have earned it; such as 0.02. */
  readonly maxGuess?: number | undefined;
}

export interface Client {
  /** Redeems a token, once. `token` may be whatever a form held. Rejects with `TypeError` for an `expected` that says nothing. */
  siteverify(token: unknown, expected?: Expected): Promise<Redemption>;
  generate(options?: AskOptions): Promise<Asked<{ readonly challenge: Challenge }>>;
  refresh(
    captchaId: string,
    options?: Pick<AskOptions, 'clientIp' | 'kind' | 'lang'>,
  ): Promise<Asked<{ readonly challenge: Challenge }>>;
  verify(
    captchaId: string,
    answer: string,
    options?: Pick<AskOptions, 'clientIp' | 'lang' | 'session'> & {
      /** 128 random bits as text; the same one gets the same verdict again. Absent: one of its own. */
      readonly attempt?: string;
    },
  ): Promise<Asked<Verdict>>;
}

const MAX_TOKEN = 2048;
/** The operator's doing: no retry and no other answer helps, and nobody may be accepted for it. */
const MISCONFIGURED = ['missing-input-secret', 'invalid-input-secret', 'bad-request'];

export const EXPECTED_RULES = {
  action: [(value) => typeof value === 'string', 'a text'],
  hostname: [
    (value) => [value].flat().every((host) => typeof host === 'string'),
    'a host, or a list of hosts',
  ],
  cdata: [(value) => typeof value === 'string', 'a text'],
  maxGuess: [
    (value) => isAbove(0)(value) && (value as number) <= 1,
    'a number above 0, up to 1, such as 0.02',
  ],
} satisfies Rules<keyof Expected>;

const CLIENT_RULES = {
  ...TRANSPORT_RULES,
  whenUnreachable: [(value) => value === 'refuse' || value === 'accept', 'refuse or accept'],
} satisfies Rules<keyof ClientOptions>;

/**
 * Throws `TypeError` for options that cannot work, misspelt ones included.
 *
 * @example
 * const captcha = createClient({ endpoint: 'https://captcha.example.com', secret: process.env.CAPTCHA_SECRET! });
 * const { accepted } = await captcha.siteverify(form.get('captcha-response'), { action: 'login' });
 */
export function createClient(options: ClientOptions): Client {
  checkOptions('createClient', options, CLIENT_RULES);
  const transport = createTransport(options);
  const accept = options.whenUnreachable === 'accept';
  const whenUnreachable = refusal(accept, false, 'unreachable', ['internal-error']);

  return {
    async siteverify(token, expected = {}) {
      checkOptions('siteverify', expected, EXPECTED_RULES);
      if (typeof token !== 'string' || token === '')
        return refusal(false, true, 'missing-token', ['missing-input-response']);
      if (token.length > MAX_TOKEN) return refusal(false, true, 'invalid-token', ['invalid-input-response']);
      const body = { secret: options.secret, response: token, idempotency_key: crypto.randomUUID() };
      const reply = await transport.post('siteverify', body, { repeat: undecided });
      if (!reply || undecided(reply)) return whenUnreachable;
      return judge(reply, expected);
    },

    async generate({ clientIp, ...query } = {}) {
      return asked(await transport.get('generate', { ...query, client_ip: clientIp }), challenge);
    },
    async refresh(captchaId, { clientIp, ...more } = {}) {
      const body = { captcha_id: captchaId, ...more, client_ip: clientIp };
      return asked(await transport.post('refresh', body, { authorized: true }), challenge);
    },
    async verify(captchaId, answer, { clientIp, attempt = randomAttempt(), ...more } = {}) {
      const body = { captcha_id: captchaId, answer, attempt, ...more, client_ip: clientIp };
      const repeat = ({ status }: Reply) => status >= 500;
      return asked(await transport.post('verify', body, { authorized: true, repeat }), verdict);
    },
  };
}

/** Neither yes nor no: worth asking again. */
const undecided = ({ status, body }: Reply): boolean =>
  status >= 500 || status === 429 || codesOf(body).includes('internal-error');

function judge({ body }: Reply, expected: Expected): Redemption {
  const codes = codesOf(body);
  if (body.success !== true) {
    // No codes: whatever answered there was no siteverify.
    if (codes.length === 0 || codes.some((code) => MISCONFIGURED.includes(code)))
      return refusal(false, false, 'misconfigured', codes);
    const late = codes.includes('timeout-or-duplicate');
    return refusal(false, true, late ? 'used-or-expired' : 'invalid-token', codes);
  }
  const details = body as unknown as Redeemed;
  const hosts = expected.hostname === undefined ? undefined : [expected.hostname].flat();
  const mismatch =
    (expected.action !== undefined && details.action !== expected.action && 'action') ||
    (hosts !== undefined && !hosts.includes(details.hostname) && 'hostname') ||
    (expected.cdata !== undefined && details.cdata !== expected.cdata && 'cdata') ||
    (expected.maxGuess !== undefined && !(details.guess <= expected.maxGuess) && 'guess');
  if (mismatch)
    return { accepted: false, couldVerify: true, reason: `unexpected-${mismatch}`, errorCodes: [], details };
  return { accepted: true, couldVerify: true, reason: 'redeemed', errorCodes: [], details };
}

const refusal = (
  accepted: boolean,
  couldVerify: boolean,
  reason: Redemption['reason'],
  errorCodes: readonly string[],
): Redemption => ({ accepted, couldVerify, reason, errorCodes });

function asked<T>(reply: Reply | undefined, read: (body: Reply['body']) => T): Asked<T> {
  if (!reply) return unreachable;
  const { status, body, retryAfterSeconds } = reply;
  if (status === 200 && body.success === true) return { ok: true, ...read(body) };
  return {
    ok: false,
    status,
    code: String(body.error_code ?? 'unexpected_reply'),
    message: String(body.error ?? 'unexpected reply'),
    retryAfterSeconds,
  };
}

const unreachable: Refused = {
  ok: false,
  status: 503,
  code: 'unreachable',
  message: 'the captcha service cannot be reached',
  retryAfterSeconds: undefined,
};

const challenge = (body: Reply['body']) => ({ challenge: body as unknown as Challenge });

function verdict(body: Reply['body']): Verdict {
  const { verified, token, next, message } = body as Partial<Verdict>;
  return { verified: verified === true, token, next, message };
}

const codesOf = (body: Reply['body']): readonly string[] =>
  Array.isArray(body['error-codes']) ? body['error-codes'].map(String) : [];

const randomAttempt = () => crypto.randomUUID().replaceAll('-', '');
