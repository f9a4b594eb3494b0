/** Where a release's rows lie, and its own code that opens them: what is kept of it reads every store's. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createShard, type ShardSql } from '../../lib/store/durable-object-shard.ts';
import { createDynamoStore } from '../../lib/store/dynamodb.ts';
import { createMemcachedStore } from '../../lib/store/memcached.ts';
import { createRedisStore } from '../../lib/store/redis.ts';
import { createSqliteStore } from '../../lib/store/sqlite.ts';
import type { PutOutcome, Store } from '../../lib/store/store.ts';
import { createUpstashStore } from '../../lib/store/upstash.ts';

export const PREFIX = 'glyphgate:';

export type Place =
  | { readonly store: 'sqlite' | 'durable-object'; readonly path: string }
  | { readonly store: 'dynamodb'; readonly table: string; readonly client: DynamoDBClient }
  | { readonly store: 'redis'; readonly url: string }
  | { readonly store: 'upstash'; readonly url: string; readonly token: string }
  | { readonly store: 'memcached'; readonly server: string };

export function openAt(place: Place, clock: () => number): Store {
  switch (place.store) {
    case 'sqlite':
      return createSqliteStore({ path: place.path, clock });
    case 'dynamodb':
      return createDynamoStore({ table: place.table, client: place.client, prefix: PREFIX, clock });
    case 'redis':
      return createRedisStore({ url: place.url, prefix: PREFIX, clock });
    case 'upstash':
      return createUpstashStore({ url: place.url, token: place.token, prefix: PREFIX, clock });
    case 'memcached':
      return createMemcachedStore({ servers: [place.server], prefix: PREFIX, clock });
    case 'durable-object':
      return openShard(place.path, clock);
  }
}

/** One shard of the Durable Object store over the same SQLite that workerd has, in a file. */
function openShard(path: string, clock: () => number): Store {
  const database = new DatabaseSync(path);
  // Every statement runs when it is given, asked for its rows or not.
  const sql: ShardSql = {
    databaseSize: 0,
    exec(query, ...bindings) {
      // Several at once, which only the tables are made by.
      if (/^\s*CREATE/.test(query)) database.exec(query);
      const rows = /^\s*CREATE/.test(query)
        ? []
        : database.prepare(query).all(...(bindings as SQLInputValue[]));
      return { toArray: () => rows };
    },
  };
  const shard = createShard(sql, { clock });
  return {
    kind: 'durable-object',
    put: async (id, body, ttlMs, hits = []) => shard.put(id, body, ttlMs, hits) as PutOutcome,
    get: async (id) => shard.get(id),
    transition: async (id, step, hits = []) => shard.transition(id, step, hits),
    hit: async (hits) => shard.hit(hits),
    ping: async () => {},
    close: async () => database.close(),
  };
}
