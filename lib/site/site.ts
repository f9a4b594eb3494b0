/** A site: who may ask for challenges here, who may redeem their tokens, and which rules of its own it has. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { SiteConfig } from '../config/sites.ts';
import { equalBytes, utf8 } from '../util/bytes.ts';
import { type Brakes, brakesOf, type SiteLimits } from './brakes.ts';
import { type Policy, policyOf } from './policy.ts';

export interface Secret {
  /** SHA-256. */
  readonly hash: Uint8Array;
  /** Milliseconds since the epoch; absent: for good. */
  readonly until?: number | undefined;
}

export interface Site {
  /** Public. */
  readonly key: string;
  /** More than one while a secret is being rotated. */
  readonly secrets: readonly Secret[];
  /** Origins whose pages may call from a browser, exact. */
  readonly origins: readonly string[];
  /** Hosts that a verify may come from, beside those of the origins. Both empty: any host. */
  readonly hostnames?: readonly string[];
  readonly policy: Policy;
  /** Language where a request asks for none; absent: the service's. */
  readonly lang?: 'zh-CN' | 'en' | undefined;
  readonly limits?: SiteLimits | undefined;
  readonly brakes?: Brakes | undefined;
  /** For end-to-end tests: what becomes of every answer, whatever it is (test-sites.ts). */
  readonly test?: TestOutcome | undefined;
  /** Whether a refused picture or sound is one that says so, with the same status; else JSON. */
  readonly errorMedia?: boolean | undefined;
}

/** `spent`: its tokens count as redeemed. `expired`: its challenges count as expired when they are answered. */
export type TestOutcome = 'pass' | 'fail' | 'spent' | 'expired';

export interface Sites {
  /** Of a request that names none. */
  readonly default: Site;
  byKey(key: string): Site | undefined;
  bySecret(secret: string): Site | undefined;
  readonly origins: readonly string[];
}

/** Secrets are long random values, so a plain hash keeps them; no salt or stretching is needed. */
export const hashSecret = (secret: string): Uint8Array => sha256(utf8(secret));

/** `clock` ends secrets that are being replaced. */
export function createSites(sites: readonly Site[], clock: () => number): Sites {
  const [first] = sites;
  if (!first) throw new RangeError('createSites: expected at least one site');
  const keys = new Map(sites.map((site) => [site.key, site]));
  const secrets = new Map(
    sites.flatMap((site) =>
      site.secrets.map((secret) => [bytesToHex(secret.hash), { site, secret }] as const),
    ),
  );
  return {
    default: first,
    byKey: (key) => keys.get(key),
    bySecret(given) {
      // Found by its hash, which tells nothing of the secret; then compared in constant time all the same.
      const hash = hashSecret(given);
      const found = secrets.get(bytesToHex(hash));
      if (!found || !equalBytes(found.secret.hash, hash)) return undefined;
      return (found.secret.until ?? Number.POSITIVE_INFINITY) > clock() ? found.site : undefined;
    },
    origins: [...new Set(sites.flatMap((site) => site.origins))],
  };
}

/** Whether a verify may come from this host; an unknown host (no Origin, no Referer) is decided by the token's reader. */
export function allowsHost(site: Site, hostname: string): boolean {
  const { hostnames = [], origins } = site;
  if (hostname === '' || (hostnames.length === 0 && origins.length === 0)) return true;
  return hostnames.includes(hostname) || origins.some((origin) => new URL(origin).hostname === hostname);
}

/** A site of the document. */
export const siteOf = ({ secrets, policy, brakes, name: _, ...same }: SiteConfig): Site => ({
  ...same,
  secrets: secrets.map(({ sha256: hex, until }) => ({ hash: hexToBytes(hex), until })),
  policy: policyOf(policy),
  brakes: brakesOf(brakes),
});
