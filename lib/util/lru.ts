/** A cache of bounded weight that lets go of what was used longest ago. */
export interface Lru<K, V> {
  /** The kept value, or a made one; one that outweighs the whole cache is made and not kept. */
  get(key: K): V;
  readonly weight: number;
  readonly size: number;
}

export interface LruOptions<K, V> {
  readonly most: number;
  make(key: K): V;
  weigh(value: V): number;
}

export function createLru<K, V>({ most, make, weigh }: LruOptions<K, V>): Lru<K, V> {
  // A Map remembers the order of insertion: the first entry is the one used longest ago
  const kept = new Map<K, { value: V; weight: number }>();
  let total = 0;
  return {
    get(key) {
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
        return found.value;
      }
      const value = make(key);
      const weight = weigh(value);
      if (weight > most) return value;
      for (const [oldest, { weight: freed }] of kept) {
        if (total + weight <= most) break;
        kept.delete(oldest);
        total -= freed;
      }
      kept.set(key, { value, weight });
      total += weight;
      return value;
    },
    get weight() {
      return total;
    },
    get size() {
      return kept.size;
    },
  };
}
