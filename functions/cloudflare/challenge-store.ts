/** The Durable Object class: one shard of the store (lib/store/durable-object-shard.ts) with the platform's storage and alarm. */
import { DurableObject } from 'cloudflare:workers';
import type { DurableObjectState } from '@cloudflare/workers-types';
import { createShard, type Shard, type ShardOptions } from '../../lib/store/durable-object-shard.ts';

type Arguments<Name extends 'put' | 'get' | 'transition' | 'hit'> = Parameters<Shard[Name]>;

export class ChallengeStore extends DurableObject<unknown> {
  readonly #shard: Shard;
  /** Whether an alarm is set; undefined until the first write asks. */
  #armed: boolean | undefined;

  constructor(ctx: DurableObjectState, env: unknown, options: ShardOptions = {}) {
    super(ctx, env);
    this.#shard = createShard(ctx.storage.sql, options);
  }

  async put(...args: Arguments<'put'>) {
    return this.#sweepingLater(this.#shard.put(...args));
  }

  async get(...args: Arguments<'get'>) {
    return this.#shard.get(...args);
  }

  async transition(...args: Arguments<'transition'>) {
    return this.#sweepingLater(this.#shard.transition(...args));
  }

  async hit(...args: Arguments<'hit'>) {
    return this.#sweepingLater(this.#shard.hit(...args));
  }

  async ping() {}

  override async alarm() {
    // A sweep that fails comes again too: nothing else would wake an object that nobody calls.
    let next: number | undefined = this.#shard.sweepEveryMs;
    try {
      next = this.#shard.sweep();
    } finally {
      if (next !== undefined) await this.#ringIn(next);
      this.#armed = next !== undefined;
    }
  }

  async #sweepingLater<T>(result: T): Promise<T> {
    if (!this.#armed) {
      if ((await this.ctx.storage.getAlarm()) === null) await this.#ringIn(this.#shard.sweepEveryMs);
      this.#armed = true;
    }
    return result;
  }

  #ringIn(ms: number): Promise<void> {
    return this.ctx.storage.setAlarm(Date.now() + ms);
  }
}
