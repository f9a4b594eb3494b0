/** What workers.ts lets run inside workerd: cryptography both ways, and the Durable Object store under many callers at once. */
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { createDurableObjectStore, type ShardNamespace } from '../../lib/store/durable-object.ts';
import { createKeyset } from '../../lib/token/keys.ts';
import { PORTABLE } from '../../lib/token/primitives.ts';
import { fromBase32, toBase32 } from '../../lib/util/bytes.ts';

export { ChallengeStore } from '../../functions/cloudflare/challenge-store.ts';

const RECORD = 'x'.repeat(400);
const ID = '0123456789abcdefghjkmnpqrstvwxyz';

interface Env {
  readonly STORE: ShardNamespace;
  readonly glyphgate: Fetcher;
  readonly empty: Fetcher;
}
interface Fetcher {
  fetch(url: string, init: { headers: Record<string, string> }): Promise<Response>;
}

let visitors = 0;

const WORKS: Readonly<Record<string, (query: URLSearchParams, env: Env) => unknown>> = {
  /** Requests of one visitor after the other to another Worker in this process. */
  async drive(query, env) {
    const target = env[query.get('worker') as 'empty'];
    for (let i = 0; i < Number(query.get('n')); i++) {
      visitors++;
      const address = `198.18.${(visitors >> 8) & 255}.${visitors & 255}`;
      const headers = { 'CF-Connecting-IP': address };
      const reply = await target.fetch(`https://bench.example${query.get('path')}`, { headers });
      await reply.arrayBuffer();
      if (reply.status !== 200) throw new Error(`${query.get('path')}: ${reply.status}`);
    }
  },

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
    const [n, callers, shards] = ['n', 'callers', 'shards'].map((name) => Number(query.get(name))) as [
      number,
      number,
      number,
    ];
    const store = createDurableObjectStore({ namespace: STORE, shards });
    const from = crypto.getRandomValues(new Uint8Array(20));
    const id = fromBase32(toBase32(from))!;
    const body = new Uint8Array(420);
    let next = 0;
    const caller = async () => {
      while (next < n) {
        const i = next++;
        new DataView(id.buffer).setUint32(0, i);
        id[16] = 0x40 | (i & 15);
        const hit = {
          key: `address-${i % 1024}`,
          shard: id[16],
          limit: 1e9,
          windowMs: 60_000,
          cost: 1,
        } as const;
        const { outcome } = await store.put(toBase32(id), body, 300_000, [hit]);
        if (outcome !== 'stored') throw new Error(outcome);
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
  },
};

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    await WORKS[pathname.slice(1)]?.(searchParams, env);
    return new Response('done');
  },
};
