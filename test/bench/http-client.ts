/**
 * A small load generator over keep-alive connections, one request in flight on each. Small on purpose: it shares the machine with the
 * server that it measures, so it must cost less than that server does. It reads as much of HTTP/1.1 as the servers here speak:
 * a status line, headers with a content length, a body.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly connections: number;
  /** Bytes of the next request, or undefined when there are no more. */
  next(): Buffer | undefined;
  /** Called with every reply. */
  onReply?(status: number, body: Buffer): void;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** How many replies had each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Body bytes received. */
  readonly bytes: number;
}

export function request(method: 'GET' | 'POST', path: string, body?: unknown): Buffer {
  const content = body === undefined ? '' : JSON.stringify(body);
  const headers = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Accept: */*'];
  if (body !== undefined)
    headers.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`);
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${content}`);
}

/** Sends until `next` has no more; every request that was sent is answered when the promise settles. */
export async function load(plan: Load): Promise<LoadResult> {
  const statuses: Record<string, number> = {};
  let requests = 0;
  let bytes = 0;
  const count = (status: number, length: number) => {
    requests++;
    bytes += length;
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const sockets = await Promise.all(Array.from({ length: plan.connections }, () => open(plan.port)));
  const start = performance.now();
  await Promise.all(sockets.map((socket) => converse(socket, plan, count)));
  const seconds = (performance.now() - start) / 1000;
  for (const socket of sockets) socket.destroy();
  return { requests, seconds, statuses, bytes };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

function converse(
  socket: Socket,
  plan: Load,
  count: (status: number, length: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let parts: Buffer[] = [];
    let held = 0;
    let expected: ReplyHead | undefined;

    const send = () => {
      const bytes = plan.next();
      if (bytes) socket.write(bytes);
      else resolve();
    };
    const finish = ({ status, bodyAt, total }: ReplyHead) => {
      count(status, total - bodyAt);
      plan.onReply?.(status, Buffer.concat(parts).subarray(bodyAt));
      parts = [];
      held = 0;
      expected = undefined;
      send();
    };
    socket.on('data', (part) => {
      held += part.length;
      // Once the head is known, a body that nobody reads is only counted.
      if (!expected || plan.onReply) parts.push(part);
      try {
        expected ??= readHead(parts.length === 1 ? part : Buffer.concat(parts));
      } catch (error) {
        return reject(error);
      }
      if (expected && held >= expected.total) finish(expected);
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('bench: the server closed a connection')));
    send();
  });
}

interface ReplyHead {
  readonly status: number;
  readonly bodyAt: number;
  readonly total: number;
}

function readHead(bytes: Buffer): ReplyHead | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (!length) throw new Error(`bench: expected a reply with a content length, got:\n${head}`);
  return { status: Number(head.slice(9, 12)), bodyAt: end + 4, total: end + 4 + Number(length[1]) };
}
