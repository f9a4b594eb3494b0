/**
 * The store on DynamoDB: one table with the string key `pk` and the TTL attribute `ttl`. A step is one conditional UpdateItem, a
 * hit one UpdateItem per counter, a read is strongly consistent. DynamoDB has no cheap call over several items, so a step
 * with hits is two calls, one after the other, and a put with hits is all of them at once: when a limit refuses, the record
 * just put is deleted again, at best effort; nobody was told its id, and it expires like any other.
 *
 * The conditions use the caller's clock. Instances may differ by 30 s: one that is ahead sees a record expire 30 s
 * early, one that is behind still takes an answer or a token 30 s late, and their hits near a window's edge fall on either
 * side of it. No clock ever makes a step happen twice: marks are write-once whatever the time.
 *
 * One write region. On a global table with eventual consistency two regions would each take a step once; use one region, or
 * multi-region strong consistency. No retries here, the SDK's own are off: whoever wraps the store decides.
 */
import type {
  DeleteItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { StoreError } from '../errors.ts';
import {
  hitUpdate,
  type Item,
  ifFree,
  leftoverUpdate,
  liveRecord,
  recordItem,
  stepUpdate,
  tallyOfItem,
} from './dynamodb-items.ts';
import type { Finding, Hit, PutOutcome, Store, Tally, TransitionOutcome } from './store.ts';

/** The calls that the store makes. Inputs and outputs are DynamoDB's own; binary attributes are bytes. */
export interface DynamoCalls {
  readonly GetItem: GetItemCommandInput;
  readonly PutItem: PutItemCommandInput;
  readonly UpdateItem: UpdateItemCommandInput;
  readonly DeleteItem: DeleteItemCommandInput;
}

export interface DynamoReply {
  readonly Item?: Item | undefined;
  readonly Attributes?: Item | undefined;
}

/**
 * A way to a table: the AWS SDK's client (dynamodb.ts), or HTTP and a signature where every millisecond of a cold start counts
 * (dynamodb-direct.ts). Repeats nothing. Rejects with an error that has DynamoDB's name for it, and the `Item` where DynamoDB sends it.
 */
export interface DynamoLink {
  call<Name extends keyof DynamoCalls>(
    name: Name,
    input: DynamoCalls[Name],
    signal: AbortSignal,
  ): Promise<DynamoReply>;
  inspect?(clock: () => number): Promise<Finding[]>;
  close(): void;
}

export interface DynamoTableOptions {
  readonly table: string;
  /** Before every key, so that several deployments may share a table. */
  readonly prefix?: string | undefined;
  /** After so long a call is given up and its socket freed, in ms; default 3,000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly clock?: (() => number) | undefined;
}

export function createDynamoTableStore(link: DynamoLink, options: DynamoTableOptions): Store {
  const { table, prefix = '', timeoutMs = 3000, clock = Date.now } = options;
  const recordKey = (id: string) => ({ pk: { S: `${prefix}r:${id}` } });
  const counterKey = (hit: Hit) => ({ pk: { S: `${prefix}c:${hit.key}` } });
  const call = <Name extends keyof DynamoCalls>(name: Name, input: Omit<DynamoCalls[Name], 'TableName'>) =>
    link.call(
      name,
      { ...input, TableName: table } as unknown as DynamoCalls[Name],
      AbortSignal.timeout(timeoutMs),
    );

  const read = async (Key: ReturnType<typeof recordKey>, ConsistentRead = true) =>
    (await call('GetItem', { Key, ConsistentRead })).Item;

  const count = async (hit: Hit): Promise<Tally> => {
    const now = clock();
    const Key = counterKey(hit);
    if (hit.cost === 0) return tallyOfItem(await read(Key), hit, now);
    const update = { Key, ...hitUpdate(hit, now), ReturnValues: 'ALL_NEW' } as const;
    const { Attributes: item = {} } = await call('UpdateItem', update);
    const leftover = leftoverUpdate(item, hit, now);
    if (leftover) await call('UpdateItem', { Key, ...leftover }).catch(() => {});
    return tallyOfItem(item, hit, now);
  };
  const countAll = (hits: readonly Hit[]) => Promise.all(hits.map(count));

  /** False: a live record has the id. */
  const putRecord = (id: string, body: Uint8Array, expiresAt: number, now: number): Promise<boolean> => {
    const Item = recordItem(recordKey(id).pk.S, body, expiresAt);
    return call('PutItem', { Item, ...ifFree(now) }).then(
      () => true,
      (error) => {
        if (isFailedCondition(error)) return false;
        throw error;
      },
    );
  };

  return {
    kind: 'dynamodb',

    put: translated(async (id, body, ttlMs, hits = []): Promise<PutOutcome> => {
      const now = clock();
      const expiresAt = now + ttlMs;
      const [tallies, stored] = await Promise.all([countAll(hits), putRecord(id, body, expiresAt, now)]);
      if (tallies.every(({ allowed }) => allowed))
        return { outcome: stored ? 'stored' : 'exists', tallies, expiresAt };
      if (stored) await call('DeleteItem', { Key: recordKey(id) }).catch(() => {});
      return { outcome: 'limited', tallies, expiresAt };
    }),

    get: translated(async (id) => liveRecord(await read(recordKey(id)), clock())),

    transition: translated(async (id, step, hits = []): Promise<TransitionOutcome> => {
      const tallies = await countAll(hits);
      if (tallies.some(({ allowed }) => !allowed)) return { outcome: 'limited', tallies };
      const now = clock();
      const Key = recordKey(id);
      try {
        const { Attributes } = await call('UpdateItem', {
          Key,
          ...stepUpdate(step, now),
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        });
        return { outcome: 'done', record: liveRecord(Attributes, 0)!, tallies };
      } catch (error) {
        if (!isFailedCondition(error)) throw error;
        // Servers that are only compatible may not send the item; marks are write-once, so reading it a moment later is as good.
        const record = liveRecord(error.Item ?? (await read(Key)), now);
        const held = step.to === 'answered' ? record?.nonce : record?.claim;
        return record && held === step.mark
          ? { outcome: 'repeated', record, tallies }
          : { outcome: 'refused', tallies };
      }
    }),

    hit: translated(countAll),

    ping: translated(async () => {
      await read({ pk: { S: `${prefix}ping` } }, false);
    }),

    ...(link.inspect && { inspect: translated(async () => (await link.inspect?.(clock)) ?? []) }),
    async close() {
      link.close();
    },
  };
}

function isFailedCondition(error: unknown): error is Error & { readonly Item?: Item } {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

function translated<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return (...args) =>
    work(...args).catch((cause: unknown) => {
      const name = cause instanceof Error ? cause.name : 'unknown';
      if (THROTTLED.has(name))
        throw new StoreError('store_unavailable', `dynamodb store: throttled (${name})`, {
          cause,
          retryAfterSeconds: 2,
        });
      throw new StoreError('store_unavailable', `dynamodb store: the call failed (${name})`, { cause });
    });
}
