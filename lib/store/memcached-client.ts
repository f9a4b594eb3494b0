/**
 * A small client of memcached's meta commands: one pipelined connection per server, opened when first needed and again after a
 * loss. Nothing is queued for a server that is away: a failed connect fails everything that waited for it, and so does a
 * server that stays silent. No key ever moves to another server because its own is away.
 *
 * Why our own: the clients on npm speak the older commands; none does what the store needs in one atomic command (count and create
 * with a lifetime, `ma … N`), and those with cas send one command at a time per connection.
 */
import type { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import { ConfigError, StoreError } from '../errors.ts';
import { commandBytes, createReplyReader, type MetaCommand, type MetaReply } from './memcached-protocol.ts';

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

interface Pending {
  readonly opaque: string;
  resolve(reply: MetaReply): void;
  reject(error: Error): void;
}

export function createMemcachedClient(options: MemcachedClientOptions): MemcachedClient {
  const { servers, timeoutMs = 1000, maxPending = 20_000 } = options;
  if (servers.length === 0)
    throw new ConfigError('memcached: expected at least one server, such as 127.0.0.1:11211');
  const nodes = servers.map((name) => ({ seed: hash(name), node: createNode(name, timeoutMs, maxPending) }));
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

function createNode(name: string, timeoutMs: number, maxPending: number) {
  const address = addressOf(name);
  const pending: Pending[] = [];
  let socket: Socket | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let closed = false;

  const lose = (lost: Socket, cause?: Error) => {
    if (lost !== socket) return;
    socket = undefined;
    clearTimeout(silence);
    lost.destroy();
    const why = cause?.message ?? 'the connection was closed';
    for (const each of pending.splice(0))
      each.reject(new StoreError('store_unavailable', `memcached ${name}: ${why}`, { cause }));
  };

  const open = (): Socket => {
    const fresh = connect({ ...address, noDelay: true, keepAlive: true });
    const read = createReplyReader((reply) => {
      const first = pending.shift();
      const echo = reply.flags.get('O');
      const silent = reply.code === 'SE' || reply.code === 'EN';
      if (!first || (echo !== first.opaque && !(silent && echo === undefined))) {
        if (first) pending.unshift(first);
        throw new Error('a reply to something else');
      }
      first.resolve(reply);
    });
    fresh.on('data', (bytes: Buffer) => {
      if (fresh !== socket) return;
      try {
        read(bytes);
      } catch (error) {
        return lose(fresh, error as Error);
      }
      if (pending.length > 0) silence?.refresh();
      else {
        clearTimeout(silence);
        fresh.unref();
      }
    });
    fresh.on('error', (error) => lose(fresh, error));
    fresh.on('close', () => lose(fresh));
    return fresh;
  };

  return {
    send(command: MetaCommand): Promise<MetaReply> {
      const refuse = (why: string) =>
        Promise.reject(new StoreError('store_unavailable', `memcached ${name}: ${why}`));
      if (closed) return refuse('closed');
      if (pending.length >= maxPending) return refuse(`${maxPending} commands under way`);
      socket ??= open();
      const on = socket;
      if (pending.length === 0) {
        on.ref();
        silence = setTimeout(() => lose(on, new Error(`silent for ${timeoutMs} ms`)), timeoutMs);
      }
      const opaque = (asked++).toString(36);
      return new Promise((resolve, reject) => {
        pending.push({ opaque, resolve, reject });
        // One packet for all commands of one turn.
        if (on.writableCorked === 0) {
          on.cork();
          queueMicrotask(() => on.uncork());
        }
        on.write(commandBytes(command, opaque));
      });
    },
    close() {
      closed = true;
      if (socket) lose(socket);
    },
  };
}

const ADDRESS = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s[\]:/]+))(?::(\d{1,5}))?$/;

export function addressOf(name: string): { host: string; port: number } | { path: string } {
  if (name.startsWith('/')) return { path: name };
  const [, v6, host, port = '11211'] = ADDRESS.exec(name) ?? [];
  if ((v6 ?? host) === undefined || Number(port) > 65_535 || Number(port) === 0)
    throw new ConfigError(`memcached: expected host:port, got ${JSON.stringify(name)}`);
  return { host: (v6 ?? host)!, port: Number(port) };
}
