import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDurableObjectStore } from '../../lib/store/durable-object.ts';
import { REGIONS, shardByte } from '../../lib/store/durable-object-place.ts';
import type { Hit } from '../../lib/store/store.ts';
import { toBase32 } from '../../lib/util/bytes.ts';
import { faultConformance } from '../conformance/faults.ts';
import { storeJourney } from '../conformance/journey.ts';
import { limiterTrace } from '../conformance/limiter-trace.ts';
import { storeConformance } from '../conformance/store.ts';
import { rig } from '../http/rig.ts';
import { openStoreLab, type StoreLab } from '../runtime/workerd/store-lab-client.ts';

let lab: StoreLab;
beforeAll(async () => {
  lab = await openStoreLab();
}, 180_000);
afterAll(() => lab?.close());

// Every call is a message and a write to disk: a few milliseconds, so there are fewer of them than elsewhere.
storeConformance(
  'durable-object',
  () => {
    let now = Date.UTC(2026, 0, 1);
    return {
      store: lab.store(() => now),
      advance: (ms) => {
        now += ms;
      },
      close() {},
    };
  },
  { callers: 300, sequences: 30 },
);

limiterTrace('durable-object', (clock) => ({ store: lab.store(clock), close() {} }), { numRuns: 12 });

const behindProxy = (clock?: () => number, doomed?: readonly string[]) => {
  const proxy = lab.proxy(doomed);
  return { store: lab.store(clock), proxy, close: () => proxy.pass() };
};
faultConformance('durable-object', () => behindProxy(), { roundTrips: { put: 1, get: 1, transition: 1 } });

// The visitor who verifies there has another address than the one who asked, hence counters in another object: one call more.
storeJourney(
  'durable-object',
  (clock) => ({ ...behindProxy(clock, ['put', 'transition']), dump: lab.dump }),
  {
    roundTrips: { generate: 1, verify: 3, siteverify: 2 },
  },
);

