/** The test's end of a store lab (store-lab.ts): a `Store` whose every call runs in workerd, and the faults of its network as a `FaultProxy`. */
import { StoreError } from '../../../lib/errors.ts';
import type { Store } from '../../../lib/store/store.ts';
import type { FaultProxy } from '../../backends/fault-proxy.ts';
import { type InlineConfig, startWorkers, WORKERD } from './harness.ts';
import { decode, encode } from './wire.ts';

/** Objects of a region in the lab itself. */
const SHARDS = 4;
const CLASS = 'LabStore';

export interface StoreLine {
  /** Without a clock the objects go by their own. */
  store(clock?: () => number): Store;
  /** Its counts begin at 0. `doomed`: the calls whose replies can be lost; all when none is named. */
  proxy(doomed?: readonly string[]): FaultProxy;
  send(verb: string, ...args: readonly unknown[]): Promise<unknown>;
  close(): void;
}

export interface StoreLab extends StoreLine {
  /** Rows that all objects wrote since the last time, as Cloudflare counts them. */
  rowsWritten(): Promise<number>;
  /** One query to the database of an object. */
  sql(object: string, query: string): Promise<Record<string, unknown>[]>;
  /** Everything that all objects hold. */
  dump(): Promise<string>;
  /** The object is taken out of memory, as for want of callers. */
  evict(object: string): Promise<void>;
  close(): Promise<void>;
}

/** The lab before the objects of another Worker, or with its own. */
export const labConfig = (of?: { script: string; className: string; shards: number }): InlineConfig => ({
  ...WORKERD,
  name: 'store-lab',
  main: new URL('store-lab.ts', import.meta.url).pathname,
  vars: { SHARDS: String(of?.shards ?? SHARDS) },
  ...(of && { services: [{ binding: 'CAPTCHA', service: of.script, entrypoint: 'Glyphgate' }] }),
  durable_objects: {
    bindings: [
      {
        name: 'STORE',
        class_name: of?.className ?? CLASS,
        ...(of && { script_name: of.script }),
      },
    ],
  },
  migrations: [{ tag: 'v1', new_sqlite_classes: [CLASS, 'AwayStore'] }],
});

type Reply = [serial: number, dropped: number, roundTrips: number, value: unknown, error?: ErrorText];
interface ErrorText {
  readonly code?: string;
  readonly message: string;
}

type Harness = Awaited<ReturnType<typeof startWorkers>>['harness'];

/** What of a WebSocket is used: the harness's and Node's own are two classes. */
interface Socket {
  send(text: string): void;
  close(): void;
  addEventListener(event: 'message', work: (message: { data: unknown }) => void): void;
}

export async function openStoreLab(): Promise<StoreLab> {
  const { harness } = await startWorkers([{ config: labConfig() }]);
  const line = await lineTo(harness);
  const worker = harness.getWorker('store-lab');
  return {
    ...line,
    rowsWritten: () => line.send('rows') as Promise<number>,
    async sql(object, query) {
      const storage = await worker.getDurableObjectStorage('STORE', { name: object });
      return (await storage.exec(query)) as Record<string, unknown>[];
    },
    async dump() {
      const held: unknown[] = [];
      for (const id of await worker.listDurableObjectIds('STORE')) {
        const storage = await worker.getDurableObjectStorage('STORE', { id });
        for (const table of ['records', 'counters']) held.push(await storage.exec(`SELECT * FROM ${table}`));
      }
      return JSON.stringify(held, (_, value) =>
        value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : value,
      );
    },
    evict: (object) => worker.evictDurableObject('STORE', { name: object }),
    async close() {
      line.close();
      await harness.close();
    },
  };
}

/** A line to the lab among the Workers of a harness. */
export async function lineTo(harness: Harness): Promise<StoreLine> {
  const lab = harness.getWorker('store-lab');
  const { webSocket } = await lab.fetch('http://lab.invalid/', { headers: { Upgrade: 'websocket' } });
  if (!webSocket) throw new Error('the store lab takes no WebSocket');
  webSocket.accept();
  return openLine(webSocket as Socket);
}

/** The test's end of a line (line.ts). */
export function openLine(webSocket: Socket): StoreLine {
  const waiting = new Map<number, (reply: Reply) => void>();
  let serial = 0;
  let [dropped, roundTrips] = [0, 0];
  webSocket.addEventListener('message', ({ data }) => {
    const reply = decode(String(data)) as Reply;
    [, dropped, roundTrips] = reply;
    waiting.get(reply[0])?.(reply);
    waiting.delete(reply[0]);
  });
  const send = async (verb: string, args: readonly unknown[], now?: number): Promise<never> => {
    const mine = serial++;
    const reply = new Promise<Reply>((resolve) => waiting.set(mine, resolve));
    webSocket.send(encode([mine, now ?? null, verb, args]));
    const [, , , value, error] = await reply;
    if (error) throw new StoreError(error.code as 'store_unavailable', error.message);
    return (value ?? undefined) as never;
  };

  return {
    store(clock) {
      const call =
        (verb: string) =>
        (...args: readonly unknown[]) =>
          send(verb, args, clock?.());
      return {
        kind: 'durable-object',
        put: call('put'),
        get: call('get'),
        transition: call('transition'),
        hit: call('hit'),
        ping: call('ping'),
        async close() {},
      };
    },
    proxy(doomed = []) {
      const before = { dropped, roundTrips };
      return {
        host: '127.0.0.1',
        port: 0,
        open: 1,
        accepted: 1,
        get dropped() {
          return dropped - before.dropped;
        },
        get roundTrips() {
          return roundTrips - before.roundTrips;
        },
        pass: () => void send('pass', []),
        dropNextReply: ({ times = 1 } = {}) => void send('drop', [times, doomed]),
        stall: (what) => void send('stall', [what === 'replies' ? 1 : 0]),
        refuse: () => void send('refuse', []),
        cut() {},
        async close() {},
      };
    },
    send: (verb, ...args) => send(verb, args),
    close: () => webSocket.close(),
  };
}
