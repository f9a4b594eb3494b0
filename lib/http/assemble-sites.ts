/** The sites of a service: the environment's own one, those of the document, those for tests. No policy may be weaker than it says. */
import { KINDS } from '../challenge/challenge.ts';
import type { Kinds } from '../challenge/choose.ts';
import { policyExaminer } from '../challenge/strength.ts';
import type { BrakeConfig } from '../config/brakes.ts';
import type { SiteConfig } from '../config/sites.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../errors.ts';
import type { Log } from '../observe/log.ts';
import { brakesOf } from '../site/brakes.ts';
import { POLICIES, type Policy, policyOf } from '../site/policy.ts';
import { createSites, hashSecret, type Site, type Sites, siteOf } from '../site/site.ts';
import { testSites } from '../site/test-sites.ts';

export interface SitesParts {
  readonly kinds?: Kinds | undefined;
  readonly log: Log;
  readonly clock: () => number;
}

/** Throws `ConfigError` with the path of every policy that cannot be kept. */
export function assembleSites(config: Config, { kinds, log, clock }: SitesParts): Sites {
  const findings = policyFindings(config.sites, kinds);
  refuseSofterBrakes(config);
  const wrong = findings.filter(({ level }) => level === 'error');
  if (wrong.length > 0) throw new ConfigError(wrong.map(({ text }) => text).join('\n'));
  for (const { text } of findings) log({ level: 'warn', event: 'policy_weak', message: text });
  if (config.testKeys && !config.development)
    log({
      level: 'warn',
      event: 'test_keys',
      message:
        'GLYPHGATE_TEST_KEYS: whoever asks for a test site passes; its tokens redeem with the test secrets only',
    });
  return createSites(
    [
      ...(config.secrets.length > 0 ? [ownSite(config)] : []),
      ...config.sites.map(siteOf),
      ...(config.testKeys ? testSites(KINDS).map(({ site }) => site) : []),
    ],
    clock,
  );
}

export interface PolicyNote {
  readonly level: 'error' | 'warn';
  /** Begins with the path of the field. */
  readonly text: string;
}

const COMPAT = {
  level: 'warn',
  field: 'profile',
  text: 'compat: a blind guess passes 25 %, and the weakest look is a query away',
} as const;

/** What is wrong with the policies of a document, or worth knowing. */
export function policyFindings(sites: readonly SiteConfig[], kinds: Kinds | undefined): PolicyNote[] {
  const examine = policyExaminer(kinds);
  return sites.flatMap(({ key, policy, brakes }, at) => {
    const softer = brakes && softerThan(policyOf(policy), brakes.beyond);
    const own = policy.kinds ?? policy.maxGuess ?? policy.difficulty;
    // The profiles themselves are held by tests.
    const found = own !== undefined ? examine(policyOf(policy)) : policy.profile === 'compat' ? [COMPAT] : [];
    return [
      ...found.map(({ level, field, text }) => ({
        level,
        text: `sites[${at}].policy.${field} (${key}): ${text}`,
      })),
      ...(softer
        ? [{ level: 'error' as const, text: `sites[${at}].brakes.beyond (${key}): ${softer}` }]
        : []),
    ];
  });
}

/** What comes beyond a brake must be harder, or an attacker would brake on purpose. */
function softerThan(policy: Policy, beyond: BrakeConfig['beyond']): string | undefined {
  if (beyond === 'refuse') return undefined;
  const next = POLICIES[beyond];
  return next.maxGuess > policy.maxGuess || next.paths === policy.paths
    ? `expected refuse or a profile harder than ${policy.profile}; it is "${beyond}"`
    : undefined;
}

function refuseSofterBrakes({ brakes, profile }: Config): void {
  const softer = brakes && softerThan(POLICIES[profile], brakes.beyond);
  if (softer) throw new ConfigError(`GLYPHGATE_BEYOND: ${softer}`);
}

const ownSite = (config: Config): Site => ({
  key: config.siteKey,
  secrets: config.secrets.map((secret) => ({ hash: hashSecret(secret) })),
  origins: config.origins,
  policy: POLICIES[config.profile],
  brakes: brakesOf(config.brakes),
  errorMedia: config.errorMedia,
});
