/**
 * The counters behind a site's brakes (site/brakes.ts). Every visitor of a site shares them, so they must not become the one hot key of
 * a store: up to 10,000 every request counts; a larger bound counts one request in k and has k times less room, which is right to about
 * one per cent. A refusal that one instance has seen is remembered there until the window ends.
 *
 * The day is part of the budget's key: it begins anew at midnight UTC, nothing slides over.
 */
import type { Site } from '../site/site.ts';
import type { Hit } from '../store/store.ts';

export const BRAKES = ['daily', 'site-failed'] as const;
export type Brake = (typeof BRAKES)[number];

const DAY_MS = 86_400_000;
/** As many counts as a counter of a sample goes up to. */
const EXACT = 10_000;

export interface BrakeHit extends Hit {
  readonly bucket: Brake;
  /** How many requests one count stands for. */
  readonly unit: number;
  /** The key ends with its window. */
  readonly fixed?: boolean;
}

export interface BrakeMeans {
  readonly pseudonymOf: (name: string) => { readonly name: string; readonly shard: number };
  readonly keyOf: (brake: Brake, windowMs: number, name: string) => string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** 0 ≤ x < 1 */
  readonly unit: () => number;
}

/** The budget counts one challenge, if it is in the sample; the bound on wrong answers is looked at. */
export function planBrakes(
  { key: site, brakes }: Site,
  { pseudonymOf, keyOf, now, unit }: BrakeMeans,
): readonly BrakeHit[] {
  if (!brakes) return [];
  const name = `brakes of ${site}`;
  const { shard } = pseudonymOf(name);
  const hits: BrakeHit[] = [];
  if (brakes.dailyChallenges !== undefined) {
    const every = Math.ceil(brakes.dailyChallenges / EXACT);
    hits.push({
      key: `${keyOf('daily', DAY_MS, name)}:${Math.floor(now / DAY_MS)}`,
      shard,
      limit: Math.floor(brakes.dailyChallenges / every),
      windowMs: DAY_MS,
      cost: unit() * every < 1 ? 1 : 0,
      bucket: 'daily',
      unit: every,
      fixed: true,
    });
  }
  if (brakes.failed) {
    const { limit, windowMs } = brakes.failed;
    const every = Math.ceil(limit / EXACT);
    hits.push({
      key: keyOf('site-failed', windowMs, name),
      shard,
      limit: Math.floor(limit / every),
      windowMs,
      cost: 0,
      bucket: 'site-failed',
      unit: every,
    });
  }
  return hits;
}
