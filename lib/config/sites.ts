/**
 * The sites document: several sites in one service, as JSON. Read strictly: an unknown name is a mistake, and every mistake is told by
 * the path of its field and what was expected there. What a policy may be composed of is judged later (challenge/strength.ts), where
 * the kinds are known.
 */
import * as v from 'valibot';
import type { BrakeConfig } from './brakes.ts';
import { type CustomTextConfig, customText } from './custom-text.ts';
import { arrayOf, NO_SUCH, objectOf, whole } from './document.ts';
import { type LimitConfig, oneOf, origin, rule, text } from './fields.ts';

export interface SecretConfig {
  /** SHA-256 of the secret, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Milliseconds since the epoch; absent: for good. */
  readonly until?: number | undefined;
}

export interface KindConfig {
  readonly weight: number;
  readonly rounds: number;
  readonly presets?: readonly string[] | 'any' | undefined;
  /** text only: what a request may set by itself; absent: nothing. */
  readonly custom?: CustomTextConfig | undefined;
}

export interface PolicyConfig {
  readonly profile: ProfileName;
  /** Instead of the profile's own. */
  readonly kinds?: Readonly<Record<string, KindConfig>> | undefined;
  readonly difficulty?: 1 | 2 | 3 | undefined;
  readonly maxGuess?: number | undefined;
}

export interface SiteConfig {
  readonly key: string;
  /** For operators; never on the wire. */
  readonly name?: string | undefined;
  readonly secrets: readonly SecretConfig[];
  readonly hostnames: readonly string[];
  readonly origins: readonly string[];
  readonly lang?: 'zh-CN' | 'en' | undefined;
  readonly policy: PolicyConfig;
  readonly limits: {
    readonly generate?: LimitConfig | undefined;
    readonly siteverify?: LimitConfig | undefined;
  };
  readonly brakes: BrakeConfig | undefined;
  readonly errorMedia?: boolean | undefined;
}

