/** Talks to the service, or to a proxy before it. Whatever happens comes back as a value, within a deadline. */

export type Reply<T> = { readonly kind: 'ok'; readonly body: T } | Failure;
export interface Failure {
  readonly kind: 'refused' | 'unreachable' | 'slow';
  /** Of a refusal; else 0. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Seconds; 0 when the service named none. */
  readonly retryAfter: number;
}
/** No reply, or none in time. */
export const failure = (
  kind: Failure['kind'],
  status = 0,
  code: string = kind,
  message = '',
  retryAfter = 0,
): Failure => ({ kind, status, code, message, retryAfter });

/** Nothing is waited for longer than this. */
export const DEADLINE_MS = 12_000;

export type Query = Readonly<Record<string, string | null | undefined>>;
/** GET, or POST where there is a body. JSON comes back, or bytes where `bytes` says so. */
export interface Ask {
  readonly query?: Query;
  readonly body?: object;
  readonly bytes?: boolean;
}
export type Wire = <T>(path: string, ask: Ask) => Promise<Reply<T>>;

/** `endpoint`: the base path of the service, without a slash at the end; `language`: what notes should be in. */
export function createWire(endpoint: () => string, language: () => string): Wire {
  return async (path, { query = {}, body, bytes }) => {
    // The wait for the reply and for its body together; a server that trickles is slow too.
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
      const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
      const response = await fetch(`${endpoint()}/captcha/${path}${search}`, {
        cache: 'no-store',
        signal,
        headers: {
          // English where the service does not speak the visitor's language.
          'Accept-Language': `${language()}, en;q=0.5`,
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
      if (response.ok) return { kind: 'ok', body: await (bytes ? response.arrayBuffer() : response.json()) };
      // A refusal that is no JSON comes from something on the way.
      const { error_code, error } = await response.json().catch(() => ({}));
      const { status, headers } = response;
      const seconds = Math.min(3600, Number(headers.get('Retry-After')) || 0);
      return failure('refused', status, `${error_code ?? status}`, `${error ?? status}`, seconds);
    } catch (error) {
      if (error instanceof RangeError) return failure('refused', 400, 'invalid_endpoint', error.message);
      return failure(signal.aborted ? 'slow' : 'unreachable');
    }
  };
}

/** 160 random bits that name one attempt: sent again after a lost reply, it gets the same reply. */
export const newAttempt = (): string => crypto.getRandomValues(new Uint32Array(5)).join('-');
