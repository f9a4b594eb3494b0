/**
 * workerd by itself, as Cloudflare publishes it, without the tools that wrangler lays around every Worker and object: those cost more CPU than
 * the Worker does. For measurements. A process of its own each time, its objects on disk.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { WORKERD } from './harness.ts';

export interface BareWorker {
  readonly name: string;
  /** Files of one folder; the first is the script. */
  readonly folder: string;
  readonly modules: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  /** Its own Durable Object classes, by binding. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Other Workers of the process, by binding. */
  readonly services?: Readonly<Record<string, string>>;
}

export interface Bare {
  readonly pid: number;
  url(worker: string): string;
  /** CPU milliseconds so far: of the one thread on which Workers and objects run, and of those beside it that compile and collect. */
  cpu(): { readonly workers: number; readonly beside: number };
  stop(): Promise<void>;
}

const KINDS: Readonly<Record<string, string>> = { js: 'esModule', wasm: 'wasm', bin: 'data' };

const objectsIn = (home: string) => join(home, 'objects');

/** All modules of a folder as it is uploaded. */
export const uploaded = (folder: string, script = 'worker.js'): string[] => [
  script,
  ...readdirSync(folder).filter((name) => name !== script && KINDS[name.split('.').at(-1)!]),
];

/** A Worker of the tests' own as one script in `folder`; its name. */
export async function bundleWorker(entry: URL, folder: string): Promise<string> {
  const name = basename(entry.pathname).replace(/\.ts$/, '.js');
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile: join(folder, name),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'warning',
  });
  return name;
}

export async function startBare(workers: readonly BareWorker[]): Promise<Bare> {
  const home = mkdtempSync(join(tmpdir(), 'glyphgate-workerd-'));
  mkdirSync(objectsIn(home));
  for (const { name, folder, modules } of workers) {
    mkdirSync(join(home, name));
    for (const module of modules) copyFileSync(join(folder, module), join(home, name, module));
  }
  writeFileSync(join(home, 'config.capnp'), configOf(home, workers));
  const child = spawn(binary(), ['serve', '--control-fd=3', join(home, 'config.capnp')], {
    env: { ...process.env, TMPDIR: home },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const ports = await portsOf(child, workers.length);
    return {
      pid: child.pid!,
      url: (worker) => `http://127.0.0.1:${ports.get(worker)}`,
      cpu: () => cpuOf(child.pid!),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function binary(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('wrangler/package.json'));
  return (require('workerd') as { default: string }).default;
}

/** Every text here is our own: names of files, Workers and classes. */
function configOf(home: string, workers: readonly BareWorker[]): string {
  const list = (items: readonly string[]) => `[${items.join(', ')}]`;
  const text = JSON.stringify;
  const { compatibility_date, compatibility_flags } = WORKERD;
  const one = ({ name, modules, vars = {}, objects = {}, services = {} }: BareWorker) => `(
    modules = ${list(modules.map((module) => `(name = ${text(module)}, ${KINDS[module.split('.').at(-1)!]} = embed ${text(`${name}/${module}`)})`))},
    compatibilityDate = ${text(compatibility_date)}, compatibilityFlags = ${list(compatibility_flags.map((flag) => text(flag)))},
    bindings = ${list([
      ...Object.entries(vars).map(([key, value]) => `(name = ${text(key)}, text = ${text(value)})`),
      ...Object.entries(objects).map(
        ([key, className]) => `(name = ${text(key)}, durableObjectNamespace = ${text(className)})`,
      ),
      ...Object.entries(services).map(
        ([key, service]) => `(name = ${text(key)}, service = ${text(service)})`,
      ),
    ])},
    durableObjectNamespaces = ${list(Object.values(objects).map((className) => `(className = ${text(className)}, uniqueKey = ${text(`${name}-${className}`)}, enableSql = true)`))},
    durableObjectStorage = (localDisk = "disk"))`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = ${list([
    `(name = "disk", disk = (path = ${text(objectsIn(home))}, writable = true))`,
    ...workers.map((worker) => `(name = ${text(worker.name)}, worker = ${one(worker)})`),
  ])},
  sockets = ${list(workers.map(({ name }) => `(name = ${text(name)}, address = "127.0.0.1:0", http = (), service = ${text(name)})`))});
`;
}

/** The ports that it chose, by socket; rejects with what it says when it ends before. */
async function portsOf(child: ChildProcess, count: number): Promise<Map<string, number>> {
  let said = '';
  child.stderr!.on('data', (piece) => {
    said += piece;
  });
  const ports = new Map<string, number>();
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`workerd ended with ${code}: ${said}`);
  });
  const listening = (async () => {
    for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
      const told = JSON.parse(line) as { event: string; socket: string; port: number };
      if (told.event === 'listen') ports.set(told.socket, told.port);
      if (ports.size === count) return;
    }
    await ended;
  })();
  await Promise.race([listening, ended]);
  ended.catch(() => {});
  return ports;
}

function cpuOf(pid: number): { workers: number; beside: number } {
  const at = (task: string) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  const tasks = readdirSync(`/proc/${pid}/task`);
  const workers = at(String(pid));
  return { workers, beside: tasks.reduce((sum, task) => sum + at(task), 0) - workers };
}
