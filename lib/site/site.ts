/** A site: who may ask for challenges here, and who may redeem their tokens. */
import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes, utf8 } from '../util/bytes.ts';
import type { Brakes, SiteLimits } from './brakes.ts';
import type { Policy } from './policy.ts';

export interface Site {
  /** Public. */
  readonly key: string;
  /** SHA-256 of each secret that redeems; more than one while a secret is being rotated. */
  readonly secretHashes: readonly Uint8Array[];
  /** Origins that may call from a browser, exact; also the hosts that a verify may come from. Empty: same origin only, any host. */
  readonly origins: readonly string[];
  readonly policy: Policy;
  readonly brakes?: Brakes | undefined;
  readonly limits?: SiteLimits | undefined;
}

export interface Sites {
  readonly default: Site;
  byKey(key: string): Site | undefined;
  bySecret(secret: string): Site | undefined;
  readonly origins: readonly string[];
}

/** Secrets are long random values, so a plain hash keeps them; no salt or stretching is needed. */
export const hashSecret = (secret: string): Uint8Array => sha256(utf8(secret));

export function createSites(sites: readonly [Site, ...Site[]]): Sites {
  return {
    default: sites[0],
    byKey: (key) => sites.find((site) => site.key === key),
    bySecret(secret) {
      const hash = hashSecret(secret);
      return sites.find((site) => site.secretHashes.some((known) => equalBytes(known, hash)));
    },
    origins: sites.flatMap((site) => site.origins),
  };
}

/** Whether a verify may come from this host; an unknown host (no Origin, no Referer) is decided by the token's reader. */
export function allowsHost(site: Site, hostname: string): boolean {
  if (hostname === '' || site.origins.length === 0) return true;
  return site.origins.some((origin) => new URL(origin).hostname === hostname);
}
