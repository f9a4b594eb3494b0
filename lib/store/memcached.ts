/**
 * The store on memcached, for fleets that have one (1.6 or later, for its meta commands). A record is one value, put by `ms` in add
 * mode and stepped by cas: read it, write it back if nobody else has; who loses the race reads again and finds the winner's mark.
 * A counter is one number per window, counted and created by one `ma`.
 *
 * **What is lost, and when.** Memcached keeps everything in memory: a restart, a flush or a server taken out of the list loses
 * what was there. A lost record only ever refuses: the visitor asks for a new challenge. A lost counter forgets its hits: a visitor at a
 * limit has the whole limit again. Without `-M` a full server evicts the least used, records and counters alike, with the same two
 * consequences. Started with `-M` it evicts nothing and refuses instead: a put or a hit that finds no room fails with
 * `store_full`; a step writes its record anew, and finding no room loses it as well (memcached drops the old value).
 *
 * Expiry: memcached counts whole seconds, rounded up here with one to spare; `exp` in milliseconds within the value decides. The clock is
 * the caller's: what lib/store/dynamodb.ts says of a difference of 30 s holds here. One round trip for put, hit and get; a step
 * with hits is two. Traffic is in the clear and without a password: keep the servers in a private network. No retries here.
 */
import { ConfigError, GlyphgateError, StoreError } from '../errors.ts';
import { fromUtf8 } from '../util/bytes.ts';
import { createMemcachedClient, type MemcachedClientOptions } from './memcached-client.ts';
import { inspectServers } from './memcached-inspect.ts';
import type { MetaCommand, MetaReply } from './memcached-protocol.ts';
import { packRecord, unpackRecord } from './memcached-record.ts';
import { applyStep } from './step.ts';
import type { Hit, PutOutcome, Store, StoredRecord, Tally, TransitionOutcome } from './store.ts';
import { tallyOfWindows } from './window.ts';

