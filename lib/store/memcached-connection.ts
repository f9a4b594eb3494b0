/**
 * One server of memcached: a pipelined connection, opened when first needed and again after a loss. Replies come in the order of the
 * commands, and each has to echo its command's number; a reply out of place means that nothing after it can be trusted.
 */
import type { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import { ConfigError, StoreError } from '../errors.ts';
import { commandBytes, createReplyReader, type MetaCommand, type MetaReply } from './memcached-protocol.ts';

const GRACE_MS = 50;

interface Pending {
  readonly opaque: string;
  resolve(reply: MetaReply): void;
  reject(error: Error): void;
}

export function openConnection(name: string, timeoutMs: number, maxPending: number) {
  const address = addressOf(name);
  const pending: Pending[] = [];
  let socket: Socket | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let heard = 0;
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

  /** A process that was busy finds its timer due before it has read what came meanwhile: it gets a moment to do so. */
  const doubt = (silent: Socket) => {
    const before = heard;
    silence = setTimeout(() => {
      if (heard === before) lose(silent, new Error(`silent for ${timeoutMs} ms`));
      else if (pending.length > 0) silence = setTimeout(() => doubt(silent), timeoutMs);
    }, GRACE_MS);
  };

  const open = (): Socket => {
    const fresh = connect({ ...address, noDelay: true, keepAlive: true });
    const read = createReplyReader((reply) => {
      heard++;
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
        silence = setTimeout(() => doubt(on), timeoutMs);
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
