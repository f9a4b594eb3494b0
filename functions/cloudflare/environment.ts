/** What a Worker finds in its environment: variables and secrets are text, everything else is a binding. */
import type { DurableObjectNamespace, RateLimit } from '@cloudflare/workers-types';
import { type Config, readConfig } from '../../lib/config.ts';
import { ConfigError } from '../../lib/errors.ts';
import type { Gate } from '../../lib/http/context.ts';
import type { AnalyticsDataset } from '../../lib/observe/analytics.ts';
import { networksOf } from '../../lib/rate-limit/address.ts';
import { createDurableObjectStore, type ShardNamespace } from '../../lib/store/durable-object.ts';
import { guardStore } from '../../lib/store/guard.ts';
import type { Store } from '../../lib/store/store.ts';

export interface Env {
  /** The namespace of `ChallengeStore`; needed with GLYPHGATE_STORE=durable-object. */
  readonly STORE?: DurableObjectNamespace;
  /** A rate-limit binding; optional. */
  readonly GATE?: RateLimit;
  /** An Analytics Engine dataset; optional. Each request is a data point (lib/observe/analytics.ts). */
  readonly METRICS?: AnalyticsDataset;
  readonly [name: string]: unknown;
}

export function readEnv(env: Env): Config {
  const variables = Object.entries(env).filter(([, value]) => typeof value === 'string');
  return readConfig(Object.fromEntries(variables) as Record<string, string>, { severalInstances: true });
}

/** Upstash's client is loaded by whoever uses it. */
export async function openStore(config: Config['store'], env: Env): Promise<Store> {
  switch (config.kind) {
    case 'durable-object': {
      const namespace = env.STORE as unknown as ShardNamespace | undefined;
      if (!namespace)
        throw new ConfigError(
          'STORE: expected a Durable Object binding to the class ChallengeStore; there is none',
        );
      return guardStore(createDurableObjectStore({ namespace, shards: config.shards }));
    }
    case 'upstash': {
      const { createUpstashStore } = await import('../../lib/store/upstash.ts');
      return guardStore(createUpstashStore(config));
    }
    default:
      throw new ConfigError(
        `GLYPHGATE_STORE: expected one that this entry carries (durable-object, upstash); it is "${config.kind}"`,
      );
  }
}

/** The binding counts by network, as the limits behind it do. */
export function openGate({ GATE }: Env): Gate | undefined {
  return GATE && (async (address) => (await GATE.limit({ key: networksOf(address)[0]!.name })).success);
}
