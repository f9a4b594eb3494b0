/**
 * Refusals and faults as HTTP: one error envelope, two texts. The caller reads `error`; the log gets the cause, tied to it by the
 * request id.
 */
import { type Decision, isBrake } from '../rate-limit/limiter.ts';
import type { Refusal } from '../service/contract.ts';
import { expectedIn } from './expected.ts';
import { type Lang, type MessageKey, message } from './messages.ts';

export interface Problem {
  readonly status: 400 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;
  /** Stable, for programs. */
  readonly slug: string;
  readonly text: MessageKey;
  /** Instead of `text`: words of the operator's own. */
  readonly words?: string | undefined;
  readonly values?: Readonly<Record<string, string | number>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** A brake of the site's refused, not a limit of the visitor's. */
  readonly brake?: boolean;
  /** What the envelope says besides, for programs. */
  readonly fields?: Readonly<Record<string, string | number>>;
}

/** Thrown inside a route, answered by the app. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.slug);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export const invalid = (field: string, expected: string): Problem => ({
  status: 400,
  slug: `invalid_${field.replace(/[^a-z0-9]+/gi, '_').toLowerCase()}`,
  text: 'invalid_field',
  values: { field, expected },
});

export function refusalProblem(refusal: Refusal): Problem {
  if (refusal.reason === 'invalid') return invalid(refusal.field, refusal.expected);
  if (refusal.reason === 'not_found') return { status: 404, slug: 'challenge_not_found', text: 'not_found' };
  if (refusal.reason === 'refused')
    return { status: 403, slug: refusal.code, text: 'refused', words: refusal.message };
  return limited(refusal.limit);
}

export const limited = (decision: Decision): Problem => ({
  status: 429,
  slug: 'rate_limited',
  text: 'rate_limited',
  values: { seconds: decision.resetSeconds },
  headers: { 'Retry-After': String(decision.resetSeconds), ...rateLimitFields(decision) },
  brake: isBrake(decision.bucket),
});

/** `RateLimit` and `RateLimit-Policy` as in draft-ietf-httpapi-ratelimit-headers-10. */
export function rateLimitFields(decision: Decision): Record<string, string> {
  const { bucket, limit, windowSeconds, remaining, resetSeconds } = decision;
  return {
    'RateLimit-Policy': `"${bucket}";q=${limit};w=${windowSeconds}`,
    RateLimit: `"${bucket}";r=${remaining};t=${resetSeconds}`,
  };
}

function inWords({ values }: Problem, lang: Lang): Problem['values'] {
  const said = values?.expected;
  return typeof said === 'string' ? { ...values, expected: expectedIn(lang, said) } : values;
}

export function envelope(problem: Problem, lang: Lang) {
  return {
    success: false as const,
    error: problem.words ?? message(problem.text, lang, inWords(problem, lang)),
    code: problem.status,
    error_code: problem.slug,
    ...problem.fields,
  };
}
