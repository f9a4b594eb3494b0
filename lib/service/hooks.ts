/**
 * Hooks: an operator's own code around giving out and judging challenges. Higher priority runs first, before and after alike:
 * what comes after is an event, not the second half of a middleware. A hook before may refuse, with a reason, and then nothing is
 * counted or spent; one after is told what came of it and changes nothing. No hook sees an answer, a solution, a token or a secret.
 */
import { GlyphgateError } from '../errors.ts';
import { describeError, type Log } from '../observe/log.ts';
import type { Call, CaptchaService, Issued, Refusal, Seen, Verdict } from './contract.ts';

/** What is asked for. */
export interface HookEvent extends Seen {
  readonly operation: 'generate' | 'refresh' | 'verify';
  readonly requestId: string;
  /** The visitor's, in canonical form; absent when a site's own server asks and names nobody. */
  readonly address?: string | undefined;
  /** The request's, where there was one. */
  readonly headers?: Headers | undefined;
  readonly action?: string | undefined;
  readonly captchaId?: string | undefined;
  readonly lang?: string | undefined;
  /** verify: host of the page that sends the answer; empty when unknown. */
  readonly hostname?: string | undefined;
}

/** What came of it. */
export interface HookOutcome extends HookEvent {
  readonly outcome: 'issued' | 'right' | 'wrong' | 'next' | Refusal['reason'];
  readonly ms: number;
}

/** `code` is the reply's error_code, 1 to 64 of a-z 0-9 _; `message` what the visitor reads, else a general one. */
export interface HookRefusal {
  readonly code: string;
  readonly message?: string;
}

export interface Media {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
}

export interface Hook {
  /** For the log. */
  readonly name: string;
  /** Higher runs first; default 0, equal ones in the order given. */
  readonly priority?: number;
  before?(event: HookEvent): HookRefusal | undefined | Promise<HookRefusal | undefined>;
  /** What it returns is awaited, then forgotten. */
  after?(event: HookOutcome): unknown;
  /** More headers for pictures and sounds that are given out, such as Cache-Control. */
  mediaHeaders?(event: { readonly route: string }): Readonly<Record<string, string>> | undefined;
  /** What a refused request for a picture or a sound gets instead of JSON; the status stays. */
  refusedMedia?(event: {
    readonly route: string;
    readonly status: number;
    readonly lang: string;
  }): Media | undefined;
}

const KNOWN = ['name', 'priority', 'before', 'after', 'mediaHeaders', 'refusedMedia'];

/** In the order in which they run. Throws on what is no hook, a misspelt name included. */
export function orderHooks(hooks: readonly Hook[]): readonly Hook[] {
  for (const [at, hook] of hooks.entries()) {
    const fail = (expected: string) => {
      throw new GlyphgateError('hook_invalid', `hook ${at + 1}: expected ${expected}`);
    };
    if (typeof hook !== 'object' || hook === null) fail('an object');
    if (typeof hook.name !== 'string' || hook.name === '') fail('a name');
    const unknown = Object.keys(hook).find((key) => !KNOWN.includes(key));
    if (unknown !== undefined) fail(`only ${KNOWN.join(', ')}; it has "${unknown}"`);
    if (hook.priority !== undefined && !Number.isFinite(hook.priority)) fail('a number as priority');
    for (const key of ['before', 'after', 'mediaHeaders', 'refusedMedia'] as const)
      if (hook[key] !== undefined && typeof hook[key] !== 'function') fail(`a function as ${key}`);
  }
  return hooks.toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
}

/** The service with hooks around it. `hooks` are in order. */
export function withHooks(service: CaptchaService, hooks: readonly Hook[], log: Log): CaptchaService {
  const around = async <T extends Issued | Verdict | Refusal>(
    event: HookEvent,
    call: Call | undefined,
    work: (call: Call) => Promise<T>,
    outcomeOf: (result: Exclude<T, Refusal>) => HookOutcome['outcome'],
  ): Promise<T | Refusal> => {
    const started = performance.now();
    let seen: Seen = {};
    const refusal = await firstRefusal(hooks, event);
    const result: T | Refusal =
      refusal ??
      (await work({
        ...call,
        note(more) {
          seen = { ...seen, ...more };
          call?.note?.(more);
        },
      }));
    const outcome = result.ok ? outcomeOf(result as Exclude<T, Refusal>) : result.reason;
    const told: HookOutcome = { ...event, ...seen, outcome, ms: performance.now() - started };
    for (const hook of hooks) await tell(hook, told, log);
    return result;
  };

  return {
    ...service,
    generate(request, subject, call) {
      const { sitekey: site, session, kind, preset, difficulty, action, lang } = request;
      const about = { site, session, kind, preset, difficulty, action, lang };
      const event: HookEvent = { operation: 'generate', ...common(subject, call), ...about };
      return around(
        event,
        call,
        (inner) => service.generate(request, subject, inner),
        () => 'issued',
      );
    },
    refresh(request, subject, call) {
      const event: HookEvent = {
        operation: 'refresh',
        ...common(subject, call),
        captchaId: request.id,
        kind: request.kind,
      };
      return around(
        event,
        call,
        (inner) => service.refresh(request, subject, inner),
        () => 'issued',
      );
    },
    verify(request, subject, call) {
      const { id: captchaId, sitekey: site, session, hostname } = request;
      const about = { captchaId, site, session, hostname };
      const event: HookEvent = { operation: 'verify', ...common(subject, call), ...about };
      return around(
        event,
        call,
        (inner) => service.verify(request, subject, inner),
        (verdict) => (verdict.verified ? 'right' : 'next' in verdict ? 'next' : 'wrong'),
      );
    },
  };
}

function common(subject: { address: string } | { site: string }, call: Call | undefined) {
  return {
    requestId: call?.requestId ?? '',
    headers: call?.headers,
    ...('address' in subject && { address: subject.address }),
  };
}

/** A hook that throws is the operator's fault and refuses all: it may have been there to protect something. */
async function firstRefusal(hooks: readonly Hook[], event: HookEvent): Promise<Refusal | undefined> {
  for (const hook of hooks) {
    try {
      const refusal = await hook.before?.(event);
      if (!refusal) continue;
      if (!/^[a-z0-9_]{1,64}$/.test(refusal.code))
        throw new TypeError('expected a refusal with a code of 1 to 64 of the characters a-z 0-9 _');
      return { ok: false, reason: 'refused', code: refusal.code, message: refusal.message };
    } catch (cause) {
      throw new GlyphgateError('hook_failed', `hook "${hook.name}" failed before ${event.operation}`, {
        cause,
      });
    }
  }
  return undefined;
}

/** The reply stands whatever a hook makes of it. */
async function tell(hook: Hook, told: HookOutcome, log: Log): Promise<void> {
  try {
    await hook.after?.(told);
  } catch (error) {
    log({
      level: 'error',
      event: 'hook_failed',
      request_id: told.requestId,
      hook: hook.name,
      operation: told.operation,
      error: describeError(error),
    });
  }
}
