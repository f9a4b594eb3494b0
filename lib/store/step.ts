/** What a step makes of a record, for stores that hold the record in their hands; the others say the same in their own language. */
import type { StoredRecord, Transition } from './store.ts';

export interface Stepped {
  readonly outcome: 'done' | 'repeated';
  /** The record afterwards; absent: refused. */
  readonly next?: StoredRecord;
}

type Step<To extends Transition['to']> = Extract<Transition, { to: To }>;

/** `record` is alive, or undefined. */
export function applyStep(record: StoredRecord | undefined, step: Transition, now: number): Stepped {
  return step.to === 'answered' ? answer(record, step, now) : redeem(record, step);
}

function answer(record: StoredRecord | undefined, step: Step<'answered'>, now: number): Stepped {
  if (!record) return { outcome: 'done' };
  if (record.nonce === undefined)
    return {
      outcome: 'done',
      next: { ...record, nonce: step.mark, answeredAt: now, expiresAt: now + step.ttlMs },
    };
  return record.nonce === step.mark ? { outcome: 'repeated', next: record } : { outcome: 'repeated' };
}

function redeem(record: StoredRecord | undefined, step: Step<'redeemed'>): Stepped {
  if (record?.nonce === undefined) return { outcome: 'done' };
  if (record.claim === undefined)
    return {
      outcome: 'done',
      next: { ...record, claim: step.mark, expiresAt: record.expiresAt + step.extendMs },
    };
  return record.claim === step.mark ? { outcome: 'repeated', next: record } : { outcome: 'repeated' };
}
