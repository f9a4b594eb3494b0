/** Requests to a deployment, each with a time limit, and what came back in a form that checks can be written against. */
import type { Reply, Wire } from './deployment-kit.ts';

/** No answer, or none in time. */
export class Unreachable extends Error {}

const MAX_BYTES = 4 * 2 ** 20;

export function openWire(url: URL, timeoutMs: number): Wire {
  const path = url.pathname.replace(/\/+$/, '') || '/api';
  const base = url.origin + path;
  const wire = {
    base,
    requests: 0,
    answered: 0,
    slowestMs: 0,
    async ask(way: string, { method, headers, body }: Parameters<Wire['ask']>[1] = {}): Promise<Reply> {
      wire.requests++;
      const started = performance.now();
      const response = await fetch(base + way, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: Error) => {
        throw unreachable(base, error, timeoutMs);
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      wire.answered++;
      wire.slowestMs = Math.max(wire.slowestMs, performance.now() - started);
      if (bytes.length > MAX_BYTES)
        throw new Error(`expected a reply of at most ${MAX_BYTES} bytes; got ${bytes.length}`);
      return { status: response.status, headers: response.headers, bytes, body: jsonOf(bytes) };
    },
  };
  return wire;
}

function jsonOf(bytes: Uint8Array): Reply['body'] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Reply['body']) : {};
  } catch {
    return {};
  }
}

function unreachable(base: string, error: Error, timeoutMs: number): Unreachable {
  if (error.name === 'TimeoutError')
    return new Unreachable(`${base} gave no answer in ${timeoutMs / 1000} s.`, { cause: error });
  const { code, message } = (error.cause ?? error) as { code?: string; message: string };
  const why =
    code === 'ENOTFOUND'
      ? 'there is no such host'
      : code === 'ECONNREFUSED'
        ? 'nothing listens there'
        : message;
  return new Unreachable(`${base} cannot be reached: ${why}.`, { cause: error });
}
