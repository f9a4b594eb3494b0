/**
 * What every store must do, whatever it is made of (lib/store/store.ts). A store's own test opens it here; a backend whose clock
 * cannot be turned says so, and expiry is then tried with short real lifetimes by that store's own test.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hit, Store } from '../../lib/store/store.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Turns the store's clock forward. */
  advance(ms: number): void | Promise<void>;
  close(): void | Promise<void>;
}

const BODY = new TextEncoder().encode('sealed');
const TTL = 10_000;
const answered = (mark: string, ttlMs = TTL) => ({ to: 'answered', mark, ttlMs }) as const;
const redeemed = (mark: string, extendMs = 0) => ({ to: 'redeemed', mark, extendMs }) as const;
const hitOf = (key: string, limit: number, cost: 0 | 1 = 1): Hit => ({
  key,
  shard: 0,
  limit,
  windowMs: 60_000,
  cost,
});

let serial = 0;
const newId = () => `test-${process.pid}-${serial++}`;

export interface ConformanceEffort {
  /** Concurrent callers of one record; default 500. */
  readonly callers?: number;
  /** Random sequences that are compared with a model; default 150. */
  readonly sequences?: number;
}

export function storeConformance(
  name: string,
  open: () => StoreUnderTest | Promise<StoreUnderTest>,
  { callers = 500, sequences = 150 }: ConformanceEffort = {},
): void {
  describe(`${name} keeps the store's contract`, () => {
    let under: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      under = await open();
      store = under.store;
    });
    afterEach(() => under.close());

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    it('gives back what was put, byte for byte', async () => {
      const id = newId();
      const body = Uint8Array.from({ length: 1024 }, (_, i) => i & 255);
      const put = await store.put(id, body, TTL);
      expect(put.outcome).toBe('stored');
      const record = await store.get(id);
      expect(record?.body).toEqual(body);
      expect(record?.expiresAt).toBe(put.expiresAt);
      expect(record?.nonce).toBeUndefined();
      expect(record?.claim).toBeUndefined();
    });

    it('keeps its own copy of the body', async () => {
      const id = newId();
      const body = Uint8Array.of(1, 2, 3);
      await store.put(id, body, TTL);
      body.fill(9);
      expect((await store.get(id))?.body).toEqual(Uint8Array.of(1, 2, 3));
    });

    it('never overwrites a live record', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      expect((await store.put(id, Uint8Array.of(7), TTL)).outcome).toBe('exists');
      expect((await store.get(id))?.body).toEqual(BODY);
    });

    it('refuses everything on an absent record', async () => {
      const id = newId();
      expect(await store.get(id)).toBeUndefined();
      expect((await store.transition(id, answered('n'))).outcome).toBe('refused');
      expect((await store.transition(id, redeemed('c'))).outcome).toBe('refused');
      expect(await store.get(id)).toBeUndefined();
    });

    it('moves issued → answered → redeemed, each once, and repeats the very same step', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      expect((await store.transition(id, redeemed('early'))).outcome).toBe('refused');

      const first = await store.transition(id, answered('n1'));
      expect(first).toMatchObject({ outcome: 'done', record: { body: BODY, nonce: 'n1' } });
      const again = await store.transition(id, answered('n1'));
      expect(again).toMatchObject({ outcome: 'repeated', record: { nonce: 'n1' } });
      if (first.outcome !== 'done' || again.outcome !== 'repeated') throw new Error('unreachable');
      expect(again.record.answeredAt).toBe(first.record.answeredAt);
      expect(again.record.expiresAt).toBe(first.record.expiresAt);
      expect((await store.transition(id, answered('n2'))).outcome).toBe('refused');

      expect(await store.transition(id, redeemed('c1'))).toMatchObject({
        outcome: 'done',
        record: { nonce: 'n1', claim: 'c1' },
      });
      expect((await store.transition(id, redeemed('c1'))).outcome).toBe('repeated');
      expect((await store.transition(id, redeemed('c2'))).outcome).toBe('refused');
      // A late repeat of the answer finds the same record and takes nothing back.
      expect(await store.transition(id, answered('n1'))).toMatchObject({
        outcome: 'repeated',
        record: { nonce: 'n1', claim: 'c1' },
      });
      expect((await store.get(id))?.claim).toBe('c1');
    });

    it('counts expiry at every read and in every condition', async () => {
      const [unseen, unanswered, unredeemed] = [newId(), newId(), newId()];
      for (const id of [unseen, unanswered, unredeemed]) await store.put(id, BODY, TTL);
      await store.transition(unredeemed, answered('n', TTL));
      await under.advance(TTL);
      expect(await store.get(unseen)).toBeUndefined();
      expect((await store.transition(unanswered, answered('n'))).outcome).toBe('refused');
      expect((await store.transition(unredeemed, answered('n'))).outcome).toBe('refused');
      expect((await store.transition(unredeemed, redeemed('c'))).outcome).toBe('refused');
      expect((await store.put(unseen, BODY, TTL)).outcome).toBe('stored');
      // Of an answered one that has expired nothing is left to the next.
      expect((await store.put(unredeemed, BODY, TTL)).outcome).toBe('stored');
      expect((await store.get(unredeemed))?.nonce).toBeUndefined();
      expect((await store.transition(unredeemed, redeemed('c'))).outcome).toBe('refused');
    });

    it('lives one millisecond short of its expiry', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      await under.advance(TTL - 1);
      expect((await store.transition(id, answered('n'))).outcome).toBe('done');
    });

    it('gives an answered record a new life, and a redeemed one a little more', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      await under.advance(TTL - 1000);
      await store.transition(id, answered('n', 5000));
      await under.advance(4000);
      expect(await store.transition(id, redeemed('c', 2000))).toMatchObject({ outcome: 'done' });
      await under.advance(2500);
      expect((await store.transition(id, redeemed('c'))).outcome).toBe('repeated');
      await under.advance(1000);
      expect((await store.transition(id, redeemed('c'))).outcome).toBe('refused');
    });

    it('lets one of many concurrent answers through, and one of many redemptions', async () => {
      const id = newId();
      await store.put(id, BODY, TTL);
      const answers = await Promise.all(
        Array.from({ length: callers }, (_, i) => store.transition(id, answered(`n${i}`))),
      );
      expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
      expect(answers.filter(({ outcome }) => outcome === 'refused')).toHaveLength(callers - 1);
      const claims = await Promise.all(
        Array.from({ length: callers }, (_, i) => store.transition(id, redeemed(`c${i}`))),
      );
      expect(claims.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    });

    it('stores one of many concurrent puts of one id', async () => {
      const id = newId();
      const puts = await Promise.all(
        Array.from({ length: 200 }, (_, i) => store.put(id, Uint8Array.of(i), TTL)),
      );
      expect(puts.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    });

    it('counts every hit, refused ones too, and loses none under concurrency', async () => {
      const hit = hitOf(newId(), 100);
      const tallies = (await Promise.all(Array.from({ length: 300 }, () => store.hit([hit])))).flat();
      expect(tallies.filter(({ allowed }) => allowed)).toHaveLength(100);
      expect(Math.max(...tallies.map(({ current }) => current))).toBe(300);
    });

    it('looks at a counter without counting', async () => {
      const key = newId();
      for (let i = 0; i < 5; i++)
        expect((await store.hit([hitOf(key, 1, 0)]))[0]).toMatchObject({ allowed: true, current: 0 });
      await store.hit([hitOf(key, 1)]);
      expect((await store.hit([hitOf(key, 1, 0)]))[0]).toMatchObject({ allowed: false, current: 1 });
    });

    it('slides: the last window fades away', async () => {
      const key = newId();
      const hit = hitOf(key, 10);
      const [first] = await store.hit([hit]);
      await under.advance(first!.windowEndsAt - first!.now);
      for (let i = 0; i < 9; i++) expect((await store.hit([hit]))[0]?.allowed).toBe(true);
      await under.advance(120_000);
      expect((await store.hit([hit]))[0]).toMatchObject({ allowed: true, previous: 0, current: 1 });
    });

    it('leaves the record alone when a limit refuses', async () => {
      const hit = hitOf(newId(), 1);
      const [a, b] = [newId(), newId()];
      expect((await store.put(a, BODY, TTL, [hit])).outcome).toBe('stored');
      expect((await store.put(b, BODY, TTL, [hit])).outcome).toBe('limited');
      expect(await store.get(b)).toBeUndefined();
      const refused = await store.transition(a, answered('n'), [hit]);
      expect(refused.outcome).toBe('limited');
      expect(refused.tallies[0]).toMatchObject({ allowed: false, current: 3 });
      expect((await store.get(a))?.nonce).toBeUndefined();
      expect((await store.transition(a, answered('n'))).outcome).toBe('done');
    });

    it('counts all hits of a call, in order, and refuses when any is over', async () => {
      const [wide, narrow] = [hitOf(newId(), 100), hitOf(newId(), 1)];
      const first = await store.put(newId(), BODY, TTL, [wide, narrow]);
      expect(first.tallies.map(({ current }) => current)).toEqual([1, 1]);
      const second = await store.put(newId(), BODY, TTL, [wide, narrow]);
      expect(second.outcome).toBe('limited');
      expect(second.tallies.map(({ allowed }) => allowed)).toEqual([true, false]);
    });

    it('agrees with a model over random sequences', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
          const ids = [newId(), newId()];
          const model = new Map<string, Model>();
          let now = 0;
          for (const { verb, which, mark, ms } of commands) {
            const id = ids[which]!;
            const record = model.get(id);
            const live = record && record.expiresAt > now ? record : undefined;
            if (verb === 'advance') {
              await under.advance(ms);
              now += ms;
            } else if (verb === 'put') {
              const { outcome } = await store.put(id, BODY, ms + 1);
              expect(outcome).toBe(live ? 'exists' : 'stored');
              if (!live) model.set(id, { expiresAt: now + ms + 1 });
            } else if (verb === 'answer') {
              const { outcome } = await store.transition(id, answered(mark, ms + 1));
              expect(outcome).toBe(stepOutcome(live, live?.nonce, mark));
              if (outcome === 'done') Object.assign(live!, { nonce: mark, expiresAt: now + ms + 1 });
            } else if (verb === 'redeem') {
              const { outcome } = await store.transition(id, redeemed(mark, ms));
              expect(outcome).toBe(live?.nonce ? stepOutcome(live, live.claim, mark) : 'refused');
              if (outcome === 'done') Object.assign(live!, { claim: mark, expiresAt: live!.expiresAt + ms });
            } else {
              const found = await store.get(id);
              expect(found && { nonce: found.nonce, claim: found.claim }).toEqual(
                live && { nonce: live.nonce, claim: live.claim },
              );
            }
          }
        }),
        { numRuns: sequences },
      );
    });
  });
}

interface Model {
  expiresAt: number;
  nonce?: string;
  claim?: string;
}

const command = fc.record({
  verb: fc.constantFrom('put', 'answer', 'redeem', 'get', 'advance'),
  which: fc.integer({ min: 0, max: 1 }),
  mark: fc.constantFrom('a', 'b'),
  ms: fc.integer({ min: 0, max: 50 }),
});

function stepOutcome(live: Model | undefined, held: string | undefined, mark: string) {
  if (!live) return 'refused';
  if (held === undefined) return 'done';
  return held === mark ? 'repeated' : 'refused';
}
