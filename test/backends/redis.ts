/** A real redis-server of a test's own: a free port, nothing on disk unless the test names a folder, gone when the test is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** One command by hand, outside of every count. Replies are decoded; error replies reject. */
  command(...words: (string | number)[]): Promise<RespValue>;
  /** Stops the process as it is, without a farewell; memory is lost unless the configuration persists it. */
  kill(): Promise<void>;
  /** After `kill`: the same port and configuration. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export type RespValue = string | number | null | RespValue[];
export type RedisConfig = Readonly<Record<string, string | number>>;

const INSTALL = 'apt-get install -y --no-install-recommends redis-server';

export async function startRedis(config: RedisConfig = {}): Promise<RedisServer> {
  const port = await freePort();
  const settings = { bind: '127.0.0.1', save: '', appendonly: 'no', ...config, port };
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  let child: ChildProcess | undefined;

  const start = async () => {
    const started = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let said = '';
    const listen = (bytes: Buffer) => {
      said = (said + bytes).slice(-4000);
    };
    started.stdout.on('data', listen);
    started.stderr.on('data', listen);
    const missing = new Promise<never>((_, reject) =>
      started.once('error', (cause) =>
        reject(new Error(`These tests need redis-server. On Debian or Ubuntu: ${INSTALL}`, { cause })),
      ),
    );
    const up = async () => {
      for (let tries = 0; tries < 400; tries++) {
        if (started.exitCode !== null) break;
        try {
          if ((await ask(port, config.requirepass, ['PING'])) === 'PONG') return;
        } catch {}
        await sleep(10);
      }
      throw new Error(`redis-server does not answer on port ${port}:\n${said}`);
    };
    await Promise.race([up(), missing]);
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  await start();

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: (...words) => ask(port, config.requirepass, words),
    kill,
    start,
    stop: kill,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One command on a connection of its own. */
async function ask(port: number, password: string | number | undefined, words: readonly (string | number)[]) {
  const redis = openResp(port);
  try {
    if (password !== undefined) await redis.send(['AUTH', String(password)]);
    return await redis.send(words.map(String));
  } finally {
    redis.close();
  }
}

/** The protocol in forty lines, so that what checks the store does not stand on the client that the store uses. */
export function openResp(port: number) {
  const waiting: { resolve(value: RespValue): void; reject(error: Error): void }[] = [];
  let held: Buffer = Buffer.alloc(0);
  let gone: Error | undefined;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const fail = (error: Error) => {
    gone ??= error;
    for (const { reject } of waiting.splice(0)) reject(gone);
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('redis: connection closed')));
  socket.on('data', (bytes) => {
    held = Buffer.concat([held, bytes]);
    let at = 0;
    for (let read = parse(held, at); waiting.length > 0 && read; read = parse(held, at)) {
      const { resolve, reject } = waiting.shift()!;
      if (read.value instanceof Error) reject(read.value);
      else resolve(read.value);
      at = read.end;
    }
    held = held.subarray(at);
  });
  return {
    send: (words: readonly string[]) =>
      new Promise<RespValue>((resolve, reject) => {
        if (gone) return reject(gone);
        waiting.push({ resolve, reject });
        const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
        socket.write(`*${words.length}\r\n${parts.join('')}`);
      }),
    close: () => socket.destroy(),
  };
}

function parse(bytes: Buffer, at: number): { value: RespValue | Error; end: number } | undefined {
  const line = bytes.indexOf('\r\n', at);
  if (line < 0) return undefined;
  const text = bytes.toString('latin1', at + 1, line);
  const after = line + 2;
  const length = Number(text);
  switch (bytes[at]) {
    case 0x2d: // -
      return { value: new Error(bytes.toString('utf8', at + 1, line)), end: after };
    case 0x3a: // :
      return { value: length, end: after };
    case 0x24: // $
      if (length < 0) return { value: null, end: after };
      if (bytes.length < after + length + 2) return undefined;
      return { value: bytes.toString('latin1', after, after + length), end: after + length + 2 };
    case 0x2a: {
      // *
      const items: RespValue[] = [];
      let end = after;
      for (let i = 0; i < length; i++) {
        const item = parse(bytes, end);
        if (!item) return undefined;
        items.push(item.value instanceof Error ? item.value.message : item.value);
        end = item.end;
      }
      return { value: length < 0 ? null : items, end };
    }
    default: // +
      return { value: text, end: after };
  }
}

/** Everything that a server holds, as text, each value a second time with its base64 undone. */
export async function dumpRedis({ port }: { port: number }): Promise<string> {
  const redis = openResp(port);
  try {
    const parts: string[] = [];
    let cursor = '0';
    do {
      const [next, keys] = (await redis.send(['SCAN', cursor, 'COUNT', '1000'])) as [string, string[]];
      cursor = next;
      for (const key of keys) {
        const hash = (await redis.send(['TYPE', key])) === 'hash';
        const values = [await redis.send(hash ? ['HGETALL', key] : ['GET', key])].flat() as string[];
        const raw = (await redis.send(['DUMP', key])) as string | null;
        const decoded = values.map((value) => Buffer.from(value, 'base64url').toString('latin1'));
        parts.push(key, ...values, ...decoded, raw ?? '');
      }
    } while (cursor !== '0');
    return parts.join('\n');
  } finally {
    redis.close();
  }
}
