/**
 * One challenge at a time, from the first request to the token: load → ready → (refresh | expiry) → checking → wrong, next round or
 * solved. Knows nothing of the DOM. Every failure ends in words and in a button that tries the same step again; nothing waits for ever.
 */
import type { Challenge, Verdict } from './contract.ts';
import type { Message, State, Watcher } from './state.ts';
import { lifetimeOf } from './token.ts';
import {
  type Ask,
  DEADLINE_MS,
  type Failure,
  failure,
  newAttempt,
  type Query,
  type Reply,
  type Wire,
} from './wire.ts';

export interface FlowOptions {
  readonly wire: Wire;
  readonly watcher: Watcher;
  /** What every generate asks for. */
  readonly query: () => Query;
  /** Whether whoever does nothing gets another challenge once the time is up. */
  readonly renews: () => boolean;
  /** For times of day. */
  readonly language: () => string;
}

/** After so many expiries in a row nobody is there. */
const MOST_RENEWALS = 3;
const SOON_SECONDS = 30;
/** Waits before a verify whose reply was lost is sent again. */
const AGAIN_MS = [200, 1000];

interface Loading {
  readonly chain?: string | undefined;
  /** The challenge that gives way. */
  readonly replaces?: boolean;
  readonly kind?: string | undefined;
  readonly because?: Message | undefined;
}

export type Flow = ReturnType<typeof createFlow>;

