/**
 * What a store promises. A challenge is one record with two write-once marks; its state is read off them:
 *
 *     issued  --answer: nonce-->  answered  --redeem: claim-->  redeemed
 *
 * Every call is atomic. A transition sets its mark if the record is alive and the mark is free, or repeats if the mark is the
 * very same; everything else is `refused`, an absent or expired record included: absence never permits anything. A full store
 * throws `StoreError` on put and never evicts a live record. Counters (`hits`) ride along with `put` and `transition`: when one of
 * them is over its limit the outcome is `limited` and the record is untouched. A store that cannot do both in one conditional call makes two.
 *
 * Times are durations; the store's own clock decides. Expiry counts at every read and in every condition.
 */
export interface StoredRecord {
  readonly body: Uint8Array;
  /** Milliseconds since the epoch; from then on the record is absent. */
  readonly expiresAt: number;
  readonly nonce?: string;
  /** When the nonce was set. */
  readonly answeredAt?: number;
  readonly claim?: string;
}

/** One count against a sliding-window counter. */
export interface Hit {
  /** Already pseudonymous: an HMAC, never an address. */
  readonly key: string;
  /** Partition, 0 … 255, where a store has such; a challenge's is in its id (util/shard.ts). */
  readonly shard: number;
  readonly limit: number;
  readonly windowMs: number;
  /** 0 looks without counting. */
  readonly cost: 0 | 1;
}

/** The counter after a hit. */
export interface Tally {
  readonly allowed: boolean;
  readonly previous: number;
  readonly current: number;
  /** When the current window ends, in milliseconds since the epoch. */
  readonly windowEndsAt: number;
  /** The store's clock at that moment. */
  readonly now: number;
}

export type Transition =
  /** issued → answered; the record then lives for `ttlMs` from now. */
  | { readonly to: 'answered'; readonly mark: string; readonly ttlMs: number }
  /** answered → redeemed; the record's life is prolonged by `extendMs`, so that a repeat finds it. */
  | { readonly to: 'redeemed'; readonly mark: string; readonly extendMs: number };

export interface PutOutcome {
  /** `exists`: a live record has this id already; nothing was written. */
  readonly outcome: 'stored' | 'exists' | 'limited';
  readonly tallies: readonly Tally[];
  /** When the new record expires. */
  readonly expiresAt: number;
}

export type TransitionOutcome =
  | {
      readonly outcome: 'done' | 'repeated';
      readonly record: StoredRecord;
      readonly tallies: readonly Tally[];
    }
  | { readonly outcome: 'refused'; readonly tallies: readonly Tally[] }
  | { readonly outcome: 'limited'; readonly tallies: readonly Tally[] };

/** `error`: the store's promise does not hold like this; `warn`: it holds, with a loss worth knowing. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'error';
  readonly text: string;
}

export interface Store {
  /** What `GLYPHGATE_STORE` calls it. */
  readonly kind: string;
  put(id: string, body: Uint8Array, ttlMs: number, hits?: readonly Hit[]): Promise<PutOutcome>;
  /** Undefined when absent or expired. */
  get(id: string): Promise<StoredRecord | undefined>;
  transition(id: string, step: Transition, hits?: readonly Hit[]): Promise<TransitionOutcome>;
  hit(hits: readonly Hit[]): Promise<readonly Tally[]>;
  /** Resolves when the store answers; rejects with `StoreError` when it does not. */
  ping(): Promise<void>;
  /** What only the backend knows of how it is set up, for `glyphgate doctor`. */
  inspect?(): Promise<readonly Finding[]>;
  /** Gives back connections and files; the store is of no use afterwards. */
  close(): Promise<void>;
}
