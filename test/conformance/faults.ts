/**
 * What every store on a network must do when the network fails. The store's test opens it through a fault proxy; `isCall` tells its
 * operations from handshakes by the bytes of the request. Nothing here retries: that is the guard's affair.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../lib/errors.ts';
import type { Hit, Store } from '../../lib/store/store.ts';
import type { FaultProxy } from '../backends/fault-proxy.ts';

export interface StoreBehindProxy {
  readonly store: Store;
  readonly proxy: FaultProxy;
  close(): void | Promise<void>;
}

export interface FaultOptions {
  /** Whether these bytes are an operation of the store; default: everything is. */
  readonly isCall?: (request: Buffer) => boolean;
  /** Round trips of one operation with one counter riding along; what a store does in parallel counts too. */
  readonly roundTrips?: { readonly put: number; readonly get: number; readonly transition: number };
  /** A stalled call rejects by itself within this time. */
  readonly givesUpMs?: number;
}

const BODY = new TextEncoder().encode('sealed');
const TTL = 60_000;
const answered = (mark: string) => ({ to: 'answered', mark, ttlMs: TTL }) as const;
const redeemed = (mark: string) => ({ to: 'redeemed', mark, extendMs: 1000 }) as const;

const asIs = <T>(value: T) => value;

let serial = 0;
const newId = () => `fault-${process.pid}-${serial++}`;
/** A window so long that hardly a run sees two. */
const newHit = (): Hit => ({ key: newId(), shard: 0, limit: 100, windowMs: 30 * 86_400_000, cost: 1 });

export function faultConformance(
  name: string,
  open: () => StoreBehindProxy | Promise<StoreBehindProxy>,
  options: FaultOptions = {},
): void {
  const { isCall = () => true, roundTrips, givesUpMs } = options;

  describe(`${name} when the network fails`, () => {
    let under: StoreBehindProxy;
    let store: Store;
    let proxy: FaultProxy;
    beforeEach(async () => {
      under = await open();
      ({ store, proxy } = under);
    });
    afterEach(() => under.close());

    /** The call is done, its reply is lost. */
    const losing = async (call: () => Promise<unknown>) => {
      const dropped = proxy.dropped;
      proxy.dropNextReply({ when: isCall });
      await expect(call()).rejects.toThrow();
      expect(proxy.dropped).toBe(dropped + 1);
    };

    it('a put whose reply was lost has happened once', async () => {
      const id = newId();
      await store.ping();
      await losing(() => store.put(id, BODY, TTL));
      expect((await store.put(id, Uint8Array.of(7), TTL)).outcome).toBe('exists');
      expect((await store.get(id))?.body).toEqual(BODY);
    });

    it('an answer whose reply was lost repeats with the same mark and record, and with no other', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      await losing(() => store.transition(id, answered('n1')));
      const stored = await store.get(id);
      expect(stored?.nonce).toBe('n1');
      expect((await store.transition(id, answered('n2'))).outcome).toBe('refused');
      expect(await store.transition(id, answered('n1'))).toEqual({
        outcome: 'repeated',
        record: stored,
        tallies: [],
      });
    });

    it('a redemption whose reply was lost repeats with the same mark, and with no other', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      await store.transition(id, answered('n'));
      await losing(() => store.transition(id, redeemed('c1')));
      expect((await store.transition(id, redeemed('c2'))).outcome).toBe('refused');
      expect((await store.transition(id, redeemed('c1'))).outcome).toBe('repeated');
    });

    it('a hit whose reply was lost has counted once: nobody below the guard repeats it', async () => {
      const hit = newHit();
      await store.hit([hit]);
      await losing(() => store.hit([hit]));
      expect((await store.hit([hit]))[0]?.current).toBe(3);
    });

    it('is back as soon as the network is', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      proxy.refuse();
      const since = performance.now();
      for (let i = 0; i < 3; i++) await expect(store.get(id)).rejects.toThrow();
      expect(performance.now() - since).toBeLessThan(3000);
      proxy.pass();
      // The pool may still hold a connection that it does not know to be dead.
      await expect.poll(() => store.get(id).catch(() => 'failed')).toMatchObject({ body: BODY });
    });

    it('a cut connection fails the calls under way and no later ones', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      proxy.stall('replies');
      const underWay = Promise.allSettled([1, 2, 3].map(() => store.get(id)));
      await sleep(30);
      proxy.pass();
      proxy.cut();
      await underWay;
      await expect.poll(() => store.get(id).catch(() => 'failed')).toMatchObject({ body: BODY });
    });

    if (givesUpMs === undefined)
      it('a stalled call is answered when the stall ends', async () => {
        const id = newId();
        await store.put(id, BODY, TTL);
        proxy.stall('requests');
        const late = store.transition(id, answered('n')).then(({ outcome }) => outcome);
        expect(await Promise.race([late, sleep(100, 'waiting')])).toBe('waiting');
        proxy.pass();
        expect(await late).toBe('done');
      });
    else
      it('a stalled call is given up in time, and its connection with it', async () => {
        const id = newId();
        await store.put(id, BODY, TTL);
        proxy.stall('requests');
        for (let i = 0; i < 3; i++) {
          const lost = store.transition(id, answered('n')).then(({ outcome }) => outcome, asIs);
          expect(await Promise.race([lost, sleep(givesUpMs, 'waiting')])).toBeInstanceOf(StoreError);
        }
        proxy.pass();
        await expect.poll(() => store.ping().then(() => 'back', String)).toBe('back');
        // A pool may keep one beside the one at work.
        await expect.poll(() => proxy.open).toBeLessThanOrEqual(2);
      });

    if (roundTrips)
      it(`takes ${roundTrips.put} round trip(s) to put, ${roundTrips.transition} to step, counters included`, async () => {
        const id = newId();
        await store.put(newId(), BODY, TTL, [newHit()]);
        await store.get(id);
        const count = async (call: () => Promise<unknown>) => {
          const before = proxy.roundTrips;
          await call();
          return proxy.roundTrips - before;
        };
        const { put, get, transition } = roundTrips;
        expect(await count(() => store.put(id, BODY, TTL, [newHit(), newHit()]))).toBe(put);
        expect(await count(() => store.get(id))).toBe(get);
        expect(await count(() => store.transition(id, answered('n'), [newHit(), newHit()]))).toBe(transition);
        expect(await count(() => store.transition(id, redeemed('c'), [newHit()]))).toBe(transition);
      });
  });
}
