/**
 * Randomness. `secureBytes` is the platform's CSPRNG and decides everything that an attacker must not guess.
 * `seededRandom` repeats itself for the same seed and label, byte for byte on every engine: it draws pictures.
 *
 * The seeded stream is ChaCha8 (D. J. Bernstein, 2008), not a statistical generator: positions and noise that are
 * visible in a picture are outputs of this stream, and nobody must be able to run it forwards to the solution.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { brieflyUtf8 } from './bytes.ts';
import { chacha8 } from './chacha8.ts';

/** `length` bytes from the CSPRNG. It is asked for a pool at a time (a call costs more than the bytes); what is handed out is wiped there. */
export function secureBytes(length: number): Uint8Array<ArrayBuffer> {
  if (length > POOL_BYTES) return crypto.getRandomValues(new Uint8Array(length));
  if (poolAt + length > pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(POOL_BYTES));
    poolAt = 0;
  }
  const bytes = pool.slice(poolAt, poolAt + length);
  pool.fill(0, poolAt, poolAt + length);
  poolAt += length;
  return bytes;
}

const POOL_BYTES = 4096;
let pool = new Uint8Array(0);
let poolAt = 0;

/** A deterministic source of uniform draws. All draws are free of modulo bias. */
export interface Random {
  /** 32 uniform bits as an unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1), 24 bits fine: exact in a 32-bit float. */
  unit(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [0, bound); `bound` in 1 … 2³². */
  below(bound: number): number;
  /** Uniform integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** True with probability `p` (default one half). */
  chance(p?: number): boolean;
  /** One of the items; throws on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** `count` different items in random order. */
  sample<T>(items: readonly T[], count: number): T[];
}

/** The stream for (`seed`, `label`). Different labels of one seed are independent. */
export function seededRandom(seed: string, label: string): Random {
  const key = keyOf(`${label}\0${seed}`);
  // Typed arrays of 64 bytes live in the engine's own heap, larger ones cost several times as much
  const block = new Uint32Array(16);
  let next = block.length;
  let counter = 0;

  const uint32 = (): number => {
    if (next === block.length) {
      chacha8(key, counter++, block);
      next = 0;
    }
    return block[next++]!;
  };
  return fromUint32(uint32);
}

const UNUSED = /* @__PURE__ */ sha256.create();
const hash = /* @__PURE__ */ sha256.create();
const digest = new Uint8Array(32);
const words = new DataView(digest.buffer);
const encoded = brieflyUtf8();

/** SHA-256 of the text as words. One hash and one buffer do for all: to make them costs more than to hash. */
function keyOf(text: string): Uint32Array {
  UNUSED._cloneInto(hash);
  hash.update(encoded(text)).digestInto(digest);
  const key = new Uint32Array(8);
  for (let i = 0; i < key.length; i++) key[i] = words.getUint32(4 * i, true);
  return key;
}

/** A `Random` over any source of 32 uniform bits. */
function fromUint32(uint32: () => number): Random {
  const below = (bound: number): number => {
    if (!(bound >= 1 && bound <= 2 ** 32))
      throw new RangeError(`below(bound): expected 1 … 2^32, got ${bound}`);
    const fair = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const value = uint32();
      if (value < fair) return value % bound;
    }
  };
  const unit = () => (uint32() >>> 8) / 16777216;
  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = items.slice();
    for (let i = copy.length - 1; i > 0; i--) {
      const j = below(i + 1);
      const held = copy[i]!;
      copy[i] = copy[j]!;
      copy[j] = held;
    }
    return copy;
  };
  return {
    uint32,
    unit,
    below,
    shuffle,
    between: (low, high) => low + (high - low) * unit(),
    integer: (low, high) => low + below(high - low + 1),
    chance: (p = 0.5) => unit() < p,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('pick(items): expected at least one item');
      return items[below(items.length)]!;
    },
    sample: (items, count) => {
      if (count > items.length)
        throw new RangeError(`sample: expected at most ${items.length} items, got ${count}`);
      return shuffle(items).slice(0, count);
    },
  };
}

/** Draws from the platform's CSPRNG. */
export function secureRandom(): Random {
  return fromUint32(() => new DataView(secureBytes(4).buffer).getUint32(0));
}
