/**
 * A Worker around the Durable Object store, for tests: the store's two halves are the real ones, in workerd; around them are a clock to turn and
 * a network between store and objects that fails on demand. Calls come in over one WebSocket (store-lab-client.ts); those for the class
 * of another Worker go on over a service binding.
 */
import { DurableObject } from 'cloudflare:workers';
import type { DurableObjectState } from '@cloudflare/workers-types';
import { ChallengeStore } from '../../../functions/cloudflare/challenge-store.ts';
import type { Rpc } from '../../../lib/http/rpc.ts';
import { createDurableObjectStore, type ShardNamespace } from '../../../lib/store/durable-object.ts';
import type { Store } from '../../../lib/store/store.ts';
import { answerLine } from './line.ts';

/** Shared by the Worker and its objects, which workerd runs in one isolate here. */
const lab = {
  now: undefined as number | undefined,
  mode: 'pass' as 'pass' | 'requests' | 'replies' | 'refuse',
  /** Replies still to be lost, and of which calls; all when none is named. */
  drops: 0,
  doomed: [] as readonly string[],
  dropped: 0,
  roundTrips: 0,
  waiting: [] as (() => void)[],
  /** Queries still to fail, and how those begin. */
  broken: 0,
  brokenQuery: '',
  /** What queries came back with, for what they cost. */
  cursors: [] as { readonly rowsWritten: number }[],
};

async function through<T>(verb: string, work: () => Promise<T>): Promise<T> {
  if (lab.mode === 'refuse') throw new Error('Network connection lost.');
  if (lab.mode === 'requests') await new Promise<void>((resolve) => lab.waiting.push(resolve));
  const result = await work();
  if (lab.mode === 'replies') await new Promise<void>((resolve) => lab.waiting.push(resolve));
  lab.roundTrips++;
  if (lab.drops > 0 && (lab.doomed.length === 0 || lab.doomed.includes(verb))) {
    lab.drops--;
    lab.dropped++;
    throw new Error('Network connection lost.');
  }
  return result;
}

const faulty = (namespace: ShardNamespace): ShardNamespace => ({
  getByName(name, options) {
    const object = namespace.getByName(name, options);
    return {
      put: (...args) => through('put', () => object.put(...args)),
      get: (...args) => through('get', () => object.get(...args)),
      transition: (...args) => through('transition', () => object.transition(...args)),
      hit: (...args) => through('hit', () => object.hit(...args)),
      ping: () => through('ping', () => object.ping()),
    };
  },
});

/** In the place of an object that cannot be reached. */
export class AwayStore extends DurableObject<unknown> {
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    throw new Error('Network connection lost.');
  }
}

/** The real class, but for the clock; small and hurried sweeps, so that a test sees several. */
export class LabStore extends ChallengeStore {
  constructor(ctx: DurableObjectState, env: unknown) {
    const { sql } = ctx.storage;
    const exec = sql.exec.bind(sql);
    Object.defineProperty(sql, 'exec', {
      value: (...query: Parameters<typeof exec>) => {
        if (lab.broken > 0 && query[0].startsWith(lab.brokenQuery)) {
          lab.broken--;
          throw new Error('disk I/O error');
        }
        const cursor = exec(...query);
        lab.cursors.push(cursor);
        return cursor;
      },
    });
    super(ctx, env, {
      clock: () => lab.now ?? Date.now(),
      sweepRows: 10,
      sweepEveryMs: 300,
      sweepPauseMs: 20,
      maxBytes: 2 ** 20,
    });
  }
}

const CONTROLS: Readonly<Record<string, (value: number, verbs: readonly string[]) => unknown>> = {
  drop: (times, verbs) => {
    lab.drops += times;
    lab.doomed = verbs;
  },
  break: (times, [query]) => {
    lab.broken = times;
    lab.brokenQuery = query!;
  },
  broken: () => lab.broken,
  stall: (replies) => {
    lab.mode = replies ? 'replies' : 'requests';
  },
  /** Rows that were written since the last time. */
  rows: () => lab.cursors.splice(0).reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
  refuse: () => {
    lab.mode = 'refuse';
  },
  pass: () => {
    lab.mode = 'pass';
    for (const go of lab.waiting.splice(0)) go();
  },
};

export default {
  fetch(_: unknown, env: { STORE: ShardNamespace; SHARDS: string; CAPTCHA?: Rpc }) {
    const store: Store = createDurableObjectStore({
      namespace: faulty(env.STORE),
      shards: Number(env.SHARDS),
    });
    return answerLine(async (verb, args, now) => {
      const control = CONTROLS[verb];
      if (control) return control(...(args as unknown as [number, string[]]));
      if (verb.startsWith('rpc '))
        return env.CAPTCHA![verb.slice(4) as 'generate'](...(args as never[] as [never, never]));
      lab.now = now ?? undefined;
      return (store[verb as 'get'] as (...args: never[]) => Promise<unknown>)(...args);
    }, lab);
  },
};
