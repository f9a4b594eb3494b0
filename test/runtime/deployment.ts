/**
 * A Glyphgate that runs somewhere: as a process, as Lambda artefacts, in workerd. The journey (journey.ts) knows it through this door
 * only. What the wire does not tell, such as right answers, comes from `insider`: a second instance of the same service in the test's own process, over the
 * same store with the same keys, as if the fleet had one more member.
 */
import { nodePrimitives } from '../../functions/node-primitives.ts';
import { loadSpeech } from '../../functions/speech.ts';
import { readConfig } from '../../lib/config.ts';
import { assemble } from '../../lib/http/assemble.ts';
import type { CaptchaService } from '../../lib/service/contract.ts';
import type { Store } from '../../lib/store/store.ts';
import { createKeyring, type Keyring } from '../../lib/token/keys.ts';
import { kinds, type Reply } from '../http/rig.ts';

export interface Deployment {
  /** One request as this platform delivers it, from a visitor at the IPv4 address `from`. `request.url` is on http://localhost. */
  request(request: Request, from: string): Promise<Response>;
  /** What health calls the store. */
  readonly storeKind: string;
  /** The deployment's own backend, reached past everything that `cut` touches. */
  readonly store: Store;
  /** The deployment, and nobody else, cannot reach its store any more, until `join`. */
  cut(): void | Promise<void>;
  join(): void | Promise<void>;
  stop(): Promise<void>;
}

/** Starts a deployment with these variables in its environment, beside those that name its store. */
export type Open = (environment: Readonly<Record<string, string>>) => Promise<Deployment>;

const MASTER_KEY = 'a-master-key-of-the-journey-and-of-nothing-else';
export const SITEKEY = 'journey-site';
export const SECRET = 'a-secret-of-the-journey-and-of-nothing-else';
/** Generates that one address may make in a minute. */
export const GENERATE_LIMIT = 10;

/** A production environment: nothing that only development has may be needed. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  GLYPHGATE_MASTER_KEY: MASTER_KEY,
  GLYPHGATE_SITEKEY: SITEKEY,
  GLYPHGATE_SECRET: SECRET,
  GLYPHGATE_LIMIT_GENERATE: `${GENERATE_LIMIT}/60s`,
};

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, a string as it is. */
  readonly body?: object | string;
  readonly from?: string;
}

let visitors = 0;

/** A visitor whom no limit has seen; 198.18.0.0/15 is set aside for tests (RFC 2544). */
export function newVisitor(): string {
  visitors++;
  return `198.${18 + ((visitors >> 16) & 1)}.${(visitors >> 8) & 255}.${visitors & 255}`;
}

export async function ask(
  { request }: Deployment,
  path: string,
  { method, headers, body, from }: Asked = {},
): Promise<Reply> {
  const json = typeof body === 'object';
  const response = await request(
    new Request(new URL(path, 'http://localhost'), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...(json && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
    }),
    from ?? newVisitor(),
  );
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = response.headers.get('Content-Type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined,
    bytes,
  };
}

export interface Insider {
  readonly ring: Keyring;
  /** The service as the deployment has it. */
  readonly service: CaptchaService;
  /** The same one, whose challenges and tokens live for a second. */
  readonly hasty: CaptchaService;
}

export function insider({ store }: Deployment): Insider {
  const config = readConfig({ ...ENVIRONMENT, GLYPHGATE_STORE: 'memory' });
  const platform = {
    store,
    kinds,
    speech: loadSpeech(),
    primitives: nodePrimitives,
    clientAddress: () => undefined,
    log: () => {},
    roles: [],
  } as const;
  return {
    ring: createKeyring(config.masterKeys, nodePrimitives),
    service: assemble(config, platform).service,
    hasty: assemble({ ...config, ttlSeconds: 1, tokenTtlSeconds: 1 }, platform).service,
  };
}