export function createFlow({ wire, watcher, query, renews, language }: FlowOptions) {
  let state: State = 'idle';
  let challenge: Challenge | undefined;
  /** When what is on display ends: the challenge, or the token. */
  let ends = 0;
  let warned = false;
  let renewals = 0;
  /** A reply that belongs to an older turn is ignored. */
  let turn = 0;
  let again: () => void = () => {};
  let waitUntil = 0;

  const enter = (next: State, message?: Message) => {
    state = next;
    watcher.changed(next, message);
  };
  const left = (until: number) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

  async function load(how: Loading = {}): Promise<void> {
    const mine = ++turn;
    const id = challenge?.captcha_id;
    enter('loading', how.because ?? { key: 'loading' });
    const fresh = () =>
      wire<Challenge>('generate', {
        query: { ...query(), chain: how.chain, ...(how.kind && { kind: how.kind }) },
      });
    let reply: Reply<Challenge>;
    if (how.replaces) {
      reply = await wire<Challenge>('refresh', { body: { captcha_id: id, kind: how.kind } });
      // Whoever waited too long before asking for another one gets one all the same.
      if (mine === turn && gone(reply)) reply = await fresh();
    } else reply = await fresh();
    // The round before is gone: there is no way on but from the start.
    if (mine !== turn) return;
    if (reply.kind !== 'ok') {
      if (how.chain && gone(reply)) renew({ key: 'gone', bad: true });
      else fail(reply, () => load(how));
      return;
    }
    // A picture that is none, or a part of the widget that did not arrive.
    const shown = await within(DEADLINE_MS, watcher.show(reply.body));
    if (mine !== turn) return;
    if (!shown) {
      fail(failure('unreachable'), () => load(how));
      return;
    }
    challenge = reply.body;
    ends = Date.now() + (Number(challenge.expire_time) || 300) * 1000;
    warned = false;
    enter('ready', how.because ?? (how.replaces ? { key: 'fresh' } : undefined));
  }

  /** Another challenge, and why. */
  const renew = (because: Message): void => void load({ because });

  function answer(text: string): void {
    if (state !== 'ready') return;
    renewals = 0;
    const { sitekey } = query();
    if (!text.trim()) watcher.changed(state, { key: 'empty', bad: true });
    else
      void submit({
        captcha_id: challenge?.captcha_id,
        answer: text,
        attempt: newAttempt(),
        ...(sitekey && { sitekey }),
      });
  }

  /** `body` is sent unchanged when it is sent again. */
  async function submit(body: object): Promise<void> {
    const mine = ++turn;
    enter('checking', { key: 'checking' });
    let reply = await wire<Verdict>('verify', { body });
    for (const wait of AGAIN_MS) {
      if (mine !== turn || reply.kind !== 'unreachable') break;
      await sleep(wait);
      if (mine === turn) reply = await wire<Verdict>('verify', { body });
    }
    if (mine !== turn) return;
    if (reply.kind === 'ok') judged(reply.body);
    else if (gone(reply)) load({ because: { key: 'gone', bad: true } });
    else fail(reply, () => submit(body));
  }

  function judged({ verified, token, next }: Verdict): void {
    if (verified) solve(token);
    else if (next)
      load({ chain: next.chain, because: { key: 'next', values: { remaining: next.remaining } } });
    else renew({ key: 'wrong', bad: true });
  }

  function solve(token: string | undefined): void {
    ends = Date.now() + lifetimeOf(token) * 1000;
    challenge = undefined;
    watcher.solved(token);
    enter('solved', { key: 'right' });
  }

  /**
   * For a view: asks the service about the challenge on display, with a body or for bytes. What only a view understands (it is gone, it
   * was asked wrongly) comes back; anything else has been said, and then, or when another challenge is on display, nothing does.
   */
  async function ask<T>(what: string, asked: Ask): Promise<Reply<T> | undefined> {
    if (state !== 'ready') return undefined;
    const mine = turn;
    renewals = 0;
    const send = () => wire<T>(`${challenge?.captcha_id ?? 'session'}/${what}`, asked);
    let reply = await send();
    if (mine === turn && reply.kind === 'unreachable') reply = await send();
    if (mine !== turn) return undefined;
    if (reply.kind === 'ok' || [400, 404, 409].includes(reply.status)) return reply;
    fail(reply, () => enter('ready'));
    return undefined;
  }

  function fail(reply: Failure, retry: () => void): void {
    ++turn;
    again = retry;
    const { kind, status, code, message, retryAfter } = reply;
    const until = Date.now() + retryAfter * 1000;
    waitUntil = retryAfter && until;
    watcher.failed(code, message);
    const refused = status === 429 ? 'limited' : status < 500 ? 'refused' : retryAfter ? 'busy' : 'fault';
    const time = new Date(until).toLocaleTimeString(language());
    enter('stuck', { key: status ? refused : kind, values: { time, message }, bad: true });
  }

  /** Once in a while: what does time bring? */
  function tick(visible: boolean): void {
    if (state === 'stuck' && waitUntil && left(waitUntil) === 0) {
      waitUntil = 0;
      watcher.changed(state, { key: 'ready' });
    }
    const seconds = left(ends);
    if (state === 'solved' && seconds === 0) lapse('token');
    if (state !== 'ready') return;
    // A tab that nobody looks at asks for nothing.
    if (seconds === 0 && visible) lapse('challenge');
    else if (seconds <= SOON_SECONDS && seconds > 0 && !warned) {
      warned = true;
      watcher.changed(state, { key: 'soon', values: { seconds } });
    }
  }

  function lapse(what: 'challenge' | 'token'): void {
    watcher.expired(what);
    challenge = undefined;
    renewals += 1;
    waitUntil = 0;
    again = () => {
      renewals = 0;
      load();
    };
    if (renews() && renewals <= MOST_RENEWALS) renew({ key: 'late' });
    else enter('expired', { key: 'expired' });
  }

  return {
    get state() {
      return state;
    },
    /** Seconds that are left for the challenge on display. */
    get remaining() {
      return left(ends);
    },
    /** Seconds until the next try makes sense. */
    get wait() {
      return state === 'stuck' ? left(waitUntil) : 0;
    },
    start: () => void load(),
    answer,
    ask,
    renew,
    /** Another challenge; `kind`: of another kind. */
    refresh(kind?: string): void {
      if (state !== 'ready') return;
      renewals = 0;
      load({ replaces: true, kind });
    },
    retry(): void {
      if ((state === 'stuck' && left(waitUntil) === 0) || state === 'expired') again();
    },
    /** Forgets everything; nothing on the way arrives any more. */
    clear(): void {
      turn += 1;
      challenge = undefined;
      renewals = 0;
      waitUntil = 0;
      enter('idle');
    },
    tick,
  };
}

const gone = (reply: Reply<unknown>): boolean => reply.kind !== 'ok' && reply.status === 404;

/** Whether it was done, and in time. */
const within = (ms: number, work: Promise<void>): Promise<boolean> =>
  Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    sleep(ms, false),
  ]);

const sleep = <T>(ms: number, value?: T): Promise<T> =>
  new Promise((resolve) => setTimeout(resolve, ms, value));
