/** Talks to the service, or to a proxy before it. Whatever happens comes back as a value, within a deadline. */

export type Reply<T> = { readonly kind: 'ok'; readonly body: T } | Failure;
export type Failure =
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      /** Seconds; 0 when the service named none. */
      readonly retryAfter: number;
    }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'slow' };

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
      return {
        kind: 'refused',
        status: response.status,
        code: `${error_code ?? response.status}`,
        message: `${error ?? response.status}`,
        retryAfter: Math.min(3600, Number(response.headers.get('Retry-After')) || 0),
      };
    } catch (error) {
      if (error instanceof RangeError)
        return {
          kind: 'refused',
          status: 400,
          code: 'invalid_endpoint',
          message: error.message,
          retryAfter: 0,
        };
      return { kind: signal.aborted ? 'slow' : 'unreachable' };
    }
  };
}

/** 192 random bits that name one attempt: sent again after a lost reply, it gets the same reply. */
export function newAttempt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_');
}
