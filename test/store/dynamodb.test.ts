import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDynamoStore, type DynamoStoreOptions } from '../../lib/store/dynamodb.ts';
import type { Hit, Store } from '../../lib/store/store.ts';
import { type Dynalite, startDynalite } from '../backends/dynalite.ts';
import { type DynamoShim, startDynamoShim } from '../backends/dynamo-shim.ts';
import { startFaultProxy } from '../backends/fault-proxy.ts';
import { faultConformance } from '../conformance/faults.ts';
import { storeJourney } from '../conformance/journey.ts';
import { limiterTrace } from '../conformance/limiter-trace.ts';
import { storeConformance } from '../conformance/store.ts';
import { rig } from '../http/rig.ts';

let dynalite: Dynalite;
let table: string;
beforeAll(async () => {
  dynalite = await startDynalite();
  table = await dynalite.newTable();
});
afterAll(() => dynalite.close());

const PATIENT = { timeoutMs: 30_000 };

function open(options: Partial<DynamoStoreOptions> = {}, endpoint?: string): Store {
  const client = dynalite.client(endpoint);
  const store = createDynamoStore({ table, client, ...PATIENT, ...options });
  return { ...store, close: async () => client.destroy() };
}

async function behindProxy(options: Partial<DynamoStoreOptions> = {}) {
  const proxy = await startFaultProxy(dynalite);
  const store = open(options, `http://127.0.0.1:${proxy.port}`);
  const close = async () => {
    await store.close();
    await proxy.close();
  };
  return { store, proxy, close };
}

/** Every item as it lies there, bytes and all. */
async function scan(client: DynamoDBClient, prefix: string) {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
  return Items.filter(({ pk }) => pk!.S!.startsWith(prefix));
}

storeConformance(
  'dynamodb',
  () => {
    let now = Date.UTC(2026, 0, 1);
    const store = open({ clock: () => now });
    return {
      store,
      advance: (ms) => {
        now += ms;
      },
      close: () => store.close(),
    };
  },
  { callers: 300, sequences: 40 },
);

limiterTrace(
  'dynamodb',
  (clock) => {
    const store = open({ clock });
    return { store, close: () => store.close() };
  },
  { numRuns: 15, maxLength: 20 },
);

faultConformance('dynamodb', behindProxy);
faultConformance('dynamodb with little patience', () => behindProxy({ timeoutMs: 600 }), { givesUpMs: 2500 });

/** A put or a step: a hit has no expiry in its condition. */
const isRecordWrite = (request: Buffer) => request.includes('"#exp"');

storeJourney(
  'dynamodb',
  async (clock) => {
    const prefix = `journey-${crypto.randomUUID()}:`;
    return {
      ...(await behindProxy({ clock, prefix })),
      async dump() {
        const items = await scan(dynalite.client(), prefix);
        const bodies = items.map(({ body }) => Buffer.from(body?.B ?? []).toString('latin1'));
        return [JSON.stringify(items), ...bodies].join('\n');
      },
    };
  },
  { isCall: isRecordWrite },
);

