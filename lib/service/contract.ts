/** What the service takes and gives. The HTTP contract's fields are made of these; nothing here knows of HTTP. */

import type { Rate, Speech } from '../audio/speech.ts';
import type { AnswerCheck, KindName, Picture, PictureLanguage, Puzzle } from '../challenge/challenge.ts';
import type { Kinds, Wish } from '../challenge/choose.ts';
import type { Seen } from '../observe/request.ts';
import type { Decision, RateLimiter, Subject } from '../rate-limit/limiter.ts';
import type { Sites } from '../site/site.ts';
import type { Store } from '../store/store.ts';
import type { TokenIssuer } from '../token/jwt.ts';
import type { Keyring } from '../token/keys.ts';
import type { ChallengeRecord } from '../token/record.ts';
import type { Random } from '../util/random.ts';

export interface ServiceParts {
  readonly store: Store;
  readonly limiter: RateLimiter;
  readonly ring: Keyring;
  readonly tokens: TokenIssuer;
  readonly sites: Sites;
  readonly answers: Readonly<Record<KindName, AnswerCheck>>;
  /** Absent where nothing is drawn (verify, health): then `generate` and its kin refuse to work. */
  readonly kinds?: Kinds;
  /** Absent where nothing is heard. */
  readonly speech?: Speech | undefined;
  /** Chooses among what a policy allows; from the platform's CSPRNG. */
  readonly random: Random;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly ttlSeconds: number;
  readonly tokenTtlSeconds: number;
}

export interface GenerateRequest extends Wish {
  readonly sitekey?: string | undefined;
  readonly lang: PictureLanguage;
  readonly action?: string | undefined;
  readonly cdata?: string | undefined;
  readonly session?: string | undefined;
  /** The ticket that a verify gave for the next round. */
  readonly chain?: string | undefined;
}

export interface VerifyRequest {
  readonly id: string;
  readonly answer: string;
  readonly attempt?: string | undefined;
  readonly sitekey?: string | undefined;
  readonly session?: string | undefined;
  /** Host of the page that verifies; empty when unknown. */
  readonly hostname: string;
}

export interface RefreshRequest extends Wish {
  readonly id: string;
  /** Absent: the language of the challenge. */
  readonly lang?: PictureLanguage | undefined;
}

export interface RevealRequest {
  readonly id: string;
  /** Pixels of the picture, and milliseconds from the first point. */
  readonly trail: readonly (readonly [x: number, y: number, t: number])[];
}

export interface ListenRequest {
  readonly id: string;
  /** Absent: the language of the challenge. */
  readonly lang?: PictureLanguage | undefined;
  readonly rate: Rate;
  readonly slow: boolean;
  /** One of the three that was had before, to have it once more; absent: the next. */
  readonly take?: number | undefined;
  /** Only a part is wanted: of the take had last, where there is one. */
  readonly partial: boolean;
  /** Nothing but whether there is something to be heard. */
  readonly peek: boolean;
}

export interface SiteverifyRequest {
  readonly secret: string;
  readonly response: string;
  readonly idempotencyKey?: string | undefined;
}

export type { Seen };

/** The request behind a call: what hooks are told of it, and where the service notes what it turned out to be about. */
export interface Call {
  readonly requestId?: string | undefined;
  readonly headers?: Headers | undefined;
  note?(seen: Seen): void;
}

export type Refusal =
  | { readonly ok: false; readonly reason: 'invalid'; readonly field: string; readonly expected: string }
  /** Unknown, used or expired: one answer for all three. */
  | { readonly ok: false; readonly reason: 'not_found'; readonly limit?: Decision | undefined }
  | { readonly ok: false; readonly reason: 'limited'; readonly limit: Decision }
  /** A hook of the operator's said no; `code` is its reason. */
  | {
      readonly ok: false;
      readonly reason: 'refused';
      readonly code: string;
      readonly message?: string | undefined;
    };

