/** What a flow is in, and what it tells those who show it. */
import type { Challenge } from './contract.ts';
import type { Values } from './language.ts';
import type { Key } from './languages/en.ts';
import type { ViewKey } from './languages/views.ts';

export type State =
  /** Nothing asked for yet. */
  | 'idle'
  | 'loading'
  /** A challenge waits for an answer. */
  | 'ready'
  | 'checking'
  /** Something failed; the visitor may try again. */
  | 'stuck'
  /** Nobody did anything for long; the visitor may start again. */
  | 'expired'
  | 'solved';

export interface Message {
  readonly key: Key | ViewKey;
  readonly values?: Values;
  readonly bad?: boolean;
}

export interface Watcher {
  /** Called with every change; `message` absent: nothing to say. */
  changed(state: State, message?: Message): void;
  /** Puts a challenge on display; resolves once it can be answered. */
  show(challenge: Challenge): Promise<void>;
  solved(token: string | undefined): void;
  failed(code: string, message: string): void;
  /** `token`: what was earned is too old now; else a challenge is. */
  expired(what: 'challenge' | 'token'): void;
}
