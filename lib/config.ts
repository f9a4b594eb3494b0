/**
 * One schema: environment → Config. Everything is checked at start; a value that cannot work stops the program with the
 * variable's name and what was expected. NODE_ENV unset means production. In development every variable has a default; outside it
 * there is no start without real keys.
 */
import * as v from 'valibot';
import { type BrakeConfig, brakeConfig, brakeEntries, brakeProblems } from './config/brakes.ts';
import {
  BUCKETS,
  type BucketName,
  integer,
  keys,
  type LimitConfig,
  MIN_KEY_BYTES,
  oneOf,
  origins,
  rule,
  share,
  text,
} from './config/fields.ts';
import { type ObserveConfig, observeConfig, observeEntries, observeProblems } from './config/observe.ts';
import { rolesEntries, rolesProblems, type ServedRole } from './config/roles.ts';
import { type SigningJwk, signingKeys } from './config/signing.ts';
import { PROFILE_NAMES, type SiteConfig } from './config/sites.ts';
import {
  hasDocument,
  type SitesSource,
  sitesEntries,
  sitesOf,
  testKeyProblems,
  testKeysOn,
} from './config/sites-source.ts';
import {
  missingStoreVariables,
  type StoreConfig,
  sharingProblems,
  storeConfig,
  storeEntries,
} from './config/store.ts';
import { ConfigError } from './errors.ts';

export interface Config {
  readonly development: boolean;
  readonly port: number;
  /** What this deployment serves. */
  readonly roles: readonly ServedRole[];
  /** The current one first; older ones still open what they made. */
  readonly masterKeys: readonly string[];
  /** Sign tokens instead of the sites' derived keys, the current one first; empty: HS256. */
  readonly signingKeys: readonly SigningJwk[];
  /** The site of a request that names none. */
  readonly siteKey: string;
  /** Those of the environment's own site, the current one first; empty where only the document has sites. */
  readonly secrets: readonly string[];
  readonly profile: (typeof PROFILE_NAMES)[number];
  /** The sites of the document. */
  readonly sites: readonly SiteConfig[];
  /** Whether the site keys for end-to-end tests work (docs/testing.md). */
  readonly testKeys: boolean;
  readonly store: StoreConfig;
  /** A file with text presets of the operator's own. */
  readonly presets: string | undefined;
  /** The operator's bank of photo questions: its folder, and the share of scenes that it gives. */
  readonly questions: { readonly folder: string; readonly ratio: number } | undefined;
  /** The folder of the operator's own voices. */
  readonly voices: string | undefined;
  readonly limits: Readonly<Partial<Record<BucketName, LimitConfig>>>;
  readonly brakes: BrakeConfig | undefined;
  readonly observe: ObserveConfig;
  /** The module that the operator's hooks are read from. */
  readonly hooks: string | undefined;
  /** Whether a refused request for a picture or a sound gets one that says so. */
  readonly errorMedia: boolean;
  readonly ttlSeconds: number;
  readonly tokenTtlSeconds: number;
  readonly lang: 'zh-CN' | 'en';
  readonly origins: readonly string[];
  readonly trustedHops: number;
  readonly basePath: string;
  /** Development only: the demo may ask for the right answer; for end-to-end tests of the demo itself. */
  readonly demoAnswers: boolean;
}

