/** The Durable Object store behind a line, and beside it an object that keeps values and does nothing else. For store-stages.ts. */
import { DurableObject } from 'cloudflare:workers';
import type { DurableObjectNamespace } from '@cloudflare/workers-types';
import { createDurableObjectStore, type ShardNamespace } from '../../lib/store/durable-object.ts';
import { answerLine } from '../runtime/workerd/line.ts';

export { ChallengeStore } from '../../functions/cloudflare/challenge-store.ts';

export class PlainStore extends DurableObject<unknown> {
  async set(key: string, value: Uint8Array) {
    await this.ctx.storage.put(key, value);
  }

  async read(key: string) {
    return this.ctx.storage.get<Uint8Array>(key);
  }
}

interface Env {
  readonly STORE: ShardNamespace;
  readonly PLAIN: DurableObjectNamespace;
}

export default {
  fetch(_: unknown, env: Env) {
    const store = createDurableObjectStore({ namespace: env.STORE });
    const plain = () => env.PLAIN.getByName('plain') as unknown as PlainStore;
    return answerLine((verb, args) => {
      const [object, way] = verb.startsWith('plain ') ? [plain(), verb.slice(6)] : [store, verb];
      return (object as unknown as Record<string, (...args: never[]) => unknown>)[way]!(...args);
    });
  },
};
