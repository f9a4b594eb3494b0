import { describe, expect, it } from 'vitest';
import { createLru } from '../../lib/util/lru.ts';

function lru(most: number) {
  const made: number[] = [];
  const cache = createLru<number, number>({
    most,
    make: (key) => {
      made.push(key);
      return key;
    },
    weigh: (value) => value,
  });
  return { cache, made };
}

describe('the cache', () => {
  it('makes a value once while it is kept', () => {
    const { cache, made } = lru(10);
    expect([cache.get(4), cache.get(4), cache.get(5), cache.get(4)]).toEqual([4, 4, 5, 4]);
    expect(made).toEqual([4, 5]);
    expect({ weight: cache.weight, size: cache.size }).toEqual({ weight: 9, size: 2 });
  });

  it('lets go of what was used longest ago, of as much as it takes', () => {
    const { cache, made } = lru(10);
    for (const key of [3, 4, 2, 3, 5]) cache.get(key);
    expect({ weight: cache.weight, size: cache.size }).toEqual({ weight: 10, size: 3 });
    cache.get(4);
    expect(made).toEqual([3, 4, 2, 5, 4]);
    cache.get(9);
    expect({ weight: cache.weight, size: cache.size }).toEqual({ weight: 9, size: 1 });
  });

  it('does not keep what outweighs it', () => {
    const { cache, made } = lru(10);
    cache.get(3);
    expect(cache.get(11)).toBe(11);
    expect(cache.get(11)).toBe(11);
    expect(made).toEqual([3, 11, 11]);
    expect(cache.weight).toBe(3);
  });

  it('never outgrows its bound', () => {
    const { cache } = lru(50);
    for (let i = 0; i < 1000; i++) {
      cache.get((i * 7919) % 61);
      expect(cache.weight).toBeLessThanOrEqual(50);
    }
  });
});