export interface ConfigOptions extends SitesSource {
  /** Whether the platform runs several instances that must share a store. */
  readonly severalInstances?: boolean;
  /** Variables whose files came along with the code; where there are several instances, no others may name files. */
  readonly beside?: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Well known, hence refused outside development. */
export const DEVELOPMENT = {
  masterKey: 'development-master-key-never-use-in-production',
  siteKey: 'development',
  secret: 'development-secret-never-use-in-production',
} as const;

const limitEntries = Object.fromEntries(
  BUCKETS.map((name) => [`GLYPHGATE_LIMIT_${name.toUpperCase()}`, v.optional(rule)]),
) as Record<`GLYPHGATE_LIMIT_${Uppercase<BucketName>}`, v.OptionalSchema<typeof rule, undefined>>;

const schema = v.object({
  NODE_ENV: v.optional(v.string(), 'production'),
  PORT: v.optional(integer(0, 65_535), '8787'),
  ...rolesEntries,
  GLYPHGATE_MASTER_KEY: keys(
    `a secret of at least ${MIN_KEY_BYTES} bytes, or several separated by commas, the current one first; make one with: openssl rand -base64 48`,
  ),
  GLYPHGATE_SITEKEY: v.optional(text(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of the characters A-Z a-z 0-9 _ -')),
  GLYPHGATE_SECRET: v.optional(
    keys(
      `a secret of at least ${MIN_KEY_BYTES} bytes for the site's back end, or several separated by commas while one is replaced`,
    ),
  ),
  GLYPHGATE_SIGNING_KEY: v.optional(signingKeys),
  GLYPHGATE_PROFILE: v.optional(oneOf(PROFILE_NAMES), 'compat'),
  ...storeEntries,
  GLYPHGATE_QUESTIONS: v.optional(text(/^.+$/, 'the path of a folder with questions.json')),
  GLYPHGATE_QUESTIONS_RATIO: v.optional(share, '0.3'),
  GLYPHGATE_PRESETS: v.optional(text(/^.+$/, 'the path of a JSON file with presets')),
  GLYPHGATE_VOICES: v.optional(text(/^.+$/, 'the path of a folder with voices.json')),
  GLYPHGATE_INSTANCES: v.optional(integer(1, 10_000), '1'),
  ...limitEntries,
  ...brakeEntries,
  ...observeEntries,
  GLYPHGATE_TTL: v.optional(integer(10, 3600), '300'),
  GLYPHGATE_TOKEN_TTL: v.optional(integer(10, 3600), '300'),
  GLYPHGATE_LANG: v.optional(oneOf(['zh-CN', 'en']), 'zh-CN'),
  GLYPHGATE_ORIGINS: v.optional(origins, ''),
  GLYPHGATE_TRUSTED_HOPS: v.optional(integer(0, 16), '0'),
  GLYPHGATE_BASE_PATH: v.optional(
    text(/^(\/[A-Za-z0-9._~-]+)+$/, 'a path such as /api (starts with a slash, does not end with one)'),
    '/api',
  ),
  ...sitesEntries,
  GLYPHGATE_DEMO_ANSWERS: v.optional(oneOf(['0', '1']), '0'),
});

/** Throws `ConfigError` naming every variable that cannot work. An empty value counts as unset. */
export function readConfig(environment: Environment, options: ConfigOptions = {}): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => value !== undefined && value !== '' && name in schema.entries,
    ),
  );
  const development = given.NODE_ENV === 'development';
  const defaults = development
    ? {
        GLYPHGATE_MASTER_KEY: DEVELOPMENT.masterKey,
        GLYPHGATE_SITEKEY: DEVELOPMENT.siteKey,
        GLYPHGATE_SECRET: DEVELOPMENT.secret,
      }
    : {};
  const parsed = v.safeParse(schema, { ...defaults, ...given });
  const problems = parsed.issues ? parsed.issues.map((issue) => problem(issue, given)) : [];
  const { sites, problems: siteProblems } = sitesOf(given, options);
  problems.push(
    ...ownSiteProblems({ ...defaults, ...given }, sites),
    ...siteProblems,
    ...testKeyProblems(given, development),
  );
  problems.push(...fileProblems(given, options), ...observeProblems(given, options));
  problems.push(
    ...unknownNames(environment),
    ...missingStoreVariables(given),
    ...brakeProblems(given),
    ...rolesProblems(given),
  );
  if (!development) problems.push(...productionProblems(given, options));
  if (problems.length > 0) throw new ConfigError([...new Set(problems)].join('\n'));

  const env = parsed.output as v.InferOutput<typeof schema>;
  return {
    development,
    port: env.PORT,
    roles: env.GLYPHGATE_ROLES,
    masterKeys: env.GLYPHGATE_MASTER_KEY,
    signingKeys: env.GLYPHGATE_SIGNING_KEY ?? [],
    siteKey: env.GLYPHGATE_SITEKEY ?? sites[0]!.key,
    secrets: env.GLYPHGATE_SECRET ?? [],
    profile: env.GLYPHGATE_PROFILE,
    sites,
    testKeys: testKeysOn(env.GLYPHGATE_TEST_KEYS, development),
    store: storeConfig(env),
    voices: env.GLYPHGATE_VOICES,
    presets: env.GLYPHGATE_PRESETS,
    questions:
      env.GLYPHGATE_QUESTIONS === undefined
        ? undefined
        : { folder: env.GLYPHGATE_QUESTIONS, ratio: env.GLYPHGATE_QUESTIONS_RATIO },
    limits: Object.fromEntries(
      BUCKETS.flatMap((name) => {
        const limit = env[`GLYPHGATE_LIMIT_${name.toUpperCase() as Uppercase<BucketName>}`];
        return limit ? [[name, limit]] : [];
      }),
    ),
    brakes: brakeConfig(env),
    observe: observeConfig(env, development),
    hooks: env.GLYPHGATE_HOOKS,
    errorMedia: env.GLYPHGATE_ERROR_MEDIA === '1',
    ttlSeconds: env.GLYPHGATE_TTL,
    tokenTtlSeconds: env.GLYPHGATE_TOKEN_TTL,
    lang: env.GLYPHGATE_LANG,
    origins: env.GLYPHGATE_ORIGINS,
    trustedHops: env.GLYPHGATE_TRUSTED_HOPS,
    basePath: env.GLYPHGATE_BASE_PATH,
    demoAnswers: development && env.GLYPHGATE_DEMO_ANSWERS === '1',
  };
}