describe('durable-object', () => {
  const BODY = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  const TTL = 60_000;
  const answered = { to: 'answered', mark: 'n', ttlMs: TTL } as const;
  let serial = 0;
  /** An id of a shard, as token/id.ts lays it out, without its MAC. */
  const idOf = (shard: number) => {
    const bytes = new Uint8Array(20);
    new DataView(bytes.buffer).setUint32(0, ++serial);
    bytes[16] = shard;
    return toBase32(bytes);
  };
  const hitOf = (shard: number, limit = 10): Hit => ({
    key: `key-${++serial}`,
    shard,
    limit,
    windowMs: 60_000,
    cost: 1,
  });
  const held = async (object: string, table = 'records') =>
    (await lab.sql(object, `SELECT count(*) AS held FROM ${table}`))[0]!.held;

  it('puts records and counters of a region’s visitor into one object, near by', async () => {
    const store = lab.store();
    const proxy = lab.proxy();
    const weur = shardByte(0xf6, REGIONS.indexOf('weur'));
    await store.put(idOf(weur), BODY, TTL, [hitOf(weur), hitOf(weur)]);
    expect(proxy.roundTrips).toBe(1);
    // Four bits of the hash, and four objects a region in the lab.
    expect([await held('weur:2'), await held('weur:2', 'counters')]).toEqual([1, 2]);
  });

  it('asks counters of another object first, and then lets the record decide', async () => {
    const store = lab.store();
    const [id, far] = [idOf(0x41), hitOf(0x62, 1)];
    await store.put(id, BODY, TTL);
    const proxy = lab.proxy();
    const first = await store.transition(id, answered, [far]);
    expect(first).toMatchObject({ outcome: 'done', tallies: [{ allowed: true, current: 1 }] });
    expect(proxy.roundTrips).toBe(2);
    expect(await store.transition(id, answered, [far])).toMatchObject({ outcome: 'limited' });
    expect(await store.put(idOf(0x41), BODY, TTL, [far])).toMatchObject({ outcome: 'limited' });
    expect(proxy.roundTrips).toBe(4);
  });

  it('keeps everything when an object is taken out of memory', async () => {
    const store = lab.store();
    const [id, hit] = [idOf(0x31), hitOf(0x31)];
    await store.put(id, BODY, TTL, [hit]);
    await store.transition(id, answered);
    await lab.evict('sam:1');
    expect(await store.get(id)).toMatchObject({ body: BODY, nonce: 'n' });
    expect((await store.transition(id, { ...answered, mark: 'other' })).outcome).toBe('refused');
    expect((await store.hit([hit]))[0]?.current).toBe(2);
  });

  it('sweeps what has expired, slice by slice, as often as something is left, and again after a rest', async () => {
    const store = lab.store();
    const object = 'afr:0';
    const brief = { ...hitOf(0x80), windowMs: 100 };
    const put = (ttl: number) => store.put(idOf(0x80), BODY, ttl, [{ ...brief, key: `key-${++serial}` }]);
    // More than two slices of ten, and one that stays.
    await Promise.all(Array.from({ length: 25 }, () => put(20)));
    const living = idOf(0x80);
    await store.put(living, BODY, 2500);
    const left = async () => [await held(object), await held(object, 'counters')];
    await expect.poll(left, { timeout: 5000 }).toEqual([1, 0]);
    expect((await store.get(living))?.body).toEqual(BODY);
    await expect.poll(left, { timeout: 5000 }).toEqual([0, 0]);
    await put(20);
    await expect.poll(left, { timeout: 5000 }).toEqual([0, 0]);
  });

  it('sweeps again after a sweep that failed', async () => {
    const store = lab.store();
    await lab.send('break', 2, ['DELETE']);
    await store.put(idOf(0x82), BODY, 20);
    await expect.poll(() => lab.send('broken'), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => held('afr:2'), { timeout: 10_000 }).toBe(0);
  });

  it('gives nothing out and loses nothing when a write fails', async () => {
    const store = lab.store();
    const [id, other] = [idOf(0x83), idOf(0x83)];
    await store.put(id, BODY, TTL);
    await lab.send('break', 1, ['INSERT INTO records']);
    await expect(store.put(other, BODY, TTL, [hitOf(0x83)])).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    expect(await store.get(other)).toBeUndefined();
    await lab.send('break', 1, ['UPDATE records']);
    await expect(store.transition(id, answered)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await store.transition(id, { ...answered, mark: 'again' })).outcome).toBe('done');
    expect((await store.put(other, BODY, TTL)).outcome).toBe('stored');
  });

  it('tells the platform near whom an object is to be made', async () => {
    const asked: unknown[] = [];
    const store = createDurableObjectStore({
      namespace: {
        getByName: (...args) => {
          asked.push(args);
          return { ping: async () => {}, get: async () => undefined } as never;
        },
      },
      shards: 4,
    });
    for (const region of ['weur', 'oc', 'any'] as const)
      await store.get(idOf(shardByte(0xf6, REGIONS.indexOf(region))));
    expect(asked).toEqual([
      ['weur:2', { locationHint: 'weur' }],
      ['oc:2', { locationHint: 'oc' }],
      ['any:2', {}],
    ]);
  });

  it('refuses new records when an object is full, and keeps the old ones', async () => {
    const store = lab.store();
    const first = idOf(0x91);
    const large = new Uint8Array(300_000);
    await store.put(first, BODY, TTL);
    const fill = async () => {
      for (let i = 0; i < 10; i++) await store.put(idOf(0x91), large, TTL);
    };
    await expect(fill()).rejects.toMatchObject({ code: 'store_full' });
    expect((await store.get(first))?.body).toEqual(BODY);
    expect((await store.transition(first, answered)).outcome).toBe('done');
  });

  it.each([
    ['IPv4', '203.0.113.9', { generate: 2, right: 2, wrong: 3, siteverify: 2 }],
    ['IPv6', '2001:db8::9', { generate: 4, right: 4, wrong: 7, siteverify: 2 }],
  ])('writes as few rows as docs/stores.md says, and calls as seldom: %s', async (_, from, rows) => {
    let clock = () => 0;
    const proxy = lab.proxy();
    const r = rig({ wrap: () => lab.store(() => clock()) });
    clock = r.now;
    let calls = 0;
    const cost = async (work: () => Promise<unknown>) => {
      await lab.rowsWritten();
      calls = proxy.roundTrips;
      await work();
      calls = proxy.roundTrips - calls;
      return lab.rowsWritten();
    };
    const wish = 'kind=text&preset=bitmap';
    // Tables and an alarm first.
    const warm = (await r.generate(wish, from)).body.captcha_id;
    const { token: earlier } = (await r.verify({ captcha_id: warm, answer: await r.answerOf(warm) }, from))
      .body;
    await r.siteverify(earlier);

    let id = '';
    let token = '';
    const generate = await cost(async () => {
      id = (await r.generate(wish, from)).body.captcha_id;
    });
    expect(calls).toBe(1);
    const answer = await r.answerOf(id);
    const right = await cost(async () => {
      ({ token } = (await r.verify({ captcha_id: id, answer }, from)).body);
    });
    expect(calls).toBe(2);
    const siteverify = await cost(() => r.siteverify(token));
    expect(calls).toBe(2);
    const other = (await r.generate(wish, from)).body.captcha_id;
    const wrong = await cost(() => r.verify({ captcha_id: other, answer: 'nope' }, from));
    expect({ generate, right, wrong, siteverify }).toEqual(rows);
  });

  it.each([
    [-25, true],
    [25, true],
    [120, false],
  ])(
    'objects whose clock is %i s ahead of the Workers’: a token is taken once, if at all',
    async (seconds, taken) => {
      let clock = () => 0;
      const r = rig({ wrap: () => lab.store(() => clock() + seconds * 1000) });
      clock = r.now;
      const id = (await r.generate('kind=text&preset=bitmap')).body.captcha_id;
      const answer = await r.answerOf(id);
      const verdict = await r.verify({ captcha_id: id, answer });
      expect(verdict.body.verified).toBe(true);
      expect((await r.verify({ captcha_id: id, answer })).status).toBe(404);
      expect((await r.siteverify(verdict.body.token)).body.success).toBe(taken);
      expect((await r.siteverify(verdict.body.token)).body.success).toBe(false);
    },
  );

  it('refuses a number of shards that ids have no room for', () => {
    for (const shards of [0, 17, 1.5])
      expect(() => createDurableObjectStore({ namespace: {} as never, shards })).toThrow('expected 1 to 16');
  });
});
