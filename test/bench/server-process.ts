/** The two servers under load, each in its own process with the CPU probe in it. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { answerOf } from './child.ts';

export interface ServerProcess {
  readonly port: number;
  /** CPU time that the process has used so far, microseconds. */
  cpuMicros(): Promise<number>;
  stop(): void;
}

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const HIGH = '1000000/60s';

/** The local server as it runs in production (no demo), with keys of its own and limits that a load generator does not meet. */
export async function startOurs(): Promise<ServerProcess> {
  const port = await freePort();
  const child = start('../../functions/node.ts', {
    NODE_ENV: 'production',
    GLYPHGATE_MASTER_KEY: randomBytes(48).toString('base64url'),
    GLYPHGATE_SITEKEY: 'bench',
    GLYPHGATE_SECRET: randomBytes(48).toString('base64url'),
    GLYPHGATE_PROFILE: 'standard',
    // A line a request would go through this terminal; what one costs stands in docs/operate.md
    GLYPHGATE_LOG: 'errors',
    PORT: String(port),
    GLYPHGATE_LIMIT_GENERATE: HIGH,
    GLYPHGATE_LIMIT_VERIFY: HIGH,
    GLYPHGATE_LIMIT_FAILED: HIGH,
  });
  await healthy(child, port);
  return serverProcess(child, port);
}

export async function startConstant(bodies: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = start('./constant-server.ts', {});
  child.send(bodies);
  const { port } = await answerOf<{ port: number }>(child, 'the constant server');
  return serverProcess(child, port);
}

function start(file: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return fork(path(file), [], {
    env: { ...process.env, ...environment },
    execArgv: ['--import', new URL('./cpu-probe.ts', import.meta.url).href],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function serverProcess(child: ChildProcess, port: number): ServerProcess {
  return {
    port,
    async cpuMicros() {
      child.send('cpu');
      return (await answerOf<{ cpuMicros: number }>(child, 'a server')).cpuMicros;
    },
    stop: () => {
      child.kill();
    },
  };
}

async function healthy(child: ChildProcess, port: number): Promise<void> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
    if (child.exitCode !== null)
      throw new Error('bench: the local server ended early; its messages are above');
    const reply = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => undefined);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('bench: the local server was not healthy within 15 s');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