describe('dynamodb as it is', () => {
  const BODY = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  const answered = (mark: string, ttlMs = 10_000) => ({ to: 'answered', mark, ttlMs }) as const;
  const redeemed = (mark: string, extendMs = 1000) => ({ to: 'redeemed', mark, extendMs }) as const;
  const hit = (key: string, limit = 10, windowMs = 60_000): Hit => ({
    key,
    shard: 0,
    limit,
    windowMs,
    cost: 1,
  });
  const stores: Store[] = [];
  const opened = (...args: Parameters<typeof open>) => {
    const store = open(...args);
    stores.push(store);
    return store;
  };
  let shim: DynamoShim | undefined;
  const shimmed = async (options: Partial<DynamoStoreOptions> = {}) => {
    shim = await startDynamoShim(dynalite.port);
    return { shim, store: opened(options, shim.endpoint) };
  };
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await shim?.close();
    shim = undefined;
  });
  const itemOf = async (pk: string) =>
    (
      await dynalite
        .client()
        .send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }))
    ).Item;

  it('refuses what has expired and was not deleted, and puts over it', async () => {
    const store = opened({ prefix: 'late:' });
    await store.put('a', BODY, 60);
    await store.put('b', BODY, 60);
    await store.transition('b', answered('n', 60));
    await sleep(70);
    expect(await itemOf('late:r:a')).toBeDefined();
    expect(await store.get('a')).toBeUndefined();
    expect((await store.transition('a', answered('n'))).outcome).toBe('refused');
    expect((await store.transition('b', answered('n'))).outcome).toBe('refused');
    expect((await store.transition('b', redeemed('c'))).outcome).toBe('refused');
    expect((await store.put('b', Uint8Array.of(1), 10_000)).outcome).toBe('stored');
    // Nothing of the old record is left in the new one.
    expect(await store.get('b')).toEqual({ body: Uint8Array.of(1), expiresAt: expect.any(Number) });
    expect((await store.transition('b', answered('other'))).outcome).toBe('done');
  });

  it('gives every item a TTL in whole seconds, never before its expiry', async () => {
    let now = Date.UTC(2026, 0, 1) + 1;
    const store = opened({ prefix: 'ttl:', clock: () => now });
    const ttlOf = async (pk: string) => Number((await itemOf(pk))?.ttl?.N);
    const { expiresAt } = await store.put('a', BODY, 10_500, [hit('k')]);
    expect(await ttlOf('ttl:r:a')).toBe(Math.ceil(expiresAt / 1000));
    now += 5000;
    await store.transition('a', answered('n', 20_700));
    const redemption = await store.transition('a', redeemed('c', 30_100));
    const end = redemption.outcome === 'done' ? redemption.record.expiresAt : Number.NaN;
    expect(end).toBe(now + 50_800);
    expect(await ttlOf('ttl:r:a')).toBeGreaterThanOrEqual(end / 1000);
    expect(await ttlOf('ttl:r:a')).toBeLessThan(end / 1000 + 2);
    expect(await ttlOf('ttl:c:k')).toBeGreaterThanOrEqual((now + 60_000) / 1000);
    for (const item of await scan(dynalite.client(), 'ttl:')) expect(item.ttl?.N).toMatch(/^\d{10}$/);
  });

  it('finds out in one call whether it repeats, from a server that sends the item', async () => {
    const { store, shim } = await shimmed();
    await store.put('one-call', BODY, 60_000);
    shim.seen.length = 0;
    const first = await store.transition('one-call', answered('n'));
    expect(await store.transition('one-call', answered('n'))).toEqual({ ...first, outcome: 'repeated' });
    expect((await store.transition('one-call', answered('m'))).outcome).toBe('refused');
    expect((await store.transition('one-call', redeemed('c'))).outcome).toBe('done');
    expect((await store.transition('one-call', redeemed('c'))).outcome).toBe('repeated');
    expect((await store.transition('one-call', redeemed('d'))).outcome).toBe('refused');
    expect(shim.seen).toEqual(Array(6).fill('UpdateItem'));
  });

  it.each([
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceeded',
    'InternalServerError',
  ])('%s is said once, at once, and changes nothing', async (name) => {
    const { store, shim } = await shimmed();
    const id = `throttled-${name}`;
    const retryAfterSeconds = name === 'InternalServerError' ? 5 : 2;
    const fails = async (operation: string, call: () => Promise<unknown>) => {
      shim.seen.length = 0;
      shim.refuse(operation, name);
      await expect(call()).rejects.toMatchObject({
        code: 'store_unavailable',
        message: expect.stringContaining(name),
        retryAfterSeconds,
        cause: { name },
      });
      expect(shim.seen).toEqual([operation]);
    };
    await fails('PutItem', () => store.put(id, BODY, 60_000));
    expect(await store.get(id)).toBeUndefined();
    await store.put(id, BODY, 60_000);
    await fails('UpdateItem', () => store.transition(id, answered('n')));
    expect((await store.get(id))?.nonce).toBeUndefined();
    await fails('GetItem', () => store.get(id));
    await fails('UpdateItem', () => store.hit([hit(id)]));
    expect((await store.hit([hit(id)]))[0]?.current).toBe(1);
  });

  it('makes a client of its own that repeats nothing', async () => {
    shim = await startDynamoShim(dynalite.port);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const store = createDynamoStore({ table, endpoint: shim.endpoint, region: 'eu-central-1' });
    try {
      shim.refuse('UpdateItem', 'ThrottlingException');
      await expect(store.hit([hit('own')])).rejects.toMatchObject({ code: 'store_unavailable' });
      expect(shim.seen).toEqual(['UpdateItem']);
      expect((await store.hit([hit('own')]))[0]?.current).toBe(1);
    } finally {
      vi.unstubAllEnvs();
      await store.close();
    }
  });

  it('answers a refused put even if it cannot take the record back', async () => {
    const { store, shim } = await shimmed();
    await store.hit([hit('withdraw', 1)]);
    shim.refuse('DeleteItem', 'ThrottlingException');
    expect((await store.put('withdrawn', BODY, 60_000, [hit('withdraw', 1)])).outcome).toBe('limited');
    expect((await store.put('withdrawn-2', BODY, 60_000, [hit('withdraw', 1)])).outcome).toBe('limited');
    expect(await store.get('withdrawn-2')).toBeUndefined();
    // A live record that was there before is not the refused put's to take.
    await store.put('there', BODY, 60_000);
    expect((await store.put('there', BODY, 60_000, [hit('withdraw', 1)])).outcome).toBe('limited');
    expect(await store.get('there')).toBeDefined();
  });

  it('says which table is missing, and comes back when a record is gone', async () => {
    const lost = opened({ table: 'no-such-table' });
    await expect(lost.ping()).rejects.toMatchObject({
      code: 'store_unavailable',
      message: expect.stringContaining('ResourceNotFoundException'),
    });
    const store = opened();
    await store.put('deleted', BODY, 60_000);
    await store.transition('deleted', answered('n'));
    const Key = { pk: { S: 'r:deleted' } };
    await dynalite.client().send(new DeleteItemCommand({ TableName: table, Key }));
    expect((await store.transition('deleted', answered('n'))).outcome).toBe('refused');
    expect((await store.transition('deleted', redeemed('c'))).outcome).toBe('refused');
  });

  it('holds its promise between instances whose clocks differ by 30 s', async () => {
    const base = Date.UTC(2026, 0, 1) + 45_000;
    let now = base;
    const [behind, ahead] = [opened({ clock: () => now }), opened({ clock: () => now + 30_000 })];
    await behind.put('skew', BODY, 60_000);
    const both = await Promise.all([
      behind.transition('skew', answered('b')),
      ahead.transition('skew', answered('a')),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
    await behind.put('early', BODY, 60_000);
    now += 31_000;
    expect((await ahead.transition('early', answered('a'))).outcome).toBe('refused');
    expect((await behind.transition('early', answered('b'))).outcome).toBe('done');
    // One is still in the window that the other has left: no hit is for free.
    now = base;
    const turns = Array.from({ length: 12 }, (_, i) => (i % 2 ? ahead : behind));
    const allowed: boolean[] = [];
    for (const store of turns) allowed.push((await store.hit([hit('skew', 4)]))[0]!.allowed);
    expect(allowed.filter(Boolean).length).toBeLessThanOrEqual(6);
    expect(allowed.slice(8)).toEqual([false, false, false, false]);
  });

  it('clears away the windows of a visitor who seldom comes', async () => {
    let now = Date.UTC(2026, 0, 1);
    const store = opened({ prefix: 'seldom:', clock: () => now });
    for (let i = 0; i < 40; i++) {
      const [tally] = await store.hit([hit('k', 10, 1000)]);
      expect(tally).toMatchObject({ allowed: true, current: 1, previous: 0 });
      now += 20_000;
      expect(Object.keys((await itemOf('seldom:c:k'))!).length).toBeLessThanOrEqual(12);
    }
    for (let i = 0; i < 10; i++) {
      await store.hit([hit('often', 10, 1000)]);
      now += 1000;
    }
    expect(Object.keys((await itemOf('seldom:c:often'))!)).toHaveLength(5);
  });

  it('tells doctor how its table is set up', async () => {
    const { store, shim } = await shimmed();
    const told = async (from = store) =>
      (await from.inspect!()).map(({ level, text }) => `${level}: ${text}`).join('\n');
    expect(await told()).toMatch(/^ok: the key is pk/m);
    expect(await told()).toMatch(/^ok: one region/m);
    expect(await told()).toMatch(/^warn: time to live is DISABLED/m);
    shim.reply('DescribeTimeToLive', {
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' },
    });
    expect(await told()).not.toMatch(/^(warn|error)/m);
    const late = opened({ clock: () => Date.now() - 90_000 }, shim.endpoint);
    expect(await told(late)).toMatch(/^error: its clock is (89|90|91)\d{3} ms/m);
    const Table = {
      TableStatus: 'ACTIVE',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Replicas: [{ RegionName: 'eu-west-1' }],
    };
    shim.reply('DescribeTable', { Table });
    expect(await told()).toMatch(/^error: the key is id HASH/m);
    expect(await told()).toMatch(/^error: 1 replica regions, eventually consistent/m);
    shim.reply('DescribeTable', { Table: { ...Table, MultiRegionConsistency: 'STRONG' } });
    expect(await told()).toMatch(/^ok: 1 replica regions, strongly consistent/m);
    shim.refuse('DescribeTimeToLive', 'AccessDeniedException');
    expect(await told()).toMatch(/^warn: time to live cannot be asked here \(AccessDeniedException\)/m);
  });

  it('costs what docs/stores.md says: calls, waves and units', async () => {
    let clock = Date.now;
    const client = dynalite.client();
    const meter = metered(client);
    const r = rig({
      wrap: () =>
        createDynamoStore({ table, client, ...PATIENT, prefix: 'glyphgate:', clock: () => clock() }),
    });
    clock = r.now;
    const [one, two] = [(await r.generate('kind=text')).body.captcha_id, meter.bill()];
    expect(two).toEqual({ calls: ['PutItem', 'UpdateItem'], waves: 1, writeUnits: 2, readUnits: 0 });

    const answer = await r.answerOf(one);
    meter.bill();
    const { body } = await r.verify({ captcha_id: one, answer });
    expect(body.verified).toBe(true);
    expect(meter.bill()).toEqual({
      calls: ['GetItem', 'GetItem', 'UpdateItem', 'UpdateItem'],
      waves: 3,
      writeUnits: 2,
      readUnits: 2,
    });

    expect((await r.siteverify(body.token)).body.success).toBe(true);
    expect(meter.bill()).toEqual({
      calls: ['UpdateItem', 'UpdateItem'],
      waves: 2,
      writeUnits: 2,
      readUnits: 0,
    });

    const next = (await r.generate('kind=text')).body.captcha_id;
    meter.bill();
    await r.verify({ captcha_id: next, answer: 'WRONG' });
    expect(meter.bill()).toMatchObject({ waves: 3, writeUnits: 3, readUnits: 1 });

    const v6 = '2001:db8::1';
    const long = `kind=scene&difficulty=3&action=${'a'.repeat(32)}&cdata=${'c'.repeat(255)}&session=${'s'.repeat(128)}`;
    const wide = (await r.generate(long, v6)).body.captcha_id;
    expect(meter.bill()).toMatchObject({ waves: 1, writeUnits: 4, readUnits: 0 });
    const wideAnswer = await r.answerOf(wide);
    meter.bill();
    const session = 's'.repeat(128);
    const { token } = (await r.verify({ captcha_id: wide, answer: wideAnswer, session }, v6)).body;
    expect(meter.bill()).toMatchObject({ waves: 3, writeUnits: 4, readUnits: 6 });
    expect((await r.siteverify(token)).body.success).toBe(true);
    expect(meter.bill()).toMatchObject({ waves: 2, writeUnits: 2, readUnits: 0 });
    const other = (await r.generate('kind=text', v6)).body.captcha_id;
    meter.bill();
    await r.verify({ captcha_id: other, answer: 'WRONG' }, v6);
    expect(meter.bill()).toMatchObject({ waves: 3, writeUnits: 7, readUnits: 3 });
  });

  it('costs a refused generate its counter, one put and one delete, and the next ones nothing', async () => {
    const clock = () => Date.UTC(2026, 0, 1, 12);
    const instance = () => {
      const client = dynalite.client();
      const store = createDynamoStore({ table, client, ...PATIENT, prefix: 'refuse:', clock });
      const env = { GLYPHGATE_LIMIT_GENERATE: '1/60s' };
      return { ...rig({ env, wrap: () => store }), meter: metered(client) };
    };
    const [first, second] = [instance(), instance()];
    const statuses = [
      (await first.generate('', '192.0.2.1')).status,
      (await second.generate('', '192.0.2.1')).status,
    ];
    expect(second.meter.bill()).toMatchObject({
      calls: ['DeleteItem', 'PutItem', 'UpdateItem'],
      waves: 2,
      writeUnits: 3,
    });
    statuses.push((await second.generate('', '192.0.2.1')).status);
    expect(second.meter.bill().calls).toEqual([]);
    expect(statuses).toEqual([200, 429, 429]);
  });
});

/** Counts a client's calls, what they are billed, and how many had to wait for others. */
function metered(client: DynamoDBClient) {
  const fresh = () => ({ calls: [] as string[], waves: 0, writeUnits: 0, readUnits: 0 });
  let sum = fresh();
  let underWay = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = String(context.commandName).replace('Command', '');
      sum.calls.push(name);
      if (underWay++ === 0) sum.waves++;
      const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' as const };
      const done = await next({ ...args, input }).finally(() => {
        underWay--;
      });
      const units = (done.output as { ConsumedCapacity?: { CapacityUnits?: number } }).ConsumedCapacity;
      sum[name === 'GetItem' ? 'readUnits' : 'writeUnits'] += units?.CapacityUnits ?? Number.NaN;
      return done;
    },
    { step: 'initialize' },
  );
  return {
    /** Since the last time. */
    bill() {
      const { calls, ...rest } = sum;
      sum = fresh();
      return { calls: calls.sort(), ...rest };
    },
  };
}
