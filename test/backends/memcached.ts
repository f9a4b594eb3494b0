/** The real memcached on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

export interface Memcached {
  readonly port: number;
  /** As a store wants it. */
  readonly address: string;
  /** Kills it without a word and starts an empty one in its place. */
  restart(): Promise<void>;
  /** Kills it without a word. */
  kill(): Promise<void>;
  /** Every key and value it holds, as Latin-1. */
  dump(): Promise<string>;
  /** What it answers to one text command, up to `end`. */
  ask(command: string, end: string): Promise<string>;
  close(): Promise<void>;
}

export interface MemcachedSettings {
  /** MiB; default 64. */
  readonly memory?: number;
  /** Refuse instead of evicting (`-M`). */
  readonly noEviction?: boolean;
  /** Start without cas (`-C`). */
  readonly noCas?: boolean;
}

const MISSING =
  'The tests need memcached, which was not found. Install it: apt-get install memcached (macOS: brew install memcached).';

export async function startMemcached({
  memory = 64,
  noEviction = false,
  noCas = false,
}: MemcachedSettings = {}): Promise<Memcached> {
  const port = await freePort();
  const root = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const args = [
    '-l',
    '127.0.0.1',
    '-p',
    `${port}`,
    '-U',
    '0',
    '-m',
    `${memory}`,
    '-t',
    '2',
    ...(noEviction ? ['-M'] : []),
    ...(noCas ? ['-C'] : []),
    ...root,
  ];
  let child: ChildProcess | undefined;

  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const start = async () => {
    child = spawn('memcached', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    let failure: Error | undefined;
    child.on('error', (error: NodeJS.ErrnoException) => {
      failure = error.code === 'ENOENT' ? new Error(MISSING) : error;
    });
    for (let tries = 0; tries < 200; tries++) {
      if (await answers(port)) return;
      if (failure) throw failure;
      if (child.exitCode !== null) throw new Error(`memcached ended at once: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`memcached does not answer on port ${port}: ${said}`);
  };
  await start();

  return {
    port,
    address: `127.0.0.1:${port}`,
    async restart() {
      await stop();
      await start();
    },
    kill: stop,
    async dump() {
      const listed = await ask(port, 'lru_crawler metadump all\r\n', 'END\r\n');
      const keys = [...listed.matchAll(/^key=(\S+)/gm)].map(([, key]) => decodeURIComponent(key!));
      const values = keys.map((key) => ask(port, `mg ${key} k v\r\nmn\r\n`, 'MN\r\n'));
      return `${listed}${(await Promise.all(values)).join('')}`;
    },
    ask: (command, end) => ask(port, command, end),
    close: stop,
  };
}

function ask(port: number, command: string, end: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(command));
    socket.setEncoding('latin1').on('data', (piece) => {
      text += piece;
      if (text.includes(end)) socket.destroy();
    });
    socket.on('error', reject).on('close', () => resolve(text));
  });
}

const answers = (port: number) =>
  ask(port, 'version\r\n', '\r\n').then(
    (text) => text.startsWith('VERSION'),
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