export const PROFILE_NAMES = ['compat', 'standard', 'strict', 'accessible'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** What every test key and test secret starts with; nobody else's may. */
export const TEST_PREFIX = 'glyphgate-test-';
export const reserved = (key: string) => `expected a key of your own; "${key}" is a key for tests`;

const MAX_SITES = 10_000;
const MAX_DAILY = 1_000_000_000;

const TIME = 'a time such as 2026-12-31T00:00:00Z';
const time = v.pipe(v.string(TIME), v.isoTimestamp(TIME), v.transform(Date.parse));
const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostname = text(
  new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$|^\\[[0-9a-f:.]+\\]$`),
  'a host name in lower case such as www.example.com (no scheme, no port, no *)',
);
const preset = text(/^[a-z0-9-]{1,32}$/, 'the name of a preset');
const PRESETS = '"any" or a list of different presets, the default first';
const kind = objectOf({
  weight: v.optional(whole(0, 1000), 1),
  rounds: v.optional(whole(1, 10), 1),
  presets: v.optional(
    v.union(
      [
        v.literal('any'),
        v.pipe(
          v.array(preset),
          v.check((names) => names.length > 0 && new Set(names).size === names.length, PRESETS),
        ),
      ],
      PRESETS,
    ),
  ),
  custom: v.optional(customText),
});

const SHARE = 'a number above 0, up to 1, such as 0.02';
const ownPolicy = objectOf({
  profile: v.optional(oneOf(PROFILE_NAMES), 'standard'),
  kinds: v.optional(
    v.pipe(
      v.record(
        text(/^[a-z]{1,32}$/, 'the name of a kind'),
        kind,
        'an object from kinds to what is asked of them',
      ),
      v.check((kinds) => Object.keys(kinds).length > 0, 'at least one kind'),
      v.check(
        (kinds) => Object.keys(kinds).length === 0 || Object.values(kinds).some(({ weight }) => weight > 0),
        'at least one kind of a weight above 0',
      ),
    ),
  ),
  difficulty: v.optional(whole(1, 3)),
  max_guess: v.optional(
    v.pipe(
      v.number(SHARE),
      v.check((share) => share > 0 && share <= 1, SHARE),
    ),
  ),
});

/** What a failing store means is the service's to say, not a site's. */
const OWN_RULE = 'hits and window such as "30/60s"';
const ownRule = v.pipe(v.string(OWN_RULE), v.regex(/^\d+\/\d+s$/, OWN_RULE), rule);

const site = objectOf({
  sitekey: text(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of the characters A-Z a-z 0-9 _ -'),
  name: v.optional(text(/^[^\p{Cc}]{1,100}$/u, '1 to 100 characters')),
  secrets: v.pipe(
    arrayOf(
      objectOf({
        sha256: text(/^[0-9a-f]{64}$/, 'the SHA-256 of a secret, 64 hexadecimal digits in lower case'),
        until: v.optional(time),
      }),
      'a list of secret hashes',
    ),
    v.minLength(1, 'at least one secret hash'),
  ),
  hostnames: v.optional(arrayOf(hostname, 'a list of host names'), []),
  origins: v.optional(arrayOf(origin, 'a list of origins'), []),
  lang: v.optional(oneOf(['zh-CN', 'en'])),
  policy: v.optional(
    v.lazy((given) => (typeof given === 'object' && given !== null ? ownPolicy : PROFILE_OR_OWN)),
    'standard',
  ),
  limits: v.optional(objectOf({ generate: v.optional(ownRule), siteverify: v.optional(ownRule) }), {}),
  error_media: v.optional(v.boolean('true or false')),
  brakes: v.optional(
    v.pipe(
      objectOf({
        daily_budget: v.optional(whole(1, MAX_DAILY)),
        failed_verifies: v.optional(ownRule),
        beyond: v.optional(oneOf(['refuse', 'standard', 'strict', 'accessible']), 'refuse'),
      }),
      v.check(
        (brakes) => brakes.daily_budget !== undefined || brakes.failed_verifies !== undefined,
        'daily_budget, failed_verifies or both',
      ),
    ),
  ),
});
const PROFILE_OR_OWN = v.picklist(
  PROFILE_NAMES,
  `${PROFILE_NAMES.slice(0, -1).join(', ')} or ${PROFILE_NAMES.at(-1)}, or an object with a policy of your own`,
);

const sitesDocument = objectOf({
  $schema: v.optional(v.string('a URL')),
  sites: v.pipe(
    arrayOf(site, 'a list of sites'),
    v.minLength(1, 'at least one site'),
    v.maxLength(MAX_SITES, `at most ${MAX_SITES} sites`),
  ),
});

export interface SitesReading {
  /** Empty when there is a problem. */
  readonly sites: readonly SiteConfig[];
  /** Each names the path of a field and what was expected there. */
  readonly problems: readonly string[];
}

export function readSites(json: string): SitesReading {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch (error) {
    return failed([`expected JSON; ${withoutText((error as Error).message)}`]);
  }
  const parsed = v.safeParse(sitesDocument, given);
  if (!parsed.success) return failed(parsed.issues.map(problem));
  const problems = [...testKeys(parsed.output.sites), ...repeated(parsed.output.sites)];
  return problems.length > 0 ? failed(problems) : { sites: parsed.output.sites.map(siteConfig), problems };
}

const failed = (problems: readonly string[]): SitesReading => ({ sites: [], problems });

function siteConfig(given: v.InferOutput<typeof site>): SiteConfig {
  const { sitekey, policy, brakes, error_media: errorMedia, ...same } = given;
  return {
    ...same,
    key: sitekey,
    errorMedia,
    policy:
      typeof policy === 'string'
        ? { profile: policy }
        : {
            profile: policy.profile,
            kinds: policy.kinds,
            difficulty: policy.difficulty as 1 | 2 | 3 | undefined,
            maxGuess: policy.max_guess,
          },
    brakes: brakes && {
      dailyChallenges: brakes.daily_budget,
      failed: brakes.failed_verifies,
      beyond: brakes.beyond,
    },
  };
}

const testKeys = (sites: readonly v.InferOutput<typeof site>[]) =>
  sites.flatMap(({ sitekey }, at) =>
    sitekey.startsWith(TEST_PREFIX) ? [`sites[${at}].sitekey: ${reserved(sitekey)}`] : [],
  );

/** Two sites of one key, or of one secret, could not be told apart. */
function repeated(sites: readonly v.InferOutput<typeof site>[]): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  const note = (value: string, path: string, what: string) => {
    const earlier = seen.get(value);
    if (earlier !== undefined) problems.push(`${path}: expected ${what}; it stands at ${earlier} too`);
    else seen.set(value, path);
  };
  for (const [at, { sitekey, secrets }] of sites.entries()) {
    note(sitekey, `sites[${at}].sitekey`, 'a site key of its own');
    for (const [i, { sha256 }] of secrets.entries())
      note(`secret ${sha256}`, `sites[${at}].secrets[${i}].sha256`, 'a secret of its own');
  }
  return problems;
}

function problem(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  const found = issue.input === undefined ? 'it is missing' : `it is ${shown(issue.input)}`;
  const at = path === '' ? '' : `${path}: `;
  return issue.message.startsWith(NO_SUCH)
    ? `${at}${issue.message}`
    : `${at}expected ${issue.message}; ${found}`;
}

const SHOWN = 80;

function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > SHOWN ? `${json.slice(0, SHOWN)}…` : json;
}

/** V8 quotes the document in its message; a document may be pasted wrongly, with secrets in it. */
function withoutText(message: string): string {
  return /position \d+/.exec(message)?.[0]
    ? `it goes wrong at ${/position \d+/.exec(message)![0]}`
    : 'it is something else';
}
