/**
 * The store on Upstash: Redis over HTTPS, for any runtime, Workers too. Every operation is one script in one REST call.
 *
 * What it promises is what redis.ts says; of Upstash itself: writes go to the primary region and are replicated to read regions, so
 * the database must not serve these calls from a replica, which scripts that write never are. Eviction must be off (it is by default).
 * Its scripts want the flag `allow-key-locking`, or every script locks the whole database; plain Redis refuses that flag.
 *
 * The client's own retries are off: `retry: false` still means one retry there, `retries: 0` means none.
 */
import { Redis } from '@upstash/redis/cloudflare';
import { ConfigError } from '../errors.ts';
import { createScriptedStore, type RedisLink } from './redis-core.ts';
import type { Store } from './store.ts';

export interface UpstashStoreOptions {
  /** `UPSTASH_REDIS_REST_URL` */
  readonly url: string;
  /** `UPSTASH_REDIS_REST_TOKEN`, the one that may write. */
  readonly token: string;
  /** Before every key; default `glyphgate:`. */
  readonly prefix?: string | undefined;
  /** Milliseconds without an answer after which a request is given up; default 2,000. */
  readonly stallMs?: number | undefined;
  /** Milliseconds since the epoch; default: the server's own clock. For tests. */
  readonly clock?: (() => number) | undefined;
}

export function createUpstashStore(options: UpstashStoreOptions): Store {
  const { url, token, stallMs = 2000 } = options;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new ConfigError('upstash: expected a REST URL such as https://name.upstash.io');
  if (!/^\S+$/.test(token)) throw new ConfigError('upstash: expected a REST token without spaces');
  // All keys here are ASCII and bodies are base64url, so answers need no encoding and no guessing at JSON.
  const client = new Redis({
    url,
    token,
    retry: { retries: 0 },
    signal: () => AbortSignal.timeout(stallMs),
    enableTelemetry: false,
    enableAutoPipelining: false,
    automaticDeserialization: false,
    responseEncoding: false,
    readYourWrites: false,
  });
  const link: RedisLink = {
    async send(_, command) {
      try {
        return await client.exec([...command] as [string, ...string[]]);
      } catch (error) {
        throw withoutCommand(error);
      }
    },
    async close() {},
  };
  return createScriptedStore({
    kind: 'upstash',
    link,
    scriptHead: '#!lua flags=allow-key-locking\n',
    prefix: options.prefix,
    clock: options.clock,
  });
}

/** The client quotes the whole command, or the whole reply, in its errors: neither belongs in a log. */
function withoutCommand(error: unknown): unknown {
  if (!(error instanceof Error) || !/^Upstash/.test(error.name)) return error;
  if (error.name === 'UpstashJSONParseError') return new Error('the reply is not JSON');
  return new Error(error.message.split(', command was: ')[0]);
}
