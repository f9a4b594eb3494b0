/** Rules: how many hits a bucket allows in a window. */

export const BUCKETS = ['generate', 'verify', 'failed', 'media', 'reveal', 'siteverify'] as const;
export type Bucket = (typeof BUCKETS)[number];

export interface Rule {
  readonly limit: number;
  readonly windowMs: number;
  /** What a count that cannot reach the store means. */
  readonly onStoreFailure: 'allow' | 'deny';
}

export type Rules = Readonly<Record<Bucket, Rule>>;

const DEFAULT_RULES: Rules = {
  generate: { limit: 30, windowMs: 60_000, onStoreFailure: 'deny' },
  verify: { limit: 60, windowMs: 60_000, onStoreFailure: 'deny' },
  failed: { limit: 20, windowMs: 60_000, onStoreFailure: 'allow' },
  media: { limit: 20, windowMs: 60_000, onStoreFailure: 'deny' },
  reveal: { limit: 30, windowMs: 60_000, onStoreFailure: 'deny' },
  siteverify: { limit: 600, windowMs: 60_000, onStoreFailure: 'deny' },
};

/** The defaults with some limits replaced. */
export function withLimits(
  limits: Readonly<Partial<Record<Bucket, { limit: number; windowMs: number }>>>,
): Rules {
  return Object.fromEntries(
    BUCKETS.map((bucket) => [bucket, { ...DEFAULT_RULES[bucket], ...limits[bucket] }]),
  ) as Record<Bucket, Rule>;
}
