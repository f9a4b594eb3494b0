/** What a client gets: the wire's shapes as the HTTP contract has them, and what the client makes of them. */

/** What a redeemed token says of itself. */
export interface Redeemed {
  readonly success: true;
  /** When the challenge was solved, ISO 8601. */
  readonly challenge_ts: string;
  readonly hostname: string;
  readonly action: string;
  readonly cdata: string;
  readonly kind: string;
  readonly preset: string;
  readonly difficulty: number;
  readonly rounds: number;
  /** Probability that a blind guess passes what was solved. */
  readonly guess: number;
  /** Milliseconds from the first picture to the last answer. */
  readonly solve_ms: number;
}

export interface Redemption {
  /** Whether to let the visitor in. */
  readonly accepted: boolean;
  /** Whether the service gave a decision: false when it is unreachable or refuses the secret. */
  readonly couldVerify: boolean;
  readonly reason:
    | 'redeemed'
    | 'missing-token'
    | 'invalid-token'
    | 'used-or-expired'
    | 'unexpected-action'
    | 'unexpected-hostname'
    | 'unexpected-cdata'
    | 'unexpected-guess'
    | 'unreachable'
    | 'misconfigured';
  /** The service's own `error-codes`. */
  readonly errorCodes: readonly string[];
  /** Present when the token was redeemed, accepted or not. */
  readonly details?: Redeemed;
}

export interface AskOptions {
  /** The visitor's address, as your server knows it; each then has limits of its own. */
  readonly clientIp?: string | undefined;
  readonly kind?: string | undefined;
  readonly preset?: string | undefined;
  readonly difficulty?: 1 | 2 | 3 | undefined;
  readonly format?: string | undefined;
  /** Text only, each within the policy: what is asked for, of which characters, how many, and how large the picture is. */
  readonly generator?: string | undefined;
  readonly alphabet?: string | undefined;
  readonly characters?: string | undefined;
  readonly length?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly lang?: string | undefined;
  readonly action?: string | undefined;
  readonly cdata?: string | undefined;
  readonly session?: string | undefined;
  /** From the verdict of the round before. */
  readonly chain?: string | undefined;
}

/** As the service sent it, to be passed on to the browser; kinds add fields of their own. */
export interface Challenge {
  readonly success: true;
  readonly captcha_id: string;
  /** A data URL. */
  readonly image_base64: string;
  readonly image_size: { readonly width: number; readonly height: number; readonly used_height: number };
  /** Seconds. */
  readonly expire_time: number;
  readonly note: string;
  readonly kind: string;
  readonly preset: string;
  readonly lang: string;
  readonly audio: boolean;
  readonly answer_format: {
    readonly type: string;
    readonly options?: readonly string[];
    readonly length?: number;
    readonly alphabet?: string;
  };
  readonly round: number;
  readonly rounds: number;
}

export interface Verdict {
  readonly verified: boolean;
  /** Present when verified. */
  readonly token?: string | undefined;
  /** Present while rounds are left: the way to the next. */
  readonly next?: { readonly chain: string; readonly remaining: number } | undefined;
  /** For the visitor, in the language asked for. */
  readonly message?: string | undefined;
}

/** The service's error envelope, or that it could not be reached. */
export interface Refused {
  readonly ok: false;
  readonly status: number;
  /** Stable, for programs, such as `challenge_not_found`, `rate_limited`, `unreachable`. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  readonly retryAfterSeconds: number | undefined;
}

export type Asked<T> = ({ readonly ok: true } & T) | Refused;