/** Names the variable and what was expected; says the value back only where it is not a secret. */
function problem(issue: v.BaseIssue<unknown>, given: Record<string, string | undefined>): string {
  const name = String(issue.path?.[0]?.key);
  const value = given[name];
  const secret = /KEY$|SECRET$|TOKEN$|_URL$/.test(name) && name !== 'GLYPHGATE_SITEKEY';
  const found =
    value === undefined ? 'it is not set' : secret ? 'it is set to something else' : `it is "${value}"`;
  return `${name}: expected ${value === undefined ? expectedOf(name) : issue.message}; ${found}`;
}

/** A misspelt variable would be ignored in silence. */
function unknownNames(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('GLYPHGATE_') && !(name in schema.entries))
    .map((name) => `${name}: no such variable; expected one of ${Object.keys(schema.entries).join(', ')}`);
}

function expectedOf(name: string): string {
  const entry = schema.entries[name as keyof typeof schema.entries];
  const issues = v.safeParse(entry, '').issues;
  return issues?.[0]?.message ?? 'a value';
}

/** The environment names a site whole; it may name none where there is a sites document. */
function ownSiteProblems(given: Record<string, string | undefined>, sites: readonly SiteConfig[]): string[] {
  const names = ['GLYPHGATE_SITEKEY', 'GLYPHGATE_SECRET'];
  const missing = names.filter((name) => given[name] === undefined);
  if (missing.length === names.length && hasDocument(given)) return [];
  const key = given.GLYPHGATE_SITEKEY;
  if (sites.some((site) => site.key === key))
    return [`GLYPHGATE_SITEKEY: expected a key that no site of the document has; it is "${key}"`];
  return missing.map((name) => `${name}: expected ${expectedOf(name)}; it is not set`);
}

/** What only a machine with files has, and what would go unnoticed if it were left out in silence. */
const FILES = ['GLYPHGATE_QUESTIONS', 'GLYPHGATE_VOICES', 'GLYPHGATE_PRESETS', 'GLYPHGATE_HOOKS'] as const;

function fileProblems(given: Record<string, string | undefined>, options: ConfigOptions): string[] {
  const { GLYPHGATE_QUESTIONS: folder, GLYPHGATE_QUESTIONS_RATIO: ratio } = given;
  const elsewhere = options.severalInstances
    ? FILES.filter((name) => given[name] !== undefined && !options.beside?.includes(name))
    : [];
  const problems = elsewhere.map(
    (name) =>
      `${name}: expected nothing here, since only the Node server reads files of yours, and a Lambda those that its zip was built with (docs/deploy-aws.md); it is "${given[name]}"`,
  );
  if (folder === undefined && ratio !== undefined)
    problems.push(
      `GLYPHGATE_QUESTIONS: expected a value, since GLYPHGATE_QUESTIONS_RATIO is ${ratio}; it is not set`,
    );
  return problems;
}

function productionProblems(given: Record<string, string | undefined>, options: ConfigOptions): string[] {
  const problems: string[] = [];
  if (given.GLYPHGATE_MASTER_KEY?.includes(DEVELOPMENT.masterKey))
    problems.push('GLYPHGATE_MASTER_KEY: expected a key of your own; it is the development key');
  if (given.GLYPHGATE_SECRET?.includes(DEVELOPMENT.secret))
    problems.push('GLYPHGATE_SECRET: expected a secret of your own; it is the development secret');
  problems.push(...sharingProblems(given, options.severalInstances === true));
  return problems;
}
