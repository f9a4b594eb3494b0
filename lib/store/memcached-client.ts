/**
 * A small client of memcached's meta commands: one pipelined connection per server, opened when first needed and again after a
 * loss. Nothing is queued for a server that is away: a failed connect fails everything that waited for it, and so does a
 * server that stays silent. No key ever moves to another server because its own is away.
 *
 * Why our own: the well-kept clients on npm (memjs, memcache, memcache-client) speak the older commands only, and those cannot count and
 * create with a lifetime in one step (`ma … N`) nor tell by an echo whom a reply answers.
 */
import { ConfigError } from '../errors.ts';
import { openConnection } from './memcached-connection.ts';
import type { MetaCommand, MetaReply } from './memcached-protocol.ts';

export interface MemcachedClient {
  /** `route` decides on the server, so that several keys can live together. */
  send(route: string, command: MetaCommand): Promise<MetaReply>;
  /** To every server. */
  sendAll(command: MetaCommand): Promise<readonly MetaReply[]>;
  close(): void;
}

export interface MemcachedClientOptions {
  /** `host:port`, `[v6]:port`, a host alone (port 11211) or the path of a socket. */
  readonly servers: readonly string[];
  /** A server silent for so long, with something asked of it, is cut off; in ms, default 1,000. */
  readonly timeoutMs?: number;
  /** Commands under way per server; more are refused at once. Default 20,000. */
  readonly maxPending?: number;
}

export function createMemcachedClient(options: MemcachedClientOptions): MemcachedClient {
  const { servers, timeoutMs = 1000, maxPending = 20_000 } = options;
  if (servers.length === 0)
    throw new ConfigError('memcached: expected at least one server, such as 127.0.0.1:11211');
  const nodes = servers.map((name) => ({
    seed: hash(name),
    node: openConnection(name, timeoutMs, maxPending),
  }));
  return {
    send: (route, command) => choose(nodes, route).node.send(command),
    sendAll: (command) => Promise.all(nodes.map(({ node }) => node.send(command))),
    close() {
      for (const { node } of nodes) node.close();
    },
  };
}

/** Rendezvous hashing (Thaler and Ravishankar 1998): a server that joins or leaves moves only its own keys. */
function choose<T extends { readonly seed: number }>(nodes: readonly T[], route: string): T {
  if (nodes.length === 1) return nodes[0]!;
  const key = hash(route);
  return nodes.reduce((best, node) => (mix(node.seed ^ key) > mix(best.seed ^ key) ? node : best));
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}

/** MurmurHash3's finalizer. */
function mix(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
