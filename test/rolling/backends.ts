/** The real stores, each with its rows as they lie there: written out into a file that is kept, and laid back from one. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { createMemcachedClient } from '../../lib/store/memcached-client.ts';
import { startDynalite } from '../backends/dynalite.ts';
import { startMemcached } from '../backends/memcached.ts';
import { startRedis } from '../backends/redis.ts';
import { startUpstashBridge } from '../backends/upstash-bridge.ts';
import { type Place, PREFIX } from './stores.ts';

export interface Backend {
  readonly place: Place;
  /** Writes the rows of these challenges, and whatever else there is, into `file`. */
  keep(file: string, ids: readonly string[]): Promise<void>;
  lay(file: string): Promise<void>;
  stop(): Promise<void>;
}

/** For so long, in seconds, a row that is laid back stays. */
const STAYS = 3600;

export const BACKENDS: Readonly<Record<Place['store'], { file: string; start: () => Promise<Backend> }>> = {
  sqlite: { file: 'store.db', start: () => startFile('sqlite') },
  'durable-object': { file: 'durable-object.db', start: () => startFile('durable-object') },
  dynamodb: { file: 'dynamodb.json', start: startDynamo },
  redis: { file: 'redis.json', start: startPlainRedis },
  // They hold the same: what one of them wrote the other reads.
  upstash: { file: 'redis.json', start: startUpstash },
  memcached: { file: 'memcached.json', start: startMemory },
};

const save = (file: string, rows: unknown) => writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

async function startFile(store: 'sqlite' | 'durable-object'): Promise<Backend> {
  const folder = mkdtempSync(join(tmpdir(), 'glyphgate-rolling-'));
  const path = join(folder, 'rows.db');
  return {
    place: { store, path },
    async keep(file) {
      // One file, so that nothing of it lies in a write-ahead log.
      const database = new DatabaseSync(path);
      database.exec('PRAGMA journal_mode = DELETE; VACUUM');
      database.close();
      copyFileSync(path, file);
    },
    lay: async (file) => copyFileSync(file, path),
    stop: async () => rmSync(folder, { recursive: true }),
  };
}

async function startDynamo(): Promise<Backend> {
  const dynalite = await startDynalite();
  const [client, TableName] = [dynalite.client(), await dynalite.newTable()];
  const coded = (item: object, code: (bytes: never) => unknown) =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [
        name,
        'B' in value ? { B: code(value.B as never) } : value,
      ]),
    );
  return {
    place: { store: 'dynamodb', table: TableName, client },
    async keep(file) {
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      save(
        file,
        Items.map((item) => coded(item, (bytes: Uint8Array) => Buffer.from(bytes).toString('base64'))),
      );
    },
    async lay(file) {
      for (const row of read(file)) {
        const Item = coded(row, (text: string) => Buffer.from(text, 'base64'));
        await client.send(new PutItemCommand({ TableName, Item: Item as Record<string, AttributeValue> }));
      }
    },
    stop: () => dynalite.close(),
  };
}

async function startPlainRedis(): Promise<Backend> {
  const redis = await startRedis();
  return {
    place: { store: 'redis', url: redis.url },
    async keep(file) {
      const rows: Record<string, unknown> = {};
      for (const key of ((await redis.command('KEYS', '*')) as string[]).sort())
        rows[key] = await redis.command(
          ...((await redis.command('TYPE', key)) === 'hash' ? ['HGETALL', key] : ['GET', key]),
        );
      save(file, rows);
    },
    async lay(file) {
      for (const [key, row] of Object.entries<string | string[]>(read(file))) {
        await redis.command(...(typeof row === 'string' ? ['SET', key, row] : ['HSET', key, ...row]));
        await redis.command('EXPIRE', key, STAYS);
      }
    },
    stop: () => redis.stop(),
  };
}

async function startUpstash(): Promise<Backend> {
  const redis = await startPlainRedis();
  const bridge = await startUpstashBridge({
    port: Number(new URL((redis.place as { url: string }).url).port),
  });
  return {
    ...redis,
    place: { store: 'upstash', url: bridge.url, token: bridge.token },
    async stop() {
      await bridge.close();
      await redis.stop();
    },
  };
}

async function startMemory(): Promise<Backend> {
  const memcached = await startMemcached();
  const client = createMemcachedClient({ servers: [memcached.address] });
  return {
    place: { store: 'memcached', server: memcached.address },
    async keep(file, ids) {
      const rows: Record<string, string> = {};
      for (const key of ids.map((id) => `${PREFIX}r:${id}`)) {
        const { value } = await client.send(key, { verb: 'mg', key, flags: ['v'] });
        if (!value) throw new Error(`memcached has no ${key}`);
        rows[key] = Buffer.from(value).toString('base64');
      }
      save(file, rows);
    },
    async lay(file) {
      for (const [key, row] of Object.entries<string>(read(file)))
        await client.send(key, {
          verb: 'ms',
          key,
          value: Buffer.from(row, 'base64'),
          flags: [`T${STAYS}`],
        });
    },
    async stop() {
      client.close();
      await memcached.close();
    },
  };
}
