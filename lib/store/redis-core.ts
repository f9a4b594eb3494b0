/** The store on anything that runs the script: names the keys, keeps a call's keys in one place, reads the outcomes. */
import { StoreError } from '../errors.ts';
import { utf8 } from '../util/bytes.ts';
import { shardOf } from '../util/shard.ts';
import { inspectRedis } from './redis-inspect.ts';
import { type Operation, readReply, SCRIPT, type ScriptReply, scriptArguments } from './redis-script.ts';
import type { Hit, PutOutcome, Store, Tally, TransitionOutcome } from './store.ts';

/** A way to a server. Rejects with what the server or the connection said; repeats nothing. */
export interface RedisLink {
  /** `key` tells a cluster which node; undefined: any. */
  send(key: string | undefined, command: readonly string[]): Promise<unknown>;
  close(): Promise<void>;
}

export interface ScriptedStoreOptions {
  readonly kind: string;
  readonly link: RedisLink;
  /** Line that stands before the script. */
  readonly scriptHead?: string;
  readonly prefix?: string | undefined;
  /** Milliseconds since the epoch; default: the server's own clock. For tests. */
  readonly clock?: (() => number) | undefined;
  /** One call reaches one partition only. */
  readonly partitioned?: boolean | undefined;
}

export function createScriptedStore(options: ScriptedStoreOptions): Store {
  const { kind, link, scriptHead = '', prefix = 'glyphgate:', clock, partitioned = false } = options;
  const script = scriptHead + SCRIPT;
  let hash: Promise<string> | undefined;

  // The braces are Redis Cluster's hash tag: what has the same shard lives in the same slot.
  const recordKey = (id: string) => `${prefix}c:{${shardOf(id)}}:${id}`;
  const counterKey = (hit: Hit) => `${prefix}h:{${hit.shard}}:${hit.key}`;

  const send = async (key: string | undefined, command: readonly string[]) => {
    try {
      return await link.send(key, command);
    } catch (error) {
      if (isUnknownScript(error)) throw error;
      throw storeError(kind, error);
    }
  };

  const run = async (
    operation: Operation,
    id: string | undefined,
    datum: Uint8Array | string,
    ms: number,
    hits: readonly Hit[],
  ): Promise<ScriptReply> => {
    const keys = [...(id === undefined ? [] : [recordKey(id)]), ...hits.map(counterKey)];
    const rest = [`${keys.length}`, ...keys, ...scriptArguments(operation, clock?.(), datum, ms, hits)];
    hash ??= sha1(script);
    try {
      return readReply(await send(keys[0], ['EVALSHA', await hash, ...rest]));
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return readReply(await send(keys[0], ['EVAL', script, ...rest]));
    }
  };

  const count = async (hits: readonly Hit[]): Promise<readonly Tally[]> => {
    if (hits.length === 0) return [];
    if (!partitioned) return (await run('hit', undefined, '', 0, hits)).tallies;
    const tallies = new Map<Hit, Tally>();
    await Promise.all(
      [...new Set(hits.map(({ shard }) => shard))].map(async (shard) => {
        const near = hits.filter((hit) => hit.shard === shard);
        const { tallies: counted } = await run('hit', undefined, '', 0, near);
        near.forEach((hit, i) => {
          tallies.set(hit, counted[i]!);
        });
      }),
    );
    return hits.map((hit) => tallies.get(hit)!);
  };

  /** One call; two where the counters are out of the record's reach: they decide first. */
  const runOn = async (
    operation: Operation,
    id: string,
    datum: Uint8Array | string,
    ms: number,
    hits: readonly Hit[],
  ): Promise<ScriptReply> => {
    const shard = shardOf(id);
    if (!partitioned || hits.every((hit) => hit.shard === shard)) return run(operation, id, datum, ms, hits);
    const tallies = await count(hits);
    if (tallies.some(({ allowed }) => !allowed))
      return { outcome: 'limited', tallies, expiresAt: tallies[0]!.now + ms };
    return { ...(await run(operation, id, datum, ms, [])), tallies };
  };

  return {
    kind,
    async put(id, body, ttlMs, hits = []) {
      const { outcome, tallies, expiresAt } = await runOn('put', id, body, ttlMs, hits);
      return { outcome: outcome as PutOutcome['outcome'], tallies, expiresAt };
    },
    async get(id) {
      return (await run('get', id, '', 0, [])).record;
    },
    async transition(id, step, hits = []) {
      const { outcome, record, tallies } = await (step.to === 'answered'
        ? runOn('answer', id, step.mark, step.ttlMs, hits)
        : runOn('redeem', id, step.mark, step.extendMs, hits));
      return { outcome, ...(record && { record }), tallies } as TransitionOutcome;
    },
    hit: count,
    async ping() {
      await send(undefined, ['PING']);
    },
    inspect: () => inspectRedis((command) => send(undefined, command)),
    close: () => link.close(),
  };
}

/** An `AggregateError` of refused connections has only a code. */
const messageOf = (error: unknown) =>
  error instanceof Error ? error.message || (error as { code?: string }).code || error.name : String(error);

/** The server has not seen the script yet, or has forgotten it: nothing was done. */
const isUnknownScript = (error: unknown) =>
  !(error instanceof StoreError) && messageOf(error).startsWith('NOSCRIPT');

/** Redis says OOM, Upstash speaks of the plan's size. */
function storeError(kind: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = messageOf(error);
  const code = /\bOOM\b|max data size/i.test(message) ? 'store_full' : 'store_unavailable';
  return new StoreError(code, `${kind}: ${message}`, { cause: error });
}

async function sha1(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', utf8(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
