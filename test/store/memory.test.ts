import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../lib/store/memory.ts';
import { storeConformance } from '../conformance/store.ts';

storeConformance('memory', () => {
  let now = Date.UTC(2026, 0, 1);
  return {
    store: createMemoryStore({ clock: () => now }),
    advance: (ms) => {
      now += ms;
    },
    close: () => {},
  };
});

describe('the memory store is bounded', () => {
  const body = new Uint8Array(100);

  it('refuses new records when full and never evicts a live one', async () => {
    let now = 0;
    const store = createMemoryStore({ maxRecords: 3, clock: () => now });
    for (const id of ['a', 'b', 'c']) await store.put(id, body, 1000);
    await expect(store.put('d', body, 1000)).rejects.toMatchObject({ code: 'store_full' });
    for (const id of ['a', 'b', 'c']) expect(await store.get(id)).toBeDefined();
    now = 1000;
    expect((await store.put('d', body, 1000)).outcome).toBe('stored');
  });

  it('finds the room that expired records take, wherever they are', async () => {
    let now = 0;
    const store = createMemoryStore({ maxRecords: 40, clock: () => now });
    for (let i = 0; i < 40; i++) await store.put(`id${i}`, body, i < 10 ? 1000 : 60_000);
    now = 1000;
    for (let i = 0; i < 10; i++) expect((await store.put(`more${i}`, body, 60_000)).outcome).toBe('stored');
    await expect(store.put('last', body, 1000)).rejects.toMatchObject({ code: 'store_full' });
  });

  it('bounds bytes as well as entries', async () => {
    const store = createMemoryStore({ maxBytes: 250 });
    await store.put('a', body, 1000);
    await store.put('b', body, 1000);
    await expect(store.put('c', body, 1000)).rejects.toMatchObject({ code: 'store_full' });
  });

  it('gives bytes back with the records that held them', async () => {
    let now = 0;
    const store = createMemoryStore({ maxBytes: 1000, clock: () => now });
    for (let i = 0; i < 100; i++) {
      expect((await store.put(`id${i}`, body, 1000)).outcome).toBe('stored');
      now += 200;
    }
  });

  it('refuses to count when there is no room for a counter, rather than forget one', async () => {
    let now = 0;
    const store = createMemoryStore({ maxCounters: 2, clock: () => now });
    const hit = (key: string) => [{ key, shard: 0, limit: 1, windowMs: 1000, cost: 1 }] as const;
    await store.hit(hit('a'));
    await store.hit(hit('b'));
    await expect(store.hit(hit('c'))).rejects.toMatchObject({ code: 'store_full' });
    now = 2000;
    expect((await store.hit(hit('c')))[0]?.allowed).toBe(true);
  });

  it('gives memory back: 200,000 short-lived records pass through room for 5,000', async () => {
    let now = 0;
    const store = createMemoryStore({ maxRecords: 5000, clock: () => now });
    for (let i = 0; i < 200_000; i++) {
      now += 1;
      await store.put(`id${i}`, body, 1000);
    }
    expect((await store.put('last', body, 1000)).outcome).toBe('stored');
  });
});
