/**
 * Sites for the end-to-end tests of whoever uses the service (docs/testing.md). Keys and secrets are public, so such a site protects
 * nothing: its tokens are signed by a key of its own, kid `test`, and no other site's secret redeems them.
 */
import { TEST_PREFIX } from '../config/sites.ts';
import type { Path } from './policy.ts';
import { hashSecret, type Site, type TestOutcome } from './site.ts';

const OUTCOMES: readonly TestOutcome[] = ['pass', 'fail', 'spent', 'expired'];

export interface TestSite {
  readonly site: Site;
  readonly secret: string;
}

/** One for each outcome, with the kinds of `compat`, and one that forces each kind and passes. */
export function testSites(kinds: readonly string[]): readonly TestSite[] {
  const path = (kind: string, weight: number): Path => ({ kind, presets: 'any', rounds: 1, weight });
  const all = kinds.map((kind) => path(kind, kind === 'scene' ? 1 : 0));
  return [
    ...OUTCOMES.map((outcome) => testSite(outcome, outcome, all)),
    ...kinds.map((kind) => testSite(kind, 'pass', [path(kind, 1)])),
  ];
}

function testSite(name: string, test: TestOutcome, paths: readonly Path[]): TestSite {
  const secret = `${TEST_PREFIX}secret-${name}`;
  return {
    secret,
    site: {
      key: `${TEST_PREFIX}${name}`,
      secrets: [{ hash: hashSecret(secret) }],
      origins: [],
      policy: { profile: 'compat', paths, difficultyFloor: 1, maxGuess: 1, spoken: true },
      test,
    },
  };
}
