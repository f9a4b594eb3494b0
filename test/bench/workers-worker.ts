/** What workers.ts lets run inside workerd: nothing, cryptography both ways, and calls to Durable Objects. */
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { createDurableObjectStore, type ShardNamespace } from '../../lib/store/durable-object.ts';
import type { Hit, Store } from '../../lib/store/store.ts';
import { createKeyset } from '../../lib/token/keys.ts';
import { PORTABLE } from '../../lib/token/primitives.ts';
import { toBase32 } from '../../lib/util/bytes.ts';

export { ChallengeStore } from '../../functions/cloudflare/challenge-store.ts';

const RECORD = 'x'.repeat(400);
const ID = '0123456789abcdefghjkmnpqrstvwxyz';
const BODY = new Uint8Array(420);
const TTL = 300_000;
/** The shards of Western Europe. */
const REGION = 0x40;

interface Env {
  readonly STORE: ShardNamespace;
}

const WORKS: Readonly<Record<string, (query: URLSearchParams, env: Env) => unknown>> = {
  /** As a generate and a verify use it: one seal, one open, four MACs. */
  crypto(query) {
    const keys = createKeyset('k'.repeat(40), query.get('with') === 'node' ? nodePrimitives : PORTABLE);
    for (let i = 0; i < Number(query.get('n')); i++) {
      const sealed = keys.seal('seal', ID, RECORD);
      if (keys.unseal('seal', ID, sealed) !== RECORD) throw new Error('broken seal');
      for (let mac = 0; mac < 4; mac++) keys.mac('id', ID);
    }
  },

  /** Puts with a counter each, by `callers` at once, spread over the shards of one region. */
  async store(query, { STORE }) {
    const [n, callers, shards] = ['n', 'callers', 'shards'].map((name) => Number(query.get(name)));
    const store = createDurableObjectStore({ namespace: STORE, shards: shards! });
    const idOf = idsOf(crypto.getRandomValues(new Uint8Array(20)));
    let next = 0;
    const caller = async () => {
      while (next < n!) {
        const i = next++;
        await put(store, idOf(i, i & 15), hitOf(i, i & 15));
      }
    };
    await Promise.all(Array.from({ length: callers! }, caller));
  },

  /** Calls one after the other to one object. A transition wants what the same number of puts `from` the same has put. */
  async calls(query, { STORE }) {
    const store = createDurableObjectStore({ namespace: STORE, shards: 1 });
    const idOf = idsOf(new Uint8Array(20).fill(Number(query.get('from'))));
    const works: Readonly<Record<string, (i: number) => Promise<void>>> = {
      ping: () => store.ping(),
      put: (i) => put(store, idOf(i, 0), hitOf(i, 0)),
      async transition(i) {
        const hits = [hitOf(i, 0), { ...hitOf(i + 1, 0), cost: 0 as const }];
        const step = { to: 'answered', mark: 'm', ttlMs: TTL } as const;
        const { outcome } = await store.transition(idOf(i, 0), step, hits);
        if (outcome !== 'done') throw new Error(outcome);
      },
      async hit(i) {
        await store.hit([hitOf(i, 0)]);
      },
    };
    const work = works[query.get('of')!]!;
    for (let i = 0; i < Number(query.get('n')); i++) await work(i);
  },
};

const hitOf = (i: number, shard: number): Hit => ({
  key: `address-${i % 1024}`,
  shard: REGION | shard,
  limit: 1e9,
  windowMs: 60_000,
  cost: 1,
});

async function put(store: Store, id: string, hit: Hit): Promise<void> {
  const { outcome } = await store.put(id, BODY, TTL, [hit]);
  if (outcome !== 'stored') throw new Error(outcome);
}

/** Ids as token/id.ts lays them out, without their MAC. */
function idsOf(bytes: Uint8Array): (i: number, shard: number) => string {
  return (i, shard) => {
    new DataView(bytes.buffer).setUint32(0, i);
    bytes[16] = REGION | shard;
    return toBase32(bytes);
  };
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    await WORKS[pathname.slice(1)]?.(searchParams, env);
    return new Response('done');
  },
};
