/**
 * The store on Cloudflare's Durable Objects. An object is one thread with a database of its own, so what it does is atomic, and
 * its replies wait until the write is durable. Records and counters are spread over objects by shard (durable-object-place.ts); a
 * visitor's challenges and counters share one, near that visitor, so that generate is a single call.
 *
 * Counters that live in another object than the record are asked first: those of a site as a whole, and those of a visitor who answers from another region
 * than the challenge was given out in. Errors are not retried here; the guard does that.
 */
import { StoreError } from '../errors.ts';
import { shardOf } from '../util/shard.ts';
import { type LocationHint, MAX_SHARDS, placeOf } from './durable-object-place.ts';
import type { Shard } from './durable-object-shard.ts';
import type { Hit, Store, Tally } from './store.ts';
import { isLimited } from './window.ts';

/** A shard as its caller sees it: every call is a message. */
export type RemoteShard = {
  readonly [Name in 'put' | 'get' | 'transition' | 'hit']: (
    ...args: Parameters<Shard[Name]>
  ) => Promise<ReturnType<Shard[Name]>>;
} & { ping(): Promise<void> };

/** What of the platform's `DurableObjectNamespace` is used. */
export interface ShardNamespace {
  getByName(name: string, options?: { locationHint?: LocationHint }): RemoteShard;
}

export interface DurableObjectStoreOptions {
  readonly namespace: ShardNamespace;
  /** Objects of a region, 1 … 16; default 8. Another number leaves the records of before behind. */
  readonly shards?: number;
}

export function createDurableObjectStore({ namespace, shards = 8 }: DurableObjectStoreOptions): Store {
  if (!Number.isInteger(shards) || shards < 1 || shards > MAX_SHARDS)
    throw new RangeError(`createDurableObjectStore: expected 1 to ${MAX_SHARDS} shards, got ${shards}`);

  // A stub that has failed stays broken, and a new one costs nothing.
  const call = async <T>(shard: number, work: (object: RemoteShard) => Promise<T>): Promise<T> => {
    const { name, hint } = placeOf(shard, shards);
    try {
      return await work(namespace.getByName(name, hint ? { locationHint: hint } : {}));
    } catch (error) {
      throw new StoreError('store_unavailable', `durable-object: ${(error as Error).message}`, {
        cause: error,
      });
    }
  };
  const nameOf = (shard: number) => placeOf(shard, shards).name;

  const count = async (hits: readonly Hit[]): Promise<readonly Tally[]> => {
    const tallies = new Map<Hit, Tally>();
    await Promise.all(
      [...Map.groupBy(hits, ({ shard }) => nameOf(shard)).values()].map(async (near) => {
        const counted = await call(near[0]!.shard, (object) => object.hit(near));
        for (const [i, hit] of near.entries()) tallies.set(hit, counted[i]!);
      }),
    );
    return hits.map((hit) => tallies.get(hit)!);
  };

  /** What the record's object makes of the call, with the hits that live there riding along; those of elsewhere are asked first. */
  const ride = async <T extends { readonly tallies: readonly Tally[] }>(
    id: string,
    hits: readonly Hit[],
    work: (object: RemoteShard, near: readonly Hit[]) => Promise<T>,
  ): Promise<T | { readonly outcome: 'limited'; readonly tallies: readonly Tally[] }> => {
    const shard = shardOf(id);
    const home = nameOf(shard);
    const isNear = (hit: Hit) => nameOf(hit.shard) === home;
    if (hits.every(isNear)) return call(shard, (object) => work(object, hits));
    const near = hits.filter(isNear);
    const far = hits.filter((hit) => !isNear(hit));
    const counted = new Map<Hit, Tally>();
    const note = (of: readonly Hit[], tallies: readonly Tally[]) => {
      for (const [i, hit] of of.entries()) counted.set(hit, tallies[i]!);
    };
    const inOrder = () => hits.map((hit) => counted.get(hit)!);
    note(far, await count(far));
    if (isLimited([...counted.values()])) {
      // Every hit of a call counts, whichever of them refuses it.
      note(near, await count(near));
      return { outcome: 'limited', tallies: inOrder() };
    }
    const done = await call(shard, (object) => work(object, near));
    note(near, done.tallies);
    return { ...done, tallies: inOrder() };
  };

  return {
    kind: 'durable-object',

    async put(id, body, ttlMs, hits = []) {
      const put = await ride(id, hits, (object, near) => object.put(id, body, ttlMs, near));
      const { outcome, tallies } = put;
      if (outcome === 'full')
        throw new StoreError('store_full', `durable-object: ${nameOf(shardOf(id))} is full`);
      return { outcome, tallies, expiresAt: 'expiresAt' in put ? put.expiresAt : tallies[0]!.now + ttlMs };
    },

    get: (id) => call(shardOf(id), (object) => object.get(id)),

    transition: (id, step, hits = []) => ride(id, hits, (object, near) => object.transition(id, step, near)),

    hit: count,
    ping: () => call(0, (object) => object.ping()),
    async close() {},
  };
}
