/**
 * The store on Redis (or Valkey), version 5 or later, over TCP. Every operation is one script call, so one round trip.
 *
 * What it promises: exactly one `done` for each mark of a record, for as long as the server keeps what it has acknowledged. What can
 * undo that: an asynchronous failover may lose the last writes, so a step acknowledged within the replication lag could be taken again
 * on the new primary (`WAIT` and `min-replicas-to-write` narrow the gap, nothing closes it); a restart without AOF loses everything,
 * which only ever refuses. `maxmemory-policy` must be `noeviction`: then a full server refuses every write, answers included
 * (`store_full`), spends nothing and keeps what it holds. Any other policy evicts live records and counters: a challenge is lost, and an
 * evicted counter starts again at zero. Expiry goes by the server's clock: the clocks of the instances need not agree.
 *
 * The connection is made by the first call that needs it, and again by the first call after it was lost; while a server is away
 * every call fails at once, nothing waits in a queue. A connection that owes an answer for too long is given up for a new one.
 */
import { createClient, createCluster, ErrorReply } from 'redis';
import { ConfigError, StoreError } from '../errors.ts';
import { createScriptedStore, type RedisLink } from './redis-core.ts';
import type { Store } from './store.ts';

export interface RedisStoreOptions {
  /** `redis[s]://[user:password@]host[:port][/database]`; for a cluster any of its nodes. */
  readonly url: string;
  /** Before every key; default `glyphgate:`. */
  readonly prefix?: string | undefined;
  /** The server is a Redis Cluster: a call whose counters live in another slot than its record is made in two. */
  readonly cluster?: boolean | undefined;
  /** Milliseconds without an answer after which a connection is given up; default 2,000. */
  readonly stallMs?: number | undefined;
  /** Milliseconds since the epoch; default: the server's own clock. For tests. */
  readonly clock?: (() => number) | undefined;
}

const READ_FIRST_MS = 50;

export function createRedisStore(options: RedisStoreOptions): Store {
  checkUrl(options.url);
  const { cluster = false, stallMs = 2000 } = options;
  return createScriptedStore({
    kind: 'redis',
    link: linkTo((onLost) => (cluster ? dialCluster : dial)(options.url, onLost), stallMs),
    prefix: options.prefix,
    clock: options.clock,
    partitioned: cluster,
  });
}

interface Connection {
  readonly ready: Promise<unknown>;
  send(key: string | undefined, command: string[]): Promise<unknown>;
  destroy(): void;
}

function linkTo(dialUp: (onLost: () => void) => Connection, stallMs: number): RedisLink {
  let current: Connection | undefined;
  let closed = false;

  const drop = (connection: Connection) => {
    if (current !== connection) return;
    current = undefined;
    connection.destroy();
  };
  const connect = () => {
    // In a microtask: the calls under way first hear what really happened.
    const connection = dialUp(() => queueMicrotask(() => drop(connection)));
    return connection;
  };

  return {
    async send(key, command) {
      if (closed) throw new StoreError('store_unavailable', 'redis: the store is closed');
      current ??= connect();
      const connection = current;
      // In two steps: a process that was busy itself first reads what has come meanwhile.
      let watch = setTimeout(() => {
        watch = setTimeout(() => drop(connection), READ_FIRST_MS);
      }, stallMs);
      try {
        await connection.ready;
        return await connection.send(key, [...command]);
      } catch (error) {
        // A server's reply leaves the connection sound, unless it says that this is no primary any more.
        if (!(error instanceof ErrorReply) || error.message.startsWith('READONLY')) drop(connection);
        throw error;
      } finally {
        clearTimeout(watch);
      }
    },
    async close() {
      closed = true;
      if (current) drop(current);
    },
  };
}

/** No reconnecting and no queue of its own: what a call finds broken the next call makes anew. RESP 2 needs no handshake. */
const settings = {
  RESP: 2,
  disableOfflineQueue: true,
  disableClientInfo: true,
  maintNotifications: 'disabled',
  socket: { reconnectStrategy: false, connectTimeout: 2000 },
} as const;

function dial(url: string, onLost: () => void): Connection {
  const client = createClient({ url, ...settings });
  client.on('error', onLost);
  return {
    ready: settled(client.connect()),
    send: (_, command) => client.sendCommand(command),
    destroy: () => client.destroy(),
  };
}

/** What a URL says goes for its own node only; the nodes that it leads to need it as well. */
function dialCluster(url: string, onLost: () => void): Connection {
  const { username, password, protocol } = new URL(url);
  const credentials = {
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
  const { RESP, ...rest } = settings;
  const socket = protocol === 'rediss:' ? { ...rest.socket, tls: true as const } : rest.socket;
  const cluster = createCluster({
    RESP,
    rootNodes: [{ url }],
    defaults: { ...rest, socket, ...credentials },
  });
  cluster.on('error', onLost).on('node-error', onLost);
  return {
    ready: settled(cluster.connect()),
    send: (key, command) => cluster.sendCommand(key, false, command),
    destroy: () => cluster.destroy(),
  };
}

/** A rejection that nobody may be waiting for. */
function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Says what is wrong without saying what it was: the URL holds the password. */
function checkUrl(url: string): void {
  if (URL.canParse(url) && decodable(url)) {
    const { protocol, hostname } = new URL(url);
    if (/^rediss?:$/.test(protocol) && hostname !== '') return;
  }
  throw new ConfigError(
    'redis: expected a URL such as redis://localhost:6379 or rediss://user:password@host',
  );
}

function decodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}
