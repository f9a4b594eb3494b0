/** Rules: how many hits a bucket allows in a window. */

export const BUCKETS = ['generate', 'verify', 'failed', 'media', 'reveal', 'siteverify'] as const;
export type Bucket = (typeof BUCKETS)[number];

export interface Rule {
  readonly limit: number;
  readonly windowMs: number;
  /**
   * What it means when a count of its own cannot reach the store. Generate, verify and siteverify count together with the record,
   * so there a store that fails refuses in any case.
   */
  readonly onStoreError: 'allow' | 'deny';
}

export type Rules = Readonly<Record<Bucket, Rule>>;

const DEFAULT_RULES: Rules = {
  generate: { limit: 30, windowMs: 60_000, onStoreError: 'deny' },
  verify: { limit: 60, windowMs: 60_000, onStoreError: 'deny' },
  failed: { limit: 20, windowMs: 60_000, onStoreError: 'allow' },
  media: { limit: 20, windowMs: 60_000, onStoreError: 'deny' },
  reveal: { limit: 30, windowMs: 60_000, onStoreError: 'deny' },
  siteverify: { limit: 600, windowMs: 60_000, onStoreError: 'deny' },
};

/** The defaults with some limits replaced. */
export function withLimits(limits: Readonly<Partial<Record<Bucket, Partial<Rule>>>>): Rules {
  return Object.fromEntries(
    BUCKETS.map((bucket) => [bucket, { ...DEFAULT_RULES[bucket], ...limits[bucket] }]),
  ) as Record<Bucket, Rule>;
}
