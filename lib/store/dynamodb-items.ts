/**
 * What lies in the table: records under `PREFIXr:ID`, counters under `PREFIXc:KEY`, each with the TTL attribute in whole seconds,
 * rounded up. DynamoDB deletes late, so what counts is `exp` in milliseconds.
 */
import type { AttributeValue, PutItemCommandInput, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Hit, StoredRecord, Tally, Transition } from './store.ts';
import { tallyOfWindows } from './window.ts';

export type Item = Record<string, AttributeValue>;
type Write<T> = Omit<T, 'TableName' | 'Key' | 'Item'>;

/** Some of these words are reserved in expressions. */
const NAMES = { '#exp': 'exp', '#ttl': 'ttl', '#nonce': 'nonce', '#at': 'at', '#claim': 'claim' };
const names = (...used: (keyof typeof NAMES)[]) =>
  Object.fromEntries(used.map((name) => [name, NAMES[name]]));
const number = (value: number): AttributeValue => ({ N: String(value) });
const text = (value: string): AttributeValue => ({ S: value });
const seconds = (ms: number) => number(Math.ceil(ms / 1000));

export function recordItem(pk: string, body: Uint8Array, expiresAt: number): Item {
  return { pk: text(pk), body: { B: body }, exp: number(expiresAt), ttl: seconds(expiresAt) };
}

/** Over nothing, or over what DynamoDB has not got round to deleting. */
export function ifFree(now: number): Write<PutItemCommandInput> {
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR #exp <= :now',
    ExpressionAttributeNames: names('#exp'),
    ExpressionAttributeValues: { ':now': number(now) },
  };
}

/** Undefined when absent or expired. */
export function liveRecord(item: Item | undefined, now: number): StoredRecord | undefined {
  const expiresAt = Number(item?.exp?.N ?? 0);
  if (!item?.body?.B || expiresAt <= now) return undefined;
  const { nonce, at, claim } = item;
  return {
    body: new Uint8Array(item.body.B),
    expiresAt,
    ...(nonce?.S !== undefined && { nonce: nonce.S }),
    ...(at?.N !== undefined && { answeredAt: Number(at.N) }),
    ...(claim?.S !== undefined && { claim: claim.S }),
  };
}

/** The step, if its mark is free. Who fails finds in the item whether the mark is already its own. */
export function stepUpdate(step: Transition, now: number): Write<UpdateItemCommandInput> {
  const always = { ':now': number(now), ':mark': text(step.mark) };
  if (step.to === 'answered')
    return {
      ConditionExpression: '#exp > :now AND attribute_not_exists(#nonce)',
      UpdateExpression: 'SET #nonce = :mark, #at = :now, #exp = :exp, #ttl = :ttl',
      ExpressionAttributeNames: names('#exp', '#nonce', '#at', '#ttl'),
      ExpressionAttributeValues: {
        ...always,
        ':exp': number(now + step.ttlMs),
        ':ttl': seconds(now + step.ttlMs),
      },
    };
  return {
    ConditionExpression: '#exp > :now AND attribute_exists(#nonce) AND attribute_not_exists(#claim)',
    UpdateExpression: 'SET #claim = :mark, #exp = #exp + :more, #ttl = #ttl + :moreSeconds',
    ExpressionAttributeNames: names('#exp', '#nonce', '#claim', '#ttl'),
    ExpressionAttributeValues: {
      ...always,
      ':more': number(step.extendMs),
      ':moreSeconds': seconds(step.extendMs),
    },
  };
}

/** One attribute per window. Those of the last two stay: an instance whose clock is behind still reads them. */
const windowName = (index: number) => `w${index}`;
const KEPT_BEHIND = 2;
/** Windows that every hit clears away behind the kept ones. */
const CLEARED = 8;
/** Clocks differ; a counter outlives its windows by this much. */
const COUNTER_SLACK_MS = 60_000;

/** Counts in this window, and removes the stale ones in the same write. */
export function hitUpdate(hit: Hit, now: number): Write<UpdateItemCommandInput> {
  const index = Math.floor(now / hit.windowMs);
  const stale = Array.from({ length: CLEARED }, (_, i) => index - KEPT_BEHIND - 1 - i);
  return {
    UpdateExpression: `ADD #w :one SET #ttl = :ttl REMOVE ${stale.map((_, i) => `#s${i}`).join(', ')}`,
    ExpressionAttributeNames: {
      ...names('#ttl'),
      '#w': windowName(index),
      ...Object.fromEntries(stale.map((old, i) => [`#s${i}`, windowName(old)])),
    },
    ExpressionAttributeValues: {
      ':one': number(1),
      ':ttl': seconds((index + 2) * hit.windowMs + COUNTER_SLACK_MS),
    },
  };
}

export function tallyOfItem(item: Item | undefined, hit: Hit, now: number): Tally {
  return tallyOfWindows((index) => Number(item?.[windowName(index)]?.N ?? 0), hit, now);
}

/**
 * A visitor who comes once in a long while leaves windows that no hit clears. Once there are more than a few, this takes them
 * away; undefined while there are not.
 */
export function leftoverUpdate(item: Item, hit: Hit, now: number): Write<UpdateItemCommandInput> | undefined {
  const oldest = Math.floor(now / hit.windowMs) - KEPT_BEHIND;
  const left = Object.keys(item).filter((name) => /^w\d+$/.test(name) && Number(name.slice(1)) < oldest);
  if (left.length <= CLEARED) return undefined;
  return {
    UpdateExpression: `REMOVE ${left.map((_, i) => `#l${i}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(left.map((name, i) => [`#l${i}`, name])),
  };
}