export interface MemcachedStoreOptions extends MemcachedClientOptions {
  /** Before every key, so that several deployments may share the servers; printable ASCII, at most 100. */
  readonly prefix?: string;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

/** Somebody else's write decides the matter for us, so a few tries always do; an expired record in the way is one more. */
const MAX_TRIES = 5;
const MAX_TTL_SECONDS = 30 * 86_400;
/** Clocks differ; a counter outlives its windows by this much. */
const COUNTER_SLACK_MS = 60_000;

export function createMemcachedStore(options: MemcachedStoreOptions): Store {
  const { prefix = '', clock = Date.now } = options;
  if (!/^[!-~]{0,100}$/.test(prefix))
    throw new ConfigError('memcached: expected a prefix of at most 100 printable characters without spaces');
  const client = createMemcachedClient(options);

  const ask = async (route: string, command: MetaCommand): Promise<MetaReply> => {
    if (!/^[!-~]{1,250}$/.test(command.key))
      throw new GlyphgateError('store_key_invalid', 'memcached: a key is too long or has spaces');
    const reply = await client.send(route, command);
    if (reply.code !== 'SE') return reply;
    const full = /out of memory/i.test(reply.message!);
    throw new StoreError(full ? 'store_full' : 'store_unavailable', `memcached store: ${reply.message}`);
  };

  const recordKey = (id: string) => `${prefix}r:${id}`;
  const read = async (id: string, now: number) => {
    const { value, flags } = await ask(id, { verb: 'mg', key: recordKey(id), flags: ['v', 'c'] });
    const record = value && unpackRecord(value);
    return { cas: flags.get('c'), record: record && record.expiresAt > now ? record : undefined };
  };
  const write = async (id: string, record: StoredRecord, now: number, condition: string) => {
    const flags = [condition, lifetime(record.expiresAt - now)];
    return (await ask(id, { verb: 'ms', key: recordKey(id), value: packRecord(record), flags })).code;
  };

  /** False: a live record has the id. */
  const putRecord = async (id: string, record: StoredRecord, now: number): Promise<boolean> => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      if ((await write(id, record, now, 'ME')) === 'HD') return true;
      const there = await read(id, now);
      if (there.record) return false;
      // Expired, but its last second is not over.
      if (there.cas !== undefined && (await write(id, record, now, `C${there.cas}`)) === 'HD') return true;
    }
    throw contended();
  };

  const count = async (hit: Hit): Promise<Tally> => {
    const now = clock();
    const index = Math.floor(now / hit.windowMs);
    const keyOf = (window: number) => `${prefix}c:${hit.key}:${window}`;
    const look = (window: number) => ask(hit.key, { verb: 'mg', key: keyOf(window), flags: ['v'] });
    const life = lifetime((index + 2) * hit.windowMs + COUNTER_SLACK_MS - now).slice(1);
    const flags = [`N${life}`, 'J1', 'D1', 'v'];
    const counted = hit.cost === 0 ? look(index) : ask(hit.key, { verb: 'ma', key: keyOf(index), flags });
    const [before, here, after] = await Promise.all([look(index - 1), counted, look(index + 1)]);
    if (hit.cost === 1 && here.code !== 'VA')
      throw new StoreError('store_unavailable', 'memcached store: not counted');
    const counts = new Map([
      [index - 1, numberOf(before)],
      [index, numberOf(here)],
      [index + 1, numberOf(after)],
    ]);
    return tallyOfWindows((window) => counts.get(window) ?? 0, hit, now);
  };
  const countAll = (hits: readonly Hit[]) => Promise.all(hits.map(count));

  return {
    kind: 'memcached',

    async put(id, body, ttlMs, hits = []): Promise<PutOutcome> {
      const now = clock();
      const expiresAt = now + ttlMs;
      const [tallies, stored] = await Promise.all([countAll(hits), putRecord(id, { body, expiresAt }, now)]);
      if (tallies.every(({ allowed }) => allowed))
        return { outcome: stored ? 'stored' : 'exists', tallies, expiresAt };
      // Nobody was told the id: if this fails, the record expires like any other.
      if (stored) await ask(id, { verb: 'md', key: recordKey(id), flags: [] }).catch(() => {});
      return { outcome: 'limited', tallies, expiresAt };
    },

    async get(id) {
      return (await read(id, clock())).record;
    },

    async transition(id, step, hits = []): Promise<TransitionOutcome> {
      const started = clock();
      // Reading early saves a round trip and decides nothing: only the cas does.
      let [tallies, there] = await Promise.all([countAll(hits), read(id, started)]);
      if (tallies.some(({ allowed }) => !allowed)) return { outcome: 'limited', tallies };
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const now = clock();
        const { outcome, next } = applyStep(there.record, step, now);
        if (!next) return { outcome: 'refused', tallies };
        if (outcome === 'repeated') return { outcome, record: next, tallies };
        const code = await write(id, next, now, `C${there.cas}`);
        if (code === 'HD') return { outcome, record: next, tallies };
        if (code === 'NF') return { outcome: 'refused', tallies };
        there = await read(id, now);
      }
      throw contended();
    },

    async hit(hits) {
      return countAll(hits);
    },

    async ping() {
      await client.sendAll({ verb: 'mg', key: `${prefix}ping`, flags: [] });
    },

    inspect: () => inspectServers(options.servers, clock),

    async close() {
      client.close();
    },
  };
}

/** At least `ms`: memcached's clock ticks once a second, so one second more. */
function lifetime(ms: number): string {
  return `T${Math.min(MAX_TTL_SECONDS, Math.max(1, Math.ceil(ms / 1000)) + 1)}`;
}

function numberOf({ value }: MetaReply): number {
  return value ? Number(fromUtf8(value)) : 0;
}

const contended = () =>
  new StoreError('store_unavailable', 'memcached store: too many writers of one record');