export interface Issued {
  readonly ok: true;
  readonly id: string;
  readonly record: ChallengeRecord;
  readonly puzzle: Puzzle;
  readonly expireSeconds: number;
  /** Whether it can be heard in its own language. */
  readonly audible: boolean;
  /** Kinds that `refresh` may trade it for, by the site's policy. */
  readonly instead: readonly string[];
  readonly limit?: Decision | undefined;
}

export type Verdict =
  | {
      readonly ok: true;
      readonly verified: true;
      readonly token: string;
      readonly limit?: Decision | undefined;
    }
  /** `tokenLength`: how long the token would have been, so that the reply can be as long. */
  | {
      readonly ok: true;
      readonly verified: false;
      readonly tokenLength: number;
      readonly limit?: Decision | undefined;
    }
  | {
      readonly ok: true;
      readonly verified: false;
      readonly next: { readonly chain: string; readonly remaining: number };
      readonly limit?: Decision | undefined;
    };

export type Revealed =
  | {
      readonly ok: true;
      readonly revealed: true;
      readonly picture: Picture;
      readonly limit?: Decision | undefined;
    }
  | {
      readonly ok: true;
      readonly revealed: false;
      readonly triesLeft: number;
      readonly limit?: Decision | undefined;
    };

/** A take as a WAV file. */
export interface Heard {
  readonly ok: true;
  readonly take: number;
  /** What it was made as; two replies of one take and variant are the same bytes. */
  readonly variant: string;
  /** Absent when only peeking. */
  readonly wav?: Uint8Array<ArrayBuffer>;
  readonly limit?: Decision | undefined;
}

export type Unheard =
  | Refusal
  /** There is nothing to be heard; `kind` can be had instead, and is. */
  | {
      readonly ok: false;
      readonly reason: 'silent';
      readonly kind?: KindName;
      readonly limit?: Decision | undefined;
    }
  /** Every take was had. */
  | { readonly ok: false; readonly reason: 'heard'; readonly limit?: Decision | undefined };

export type SiteverifyError =
  | 'missing-input-secret'
  | 'invalid-input-secret'
  | 'missing-input-response'
  | 'invalid-input-response'
  | 'bad-request'
  | 'timeout-or-duplicate'
  | 'internal-error';

export type Redemption =
  | {
      readonly success: true;
      readonly challenge_ts: string;
      readonly hostname: string;
      readonly action: string;
      readonly cdata: string;
      readonly 'error-codes': readonly [];
      readonly kind: string;
      readonly preset: string;
      readonly difficulty: number;
      readonly rounds: number;
      /** Blind-guess probability of the path that was taken. */
      readonly guess: number;
      /** From the first picture's issue to the last answer. */
      readonly solve_ms: number;
    }
  | {
      readonly success: false;
      readonly 'error-codes': readonly SiteverifyError[];
      readonly limit?: Decision | undefined;
    };

export interface CaptchaService {
  generate(request: GenerateRequest, subject: Subject, call?: Call): Promise<Issued | Refusal>;
  verify(request: VerifyRequest, subject: Subject, call?: Call): Promise<Verdict | Refusal>;
  /** Spends the old challenge and gives another of the same site and action. */
  refresh(request: RefreshRequest, subject: Subject, call?: Call): Promise<Issued | Refusal>;
  /** The puzzle of a live, unanswered challenge, to draw its picture again. */
  recall(id: string, subject: Subject, call?: Call): Promise<Issued | Refusal>;
  /** What a trail over the picture brings to light. */
  reveal(request: RevealRequest, subject: Subject, call?: Call): Promise<Revealed | Refusal>;
  /** The challenge in sounds, another take each time. */
  listen(request: ListenRequest, subject: Subject, call?: Call): Promise<Heard | Unheard>;
  siteverify(request: SiteverifyRequest, call?: Call): Promise<Redemption>;
}

/** What may be told of a challenge. */
export const seenIn = ({ site, session, kind, preset, difficulty }: ChallengeRecord): Seen => ({
  site,
  session,
  kind,
  preset,
  difficulty,
});
