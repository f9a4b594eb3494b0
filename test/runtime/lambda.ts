/**
 * AWS Lambda as far as a function sees it: the zip unpacked into a folder, processes of their own with nothing else around them, one event at a
 * time each, through the Runtime API. Called while all are busy, another instance starts, up to a limit.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import type { Artefact } from '../../infra/build/bundle.ts';

export interface Result {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

export interface LambdaFunction {
  invoke(event: object): Promise<Result>;
  /** What its processes wrote to their standard error. */
  readonly log: string;
  stop(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

const bootstrap = fileURLToPath(new URL('./lambda-bootstrap.js', import.meta.url));

export async function startLambda(
  { zip, handler }: Pick<Artefact, 'zip' | 'handler'>,
  environment: Readonly<Record<string, string>>,
  maxInstances = 3,
): Promise<LambdaFunction> {
  const folder = unpack(zip);
  const waiting: Invocation[] = [];
  const underWay = new Map<string, Invocation>();
  const idle: ServerResponse[] = [];
  const instances = new Set<ReturnType<typeof spawn>>();
  let starting = 0;
  let invocations = 0;
  let log = '';

  const fail = (message: string) => {
    for (const each of [...waiting.splice(0), ...underWay.values()]) each.reject(new Error(message));
    underWay.clear();
  };
  const hand = () => {
    while (waiting.length > 0 && idle.length > 0) {
      const next = waiting.shift()!;
      underWay.set(next.id, next);
      idle.shift()!.writeHead(200, { 'Lambda-Runtime-Aws-Request-Id': next.id }).end(next.event);
    }
    if (waiting.length > starting && instances.size < maxInstances) start();
  };
  const api = createServer(async (request, reply) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += piece;
    const [, id, what] = /\/runtime\/(?:invocation\/([^/]+)\/)?(.+)$/.exec(request.url ?? '') ?? [];
    if (what === 'invocation/next') {
      starting = Math.max(0, starting - 1);
      idle.push(reply);
      return hand();
    }
    reply.writeHead(202).end();
    const done = underWay.get(id ?? '');
    underWay.delete(id ?? '');
    if (what === 'response') done?.resolve(JSON.parse(text));
    else if (what === 'error') done?.reject(new Error(`${handler}: ${text}`));
    else fail(`${handler} does not start: ${text}`);
  });
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  const { port } = api.address() as AddressInfo;

  function start(): void {
    starting++;
    const child = spawn(process.execPath, [bootstrap], {
      cwd: folder,
      env: {
        ...environment,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: handler,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    instances.add(child);
    child.stderr.on('data', (piece) => {
      log += piece;
    });
    child.on('exit', (code) => {
      instances.delete(child);
      if (code !== null) fail(`${handler} ended with ${code}: ${log}`);
    });
  }

  return {
    invoke: (event) =>
      new Promise((resolve, reject) => {
        waiting.push({ id: `request-${invocations++}`, event: JSON.stringify(event), resolve, reject });
        hand();
      }),
    get log() {
      return log;
    },
    async stop() {
      const ended = [...instances].map((child) => once(child, 'exit'));
      for (const child of instances) child.kill('SIGKILL');
      await Promise.all(ended);
      api.closeAllConnections();
      api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder that holds what the zip holds and nothing around it: what is not in the zip is not found. */
function unpack(zip: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'glyphgate-lambda-'));
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
