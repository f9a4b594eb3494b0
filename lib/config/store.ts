/** Which store, and what it needs: `GLYPHGATE_STORE` and each one's own variables. */
import * as v from 'valibot';
import { integer, list, oneOf, text } from './fields.ts';

export type StoreConfig =
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'redis'; readonly url: string; readonly cluster: boolean; readonly prefix: string }
  | { readonly kind: 'upstash'; readonly url: string; readonly token: string; readonly prefix: string }
  | { readonly kind: 'dynamodb'; readonly table: string; readonly prefix: string }
  | { readonly kind: 'memcached'; readonly servers: readonly string[]; readonly prefix: string }
  | { readonly kind: 'durable-object'; readonly shards: number };

const SERVERS = 'host:port, or several separated by commas';

export const storeEntries = {
  GLYPHGATE_STORE: v.optional(
    oneOf(['memory', 'sqlite', 'redis', 'upstash', 'dynamodb', 'memcached', 'durable-object']),
    'memory',
  ),
  GLYPHGATE_STORE_PREFIX: v.optional(
    text(/^[A-Za-z0-9:_.-]{0,64}$/, 'up to 64 of the characters A-Z a-z 0-9 : _ . -'),
    'glyphgate:',
  ),
  GLYPHGATE_SQLITE_PATH: v.optional(text(/^.+$/, 'the path of a file')),
  GLYPHGATE_REDIS_URL: v.optional(
    text(/^rediss?:\/\/.+$/, 'a URL such as redis://user:password@host:6379 or rediss://…'),
  ),
  GLYPHGATE_REDIS_CLUSTER: v.optional(oneOf(['0', '1']), '0'),
  UPSTASH_REDIS_REST_URL: v.optional(text(/^https?:\/\/.+$/, 'the https URL of the database')),
  UPSTASH_REDIS_REST_TOKEN: v.optional(text(/^\S+$/, 'the token of the database')),
  GLYPHGATE_DYNAMODB_TABLE: v.optional(text(/^[A-Za-z0-9_.-]{3,255}$/, 'the name of a table')),
  GLYPHGATE_MEMCACHED_SERVERS: v.optional(
    v.pipe(
      v.string(SERVERS),
      v.transform(list),
      v.minLength(1, SERVERS),
      v.everyItem((server) => /^[^\s:]+:\d{1,5}$/.test(server), SERVERS),
    ),
  ),
  GLYPHGATE_SHARDS: v.optional(integer(1, 16), '8'),
};

type StoreKind = StoreConfig['kind'];
type StoreVariable = keyof typeof storeEntries;

/** What each store cannot do without. */
const NEEDS: Readonly<Record<StoreKind, readonly StoreVariable[]>> = {
  memory: [],
  sqlite: ['GLYPHGATE_SQLITE_PATH'],
  redis: ['GLYPHGATE_REDIS_URL'],
  upstash: ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  dynamodb: ['GLYPHGATE_DYNAMODB_TABLE'],
  memcached: ['GLYPHGATE_MEMCACHED_SERVERS'],
  'durable-object': [],
};

const ONE_PROCESS: readonly string[] = ['memory'];
const ONE_MACHINE: readonly string[] = ['memory', 'sqlite'];

export type Given = Readonly<Record<string, string | undefined>>;

/** The variables that the chosen store lacks. */
export function missingStoreVariables(given: Given): readonly string[] {
  const needs = NEEDS[(given.GLYPHGATE_STORE ?? 'memory') as StoreKind] ?? [];
  return needs
    .filter((name) => given[name] === undefined)
    .map(
      (name) => `${name}: expected a value, since GLYPHGATE_STORE is ${given.GLYPHGATE_STORE}; it is not set`,
    );
}

/** What keeps several instances from working with the chosen store. */
export function sharingProblems(given: Given, severalMachines: boolean): readonly string[] {
  const store = given.GLYPHGATE_STORE ?? 'memory';
  const several = Number(given.GLYPHGATE_INSTANCES ?? '1') > 1;
  if (!(severalMachines && ONE_MACHINE.includes(store)) && !(several && ONE_PROCESS.includes(store)))
    return [];
  return [
    `GLYPHGATE_STORE: expected a store that several instances share; ${store} serves one ${store === 'memory' ? 'process' : 'machine'} only`,
  ];
}

type StoreEnv = v.InferOutput<v.ObjectSchema<typeof storeEntries, undefined>>;

export function storeConfig(env: StoreEnv): StoreConfig {
  const prefix = env.GLYPHGATE_STORE_PREFIX;
  switch (env.GLYPHGATE_STORE) {
    case 'memory':
      return { kind: 'memory' };
    case 'sqlite':
      return { kind: 'sqlite', path: env.GLYPHGATE_SQLITE_PATH! };
    case 'redis':
      return {
        kind: 'redis',
        url: env.GLYPHGATE_REDIS_URL!,
        cluster: env.GLYPHGATE_REDIS_CLUSTER === '1',
        prefix,
      };
    case 'upstash':
      return {
        kind: 'upstash',
        url: env.UPSTASH_REDIS_REST_URL!,
        token: env.UPSTASH_REDIS_REST_TOKEN!,
        prefix,
      };
    case 'dynamodb':
      return { kind: 'dynamodb', table: env.GLYPHGATE_DYNAMODB_TABLE!, prefix };
    case 'memcached':
      return { kind: 'memcached', servers: env.GLYPHGATE_MEMCACHED_SERVERS!, prefix };
    case 'durable-object':
      return { kind: 'durable-object', shards: env.GLYPHGATE_SHARDS };
  }
}
