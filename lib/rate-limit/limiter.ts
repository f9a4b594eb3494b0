/**
 * Limits by address and by site. The limiter says what to count (`plan`), the store counts and decides, the limiter reads
 * the verdict (`judge`). Between the two stands a bounded cache of refusals: while all counters of a request stand at their limits they
 * only grow until their windows end, so refusing from the cache until then never changes a decision; it only spares the store.
 */
import type { Site } from '../site/site.ts';
import type { Hit, Tally } from '../store/store.ts';
import { toBase64Url } from '../util/bytes.ts';
import { networksOf } from './address.ts';
import { BRAKES, type Brake, planBrakes } from './brakes.ts';
import type { Bucket, Rules } from './rules.ts';

/** Who is counted: a visitor by canonical address, or a site as a whole. `region`: where on earth, as `shard` understands it. */
export type Subject =
  | { readonly address: string; readonly region?: number | undefined }
  | { readonly site: string };

export interface Decision {
  readonly allowed: boolean;
  readonly bucket: Bucket | Brake;
  readonly limit: number;
  readonly windowSeconds: number;
  /** What is left after this request, at least 0. */
  readonly remaining: number;
  /** Seconds until `remaining` has been restored, or, when refused, until it is worth trying again. */
  readonly resetSeconds: number;
}

export interface PlannedHit extends Hit {
  readonly bucket: Bucket | Brake;
  /** How many requests one count stands for, where only a sample is counted; absent: one. */
  readonly unit?: number;
  /** The key ends with its window: nothing slides on into the next. */
  readonly fixed?: boolean;
}

export interface RateLimiter {
  readonly rules: Rules;
  /** The partition that a subject's counters live in, 0 … 255: its challenges are put there too, so that one call reaches both. */
  shardOf(subject: Subject): number;
  /** `site`: whose own limits count, where it has any. */
  plan(bucket: Bucket, subject: Subject, cost?: 0 | 1, site?: Site): readonly PlannedHit[];
  /** What the site's next challenge counts against its brakes, and a refusal that needs no store call, if one is known. */
  brakes(site: Site): { readonly hits: readonly PlannedHit[]; readonly known: Decision | undefined };
  /** What one judged answer counts against the site's bound on wrong ones. */
  failedBrake(site: Site, cost: 0 | 1): readonly PlannedHit[];
  /** A refusal that needs no store call, if one is known. */
  recall(hits: readonly PlannedHit[]): Decision | undefined;
  /** The decision for the tallies that the store gave for `hits`: the tightest of them. */
  judge(hits: readonly PlannedHit[], tallies: readonly Tally[]): Decision | undefined;
}

export interface RateLimiterOptions {
  readonly rules: Rules;
  /** Turns a network's name into a pseudonym: a keyed hash. */
  readonly pseudonym: (name: string) => Uint8Array;
  /** The partition of a subject, from a byte of its pseudonym and its region (0: none); default: that byte. */
  readonly shard?: ((hash: number, region: number) => number) | undefined;
  readonly clock: () => number;
  /** Refusals remembered at once; default 10,000. */
  readonly maxRecalled?: number;
  /** 0 ≤ x < 1: picks the sample that counts against a large budget. Not a secret. */
  readonly unit?: () => number;
}

/** A site's own server that names no visitor is counted as a whole, with this much more room than one address. */
const SITE_FACTOR = 20;

const MAX_PSEUDONYMS = 256;

