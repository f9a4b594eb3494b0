/**
 * A TCP proxy that misbehaves on demand, in front of any backend: Redis, memcached, an HTTP server. It knows no protocol: it
 * sees bytes of a client and bytes of the backend that follow them.
 *
 *     const proxy = await startFaultProxy({ port: redis.port });
 *     proxy.dropNextReply({ when: (request) => request.includes('EVALSHA') });
 *     await store.transition(…)   // done by the backend, rejects here: the connection was cut in place of the reply
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FaultProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Times that the backend answered something a client had said. Exact while no connection has two requests under way. */
  readonly roundTrips: number;
  /** Connections open now. */
  readonly open: number;
  /** Connections ever accepted. */
  readonly accepted: number;
  /** Replies that were swallowed by `dropNextReply`. */
  readonly dropped: number;
  /** Everything goes through again; what a stall held back goes on its way, unless its connection has gone. */
  pass(): void;
  /**
   * The next `times` requests reach the backend, which acts on them and answers; then the connection is cut without the reply.
   * `when` chooses by the bytes of the request as they arrive (a handshake must not count as the call): default any.
   */
  dropNextReply(options?: { times?: number; when?: (request: Buffer) => boolean }): void;
  /** Connections stay open and nothing arrives: requests are held back, or (`replies`) done and not answered. */
  stall(what?: 'requests' | 'replies'): void;
  /** Open connections are cut and new ones reset at once, until `pass`. */
  refuse(): void;
  /** Cuts the open connections once; new ones pass. */
  cut(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly backend: Socket;
  /** The client spoke last: what the backend says next is a reply. */
  waiting: boolean;
  /** The reply to what the client last said is to be lost. */
  doomed: boolean;
}

type Mode = 'pass' | 'requests' | 'replies' | 'refuse';

export async function startFaultProxy(target: { host?: string; port: number }): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  let mode: Mode = 'pass';
  let accepted = 0;
  let roundTrips = 0;
  let dropped = 0;
  let drops = 0;
  let wanted: (request: Buffer) => boolean = () => true;

  const cutPair = (pair: Pair) => {
    pairs.delete(pair);
    pair.client.resetAndDestroy();
    pair.backend.destroy();
  };
  const hold = (pair: Pair) => {
    if (mode === 'requests') pair.client.pause();
    else pair.client.resume();
    if (mode === 'replies') pair.backend.pause();
    else pair.backend.resume();
  };
  const setMode = (next: Mode) => {
    mode = next;
    for (const pair of pairs) hold(pair);
  };

  const server = createServer({ noDelay: true }, (client) => {
    if (mode === 'refuse') return void client.resetAndDestroy();
    accepted++;
    const backend = connect({ host: target.host ?? '127.0.0.1', port: target.port, noDelay: true });
    const pair: Pair = { client, backend, waiting: false, doomed: false };
    pairs.add(pair);
    client.on('data', (bytes) => {
      // What a stall held back may still come out of a connection that is cut.
      if (!pairs.has(pair)) return;
      pair.waiting = true;
      if (drops > 0 && !pair.doomed && wanted(bytes)) {
        drops--;
        pair.doomed = true;
      }
      backend.write(bytes);
    });
    backend.on('data', (bytes) => {
      if (pair.waiting) roundTrips++;
      pair.waiting = false;
      if (pair.doomed) {
        dropped++;
        return cutPair(pair);
      }
      client.write(bytes);
    });
    client.on('end', () => backend.end());
    backend.on('end', () => client.end());
    for (const socket of [client, backend]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        backend.destroy();
      });
    }
    hold(pair);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    get roundTrips() {
      return roundTrips;
    },
    get open() {
      return pairs.size;
    },
    get accepted() {
      return accepted;
    },
    get dropped() {
      return dropped;
    },
    pass() {
      drops = 0;
      setMode('pass');
    },
    dropNextReply({ times = 1, when = () => true } = {}) {
      drops = times;
      wanted = when;
    },
    stall: (what = 'requests') => setMode(what),
    refuse() {
      setMode('refuse');
      for (const pair of [...pairs]) cutPair(pair);
    },
    cut() {
      for (const pair of [...pairs]) cutPair(pair);
    },
    async close() {
      for (const pair of [...pairs]) cutPair(pair);
      server.close();
      await once(server, 'close');
    },
  };
}
