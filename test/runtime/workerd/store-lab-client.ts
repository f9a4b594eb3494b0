/** The test's end of the store lab: a `Store` whose every call runs in workerd, and the faults of its network as a `FaultProxy`. */
import { once } from 'node:events';
import { createTestHarness } from 'wrangler';
import { StoreError } from '../../../lib/errors.ts';
import type { Store } from '../../../lib/store/store.ts';
import type { FaultProxy } from '../../backends/fault-proxy.ts';
import { DURABLE_OBJECTS, QUIET, WORKERD } from './config.ts';
import { decode, encode } from './wire.ts';

export interface StoreLab {
  /** Without a clock the objects go by their own. */
  store(clock?: () => number): Store;
  /** Its counts begin at 0. `doomed`: the calls whose replies can be lost; all when none is named. */
  proxy(doomed?: readonly string[]): FaultProxy;
  /** One query to the database of an object. */
  sql(object: string, query: string): Promise<Record<string, unknown>[]>;
  /** Everything that all objects hold. */
  dump(): Promise<string>;
  /** The object is taken out of memory, as for want of callers. */
  evict(object: string): Promise<void>;
  close(): Promise<void>;
}

type Reply = [serial: number, dropped: number, roundTrips: number, value: unknown, error?: ErrorText];
interface ErrorText {
  readonly code?: string;
  readonly message: string;
}

export async function openStoreLab(): Promise<StoreLab> {
  Object.assign(process.env, QUIET);
  const harness = createTestHarness({
    workers: [
      {
        config: {
          ...WORKERD,
          ...DURABLE_OBJECTS('LabStore'),
          name: 'store-lab',
          main: new URL('store-lab.ts', import.meta.url).pathname,
        },
      },
    ],
  });
  const { url } = await harness.listen();
  const worker = harness.getWorker();
  const socket = new WebSocket(Object.assign(new URL(url), { protocol: 'ws:' }));
  await once(socket, 'open');

  const waiting = new Map<number, (reply: Reply) => void>();
  let serial = 0;
  let [dropped, roundTrips] = [0, 0];
  socket.addEventListener('message', ({ data }) => {
    const reply = decode(data) as Reply;
    [, dropped, roundTrips] = reply;
    waiting.get(reply[0])?.(reply);
    waiting.delete(reply[0]);
  });
  const send = async (verb: string, args: readonly unknown[], now?: number): Promise<never> => {
    const mine = serial++;
    const reply = new Promise<Reply>((resolve) => waiting.set(mine, resolve));
    socket.send(encode([mine, now ?? null, verb, args]));
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
        port: Number(url.port),
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
      socket.close();
      await harness.close();
    },
  };
}
