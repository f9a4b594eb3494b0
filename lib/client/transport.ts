/** Calls to the service: a deadline over all tries, a shorter one for each, and repeats only of what may be repeated. */
import { isAbove, isFunction, isText, type Rules } from './options.ts';

export interface TransportOptions {
  /** Where the service's API is, such as `https://captcha.example.com/api`; without a path, `/api` is meant. */
  readonly endpoint: string;
  /** The site's secret. */
  readonly secret: string;
  /** Milliseconds for one call, repeats included; default 6000. */
  readonly timeoutMs?: number;
  /** Milliseconds for one try; default 2500. */
  readonly tryTimeoutMs?: number;
  /** Tries of a call that may be repeated; default 3. */
  readonly tries?: number;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
}

export interface Reply {
  readonly status: number;
  /** Empty when the reply was no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;
}

export interface PostOptions {
  /** With the site's secret in `Authorization`. */
  readonly authorized?: boolean;
  /** Whether a reply asks for another try; absent: the call is never repeated. */
  readonly repeat?: (reply: Reply) => boolean;
}

type Values = Readonly<Record<string, string | number | undefined>>;

export interface Transport {
  /** Undefined when the service could not be reached in time. */
  get(path: string, query: Values): Promise<Reply | undefined>;
  post(path: string, body: Values, options: PostOptions): Promise<Reply | undefined>;
}

const FIRST_WAIT_MS = 100;

export const TRANSPORT_RULES = {
  endpoint: [() => true, 'a URL'],
  secret: [() => true, 'the secret of a site'],
  timeoutMs: [isAbove(0), 'milliseconds above 0'],
  tryTimeoutMs: [isAbove(0), 'milliseconds above 0'],
  tries: [(value) => Number.isInteger(value) && isAbove(0)(value), 'a whole number above 0'],
  fetch: [isFunction, 'a function like fetch'],
} satisfies Rules<keyof TransportOptions>;

/** Of the API, not of one of its routes. */
function isEndpoint(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, pathname } = new URL(endpoint);
  return /^https?:$/.test(protocol) && !/\/captcha(\/siteverify)?\/*$/.test(pathname);
}

export function createTransport(options: TransportOptions): Transport {
  const { secret, timeoutMs = 6000, tryTimeoutMs = 2500, tries = 3 } = options;
  if (!isEndpoint(options.endpoint))
    throw new TypeError(
      `endpoint: expected a URL such as https://captcha.example.com/api; it is "${options.endpoint}"`,
    );
  if (!isText(secret)) throw new TypeError('secret: expected the secret of a site; it is empty');
  const url = new URL(options.endpoint);
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '') || '/api'}/captcha/`;
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  const bearer = { Authorization: `Bearer ${secret}` };

  const once = async (path: string, init: RequestInit, deadline: number): Promise<Reply | undefined> => {
    const signal = AbortSignal.timeout(Math.max(1, Math.min(tryTimeoutMs, deadline - Date.now())));
    try {
      const response = await send(base + path, { ...init, signal, redirect: 'error' });
      const body: unknown = await response.json().catch(() => undefined);
      const after = Number(response.headers.get('Retry-After') ?? Number.NaN);
      return {
        status: response.status,
        body: body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {},
        retryAfterSeconds: Number.isFinite(after) ? after : undefined,
      };
    } catch {
      return undefined;
    }
  };

  return {
    get: (path, query) =>
      once(`${path}?${new URLSearchParams(given(query))}`, { headers: bearer }, Date.now() + timeoutMs),

    async post(path, body, { authorized = false, repeat }) {
      const deadline = Date.now() + timeoutMs;
      const init: RequestInit = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(authorized && bearer) },
        body: JSON.stringify(given(body)),
      };
      for (let at = 1; ; at++) {
        const reply = await once(path, init, deadline);
        if (!repeat || at >= tries || (reply && !repeat(reply))) return reply;
        const wait = Math.max((reply?.retryAfterSeconds ?? 0) * 1000, FIRST_WAIT_MS * 4 ** (at - 1));
        if (Date.now() + wait >= deadline) return reply;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
  };
}

const given = (values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