export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { rules, pseudonym, shard: partition = (hash) => hash, clock } = options;
  const { maxRecalled = 10_000, unit = Math.random } = options;
  const deniedUntil = new Map<string, number>();

  // One request asks for several buckets of one network.
  const pseudonyms = new Map<string, { name: string; hash: number; shard: number }>();
  const pseudonymOf = (name: string) => {
    let known = pseudonyms.get(name);
    if (known === undefined) {
      if (pseudonyms.size >= MAX_PSEUDONYMS) pseudonyms.clear();
      const hash = pseudonym(name);
      const byte = hash[16]!;
      known = { name: toBase64Url(hash.subarray(0, 16)), hash: byte, shard: partition(byte, 0) };
      pseudonyms.set(name, known);
    }
    return known;
  };
  // The window is part of the name: a changed rule starts a counter of its own.
  const keyOf = (bucket: Bucket | Brake, windowMs: number, name: string) =>
    `${bucket}:${windowMs}:${pseudonymOf(name).name}`;

  const remember = (hit: PlannedHit, tally: Tally) => {
    if (tally.current < hit.limit) return;
    if (deniedUntil.size >= maxRecalled) deniedUntil.delete(deniedUntil.keys().next().value!);
    deniedUntil.set(hit.key, tally.windowEndsAt);
  };

  const namesOf = (subject: Subject) =>
    'site' in subject ? [{ name: `site ${subject.site}`, factor: SITE_FACTOR }] : networksOf(subject.address);
  // By the widest network: the counters of all its parts live together.
  const shardOf = (subject: Subject) => {
    const { hash, shard } = pseudonymOf(namesOf(subject).at(-1)!.name);
    return 'region' in subject && subject.region ? partition(hash, subject.region) : shard;
  };

  const recall: RateLimiter['recall'] = (hits) => {
    const now = clock();
    const until = (hit: PlannedHit) => {
      const end = deniedUntil.get(hit.key);
      if (end !== undefined && end <= now) deniedUntil.delete(hit.key);
      return end !== undefined && end > now ? end : undefined;
    };
    // A counter that is not at its limit yet must see this request, though another one refuses it.
    if (hits.some((hit) => hit.cost > 0 && until(hit) === undefined)) return undefined;
    const known = hits.find((hit) => until(hit) !== undefined);
    return known && decision(known, false, 0, until(known)! - now);
  };

  return {
    rules,
    shardOf,

    plan(bucket, subject, cost = 1, site) {
      const own = bucket === 'generate' || bucket === 'siteverify' ? site?.limits?.[bucket] : undefined;
      const { limit, windowMs } = own ?? rules[bucket];
      const shard = shardOf(subject);
      return namesOf(subject).map(({ name, factor }): PlannedHit => {
        const counted = own && 'address' in subject ? `${name} at ${site!.key}` : name;
        return {
          key: keyOf(bucket, windowMs, counted),
          shard,
          limit: bucket === 'siteverify' ? limit : limit * factor,
          windowMs,
          cost,
          bucket,
        };
      });
    },

    brakes(site) {
      const planned = planBrakes(site, { pseudonymOf, keyOf, now: clock(), unit });
      const known = planned.map((hit) => recall([hit])).find((each) => each !== undefined);
      // What is not in the sample and only counts has nothing to ask the store.
      return { hits: planned.filter((hit) => hit.cost > 0 || hit.bucket === 'site-failed'), known };
    },

    failedBrake(site, cost) {
      return planBrakes(site, { pseudonymOf, keyOf, now: clock(), unit })
        .filter(({ bucket }) => bucket === 'site-failed')
        .map((hit) => ({ ...hit, cost: cost > 0 && unit() * hit.unit < 1 ? 1 : 0 }));
    },

    recall,

    judge(hits, tallies) {
      const decisions = hits.map((hit, i) => {
        const tally = tallies[i]!;
        remember(hit, tally);
        return read(hit, tally);
      });
      const refused = visitorsFirst(decisions.filter((each) => !each.allowed));
      if (refused.length > 0) return refused.reduce((a, b) => (b.resetSeconds > a.resetSeconds ? b : a));
      const all = visitorsFirst(decisions);
      return all.length > 0 ? all.reduce((a, b) => (b.remaining < a.remaining ? b : a)) : undefined;
    },
  };
}

export const isBrake = (bucket: Decision['bucket']): bucket is Brake =>
  (BRAKES as readonly string[]).includes(bucket);

/** A brake speaks only where no limit of the visitor's own does. */
function visitorsFirst(decisions: readonly Decision[]): readonly Decision[] {
  const own = decisions.filter(({ bucket }) => !isBrake(bucket));
  return own.length > 0 ? own : decisions;
}

function read(hit: PlannedHit, tally: Tally): Decision {
  const share = Math.max(0, (tally.windowEndsAt - tally.now) / hit.windowMs);
  const estimate = Math.min(tally.previous, hit.limit) * share + tally.current;
  const remaining = Math.max(0, Math.floor(hit.limit - estimate));
  return decision(
    hit,
    tally.allowed,
    remaining,
    tally.allowed ? tally.windowEndsAt - tally.now : waitMs(hit, tally),
  );
}

/** How long until one more hit would be allowed if none came in between. */
function waitMs(hit: PlannedHit, tally: Tally): number {
  const toEnd = tally.windowEndsAt - tally.now;
  if (hit.fixed) return toEnd;
  const room = hit.limit - 1 - tally.current;
  if (room >= 0) {
    const previous = Math.min(tally.previous, hit.limit);
    return Math.max(0, toEnd - (hit.windowMs * room) / previous);
  }
  const previous = Math.min(tally.current, hit.limit);
  return toEnd + hit.windowMs * (1 - (hit.limit - 1) / previous);
}

function decision(hit: PlannedHit, allowed: boolean, remaining: number, resetMs: number): Decision {
  return {
    allowed,
    bucket: hit.bucket,
    limit: hit.limit * (hit.unit ?? 1),
    windowSeconds: hit.windowMs / 1000,
    remaining: remaining * (hit.unit ?? 1),
    resetSeconds: Math.max(1, Math.ceil(resetMs / 1000)),
  };
}
