/**
 * What a deployment may be told, all of it by the environment of `sst deploy`; secrets apart, which `sst secret set` keeps. The service's own
 * variables are handed through to it. What cannot work stops the deployment with the variable's name and what was expected.
 */
export type Cloud = 'aws' | 'cloudflare';
export type Environment = Readonly<Record<string, string | undefined>>;

/** Exact, for types and mocks are laid for these. */
export const PROVIDERS: Readonly<Record<Cloud, string>> = { aws: '7.20.0', cloudflare: '6.15.0' };

export interface Settings {
  readonly clouds: readonly Cloud[];
  readonly basePath: string;
  readonly origins: readonly string[];
  /** A host name of your own; undefined: the cloud's. */
  readonly domain: string | undefined;
  readonly alarmEmail: string | undefined;
  /** Invocations at the same time, of each function on AWS: the brake on what a flood may cost. 0: none. */
  readonly concurrency: number;
  /** A folder with `lambda` and `worker` as they were built before; undefined: they are built now. */
  readonly prebuilt: string | undefined;
  /** What the service reads, secrets and store excepted. */
  readonly service: Readonly<Record<string, string>>;
}

/** Variables of the service that a deployment hands through. */
export const SERVICE_VARIABLES = [
  'GLYPHGATE_SITEKEY',
  'GLYPHGATE_PROFILE',
  'GLYPHGATE_LANG',
  'GLYPHGATE_ORIGINS',
  'GLYPHGATE_TRUSTED_HOPS',
  'GLYPHGATE_BASE_PATH',
  'GLYPHGATE_SHARDS',
  'GLYPHGATE_TTL',
  'GLYPHGATE_TOKEN_TTL',
  'GLYPHGATE_SITES',
  'GLYPHGATE_TEST_KEYS',
  'GLYPHGATE_DAILY_BUDGET',
  'GLYPHGATE_BEYOND',
  'GLYPHGATE_LOG',
  'GLYPHGATE_LOG_ADDRESS',
  'GLYPHGATE_ERROR_MEDIA',
  ...['GENERATE', 'VERIFY', 'FAILED', 'MEDIA', 'REVEAL', 'SITEVERIFY', 'SITE_FAILED'].map(
    (name) => `GLYPHGATE_LIMIT_${name}`,
  ),
] as const;
/** Files of the operator's own: the build puts them into the Lambda zips (build/own.ts), so a function is told nothing of them. */
export const OWN_VARIABLES = [
  'GLYPHGATE_HOOKS',
  'GLYPHGATE_PRESETS',
  'GLYPHGATE_VOICES',
  'GLYPHGATE_QUESTIONS',
  'GLYPHGATE_QUESTIONS_RATIO',
] as const;
export type OwnVariable = (typeof OWN_VARIABLES)[number];
/** Variables of the deployment itself. */
export const DEPLOY_VARIABLES = [
  'GLYPHGATE_DEPLOY',
  'GLYPHGATE_DOMAIN',
  'GLYPHGATE_ALARM_EMAIL',
  'GLYPHGATE_CONCURRENCY',
  'GLYPHGATE_PREBUILT',
];

/** A deployment is seen by strangers: no profile whose weakest path is a blind guess in four. */
const DEFAULTS = { GLYPHGATE_SITEKEY: 'default', GLYPHGATE_PROFILE: 'standard' };

/** `GLYPHGATE_DEPLOY`, else the end of the stage's name (`…cloudflare`, `…both`), else AWS. */
export function cloudsOf(stage: string, environment: Environment): readonly Cloud[] {
  const asked = environment.GLYPHGATE_DEPLOY || /(cloudflare|both)$/.exec(stage)?.[1] || 'aws';
  if (asked === 'both') return ['aws', 'cloudflare'];
  if (asked === 'aws' || asked === 'cloudflare') return [asked];
  throw new Error(`GLYPHGATE_DEPLOY: expected aws, cloudflare or both; it is "${asked}"`);
}

export function readSettings(stage: string, environment: Environment): Settings {
  const text = (name: string, pattern: RegExp, expected: string) => {
    const value = environment[name] || undefined;
    if (value !== undefined && !pattern.test(value))
      throw new Error(`${name}: expected ${expected}; it is "${value}"`);
    return value;
  };
  const known: readonly string[] = [...SERVICE_VARIABLES, ...OWN_VARIABLES, ...DEPLOY_VARIABLES];
  for (const name of Object.keys(environment))
    if (name.startsWith('GLYPHGATE_') && !known.includes(name))
      throw new Error(`${name}: a deployment knows no such variable; expected one of ${known.join(', ')}`);
  const clouds = cloudsOf(stage, environment);
  for (const name of OWN_VARIABLES.filter((name) => environment[name])) {
    if (clouds.includes('cloudflare'))
      throw new Error(`${name}: expected nothing, since a Worker has no files of yours; it is set`);
    if (environment.GLYPHGATE_PREBUILT)
      throw new Error(`${name}: expected nothing beside GLYPHGATE_PREBUILT, whose zips are built; it is set`);
  }
  return {
    clouds,
    basePath: text('GLYPHGATE_BASE_PATH', /^(\/[A-Za-z0-9._~-]+)+$/, 'a path such as /api') ?? '/api',
    origins: originsOf(environment),
    domain: text('GLYPHGATE_DOMAIN', /^([a-z0-9-]+\.)+[a-z]{2,}$/, 'a host name such as captcha.example.com'),
    alarmEmail: text('GLYPHGATE_ALARM_EMAIL', /^[^@\s]+@[^@\s]+$/, 'an e-mail address'),
    concurrency: Number(text('GLYPHGATE_CONCURRENCY', /^\d{1,5}$/, 'a whole number, 0 for none') ?? '20'),
    prebuilt: environment.GLYPHGATE_PREBUILT || undefined,
    service: {
      ...DEFAULTS,
      ...Object.fromEntries(
        SERVICE_VARIABLES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
      ),
    },
  };
}

/** Of the environment's own site and of the document's: what stands before the service lets through no others. */
function originsOf({ GLYPHGATE_ORIGINS: own, GLYPHGATE_SITES: sites }: Environment): readonly string[] {
  const listed = (own ?? '').split(',').map((origin) => origin.trim());
  return [...new Set([...listed, ...(sites ? originsIn(sites) : [])])].filter((origin) => origin !== '');
}

function originsIn(sites: string): readonly string[] {
  try {
    const document = JSON.parse(sites) as { sites: readonly { origins?: readonly string[] }[] };
    return document.sites.flatMap(({ origins = [] }) => origins);
  } catch {
    throw new Error(
      'GLYPHGATE_SITES: expected the sites document, JSON (docs/sites.md); it is something else',
    );
  }
}
