/** The same store over HTTP and a signature, as the Lambdas have it. */
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDirectDynamoStore, type DirectOptions } from '../../lib/store/dynamodb-direct.ts';
import { type Dynalite, startDynalite } from '../backends/dynalite.ts';
import { startDynamoShim } from '../backends/dynamo-shim.ts';
import { startFaultProxy } from '../backends/fault-proxy.ts';
import { faultConformance } from '../conformance/faults.ts';
import { storeConformance } from '../conformance/store.ts';

let dynalite: Dynalite;
let table: string;
beforeAll(async () => {
  dynalite = await startDynalite();
  table = await dynalite.newTable();
});
afterAll(() => dynalite.close());

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret', sessionToken: 'a-session' };
const REGION = 'eu-central-1';
const open = (endpoint: string, options: Partial<DirectOptions> = {}) =>
  createDirectDynamoStore({
    table,
    region: REGION,
    credentials: CREDENTIALS,
    endpoint,
    builtin: process.getBuiltinModule,
    timeoutMs: 30_000,
    ...options,
  });

storeConformance(
  'dynamodb directly',
  () => {
    let now = Date.UTC(2026, 0, 1);
    const store = open(dynalite.endpoint, { clock: () => now });
    return {
      store,
      advance: (ms) => {
        now += ms;
      },
      close: () => store.close(),
    };
  },
  { callers: 200, sequences: 15 },
);

faultConformance('dynamodb directly', async () => {
  const proxy = await startFaultProxy(dynalite);
  const store = open(`http://127.0.0.1:${proxy.port}`);
  const close = async () => {
    await store.close();
    await proxy.close();
  };
  return { store, proxy, close };
});

describe('dynamodb directly, as it is', () => {
  const BODY = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
  const answered = (mark: string) => ({ to: 'answered', mark, ttlMs: 10_000 }) as const;

  it('is signed as AWS checks it', async () => {
    const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
    const server = createServer(async (request, reply) => {
      let body = '';
      for await (const piece of request.setEncoding('utf8')) body += piece;
      seen.push({ headers: request.headers, body });
      reply.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const store = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await store.put('id', BODY, 1000);
    await store.get('字');
    await store.close();
    server.closeAllConnections();
    server.close();
    expect(seen).toHaveLength(2);
    for (const { headers, body } of seen) {
      expect(headers['x-amz-security-token']).toBe(CREDENTIALS.sessionToken);
      expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
      expect(headers.authorization).toBe(await signatureOf(headers, body));
      expect(headers.authorization).toContain('SignedHeaders=content-type;host;x-amz-date;');
    }
  });

  it('finds out in one call whether it repeats, and says why it failed', async () => {
    const shim = await startDynamoShim(dynalite.port);
    const store = open(shim.endpoint);
    try {
      await store.put('one-call', BODY, 60_000);
      shim.seen.length = 0;
      const first = await store.transition('one-call', answered('n'));
      expect(await store.transition('one-call', answered('n'))).toEqual({ ...first, outcome: 'repeated' });
      expect((await store.transition('one-call', answered('m'))).outcome).toBe('refused');
      expect(shim.seen).toEqual(Array(3).fill('UpdateItem'));
      for (const name of ['ThrottlingException', 'InternalServerError']) {
        shim.refuse('GetItem', name);
        await expect(store.get('one-call')).rejects.toMatchObject({
          code: 'store_unavailable',
          message: expect.stringContaining(name),
          cause: { name },
        });
      }
      const lost = open(shim.endpoint, { table: 'no-such-table' });
      await expect(lost.ping()).rejects.toMatchObject({
        message: expect.stringContaining('ResourceNotFoundException'),
      });
      await lost.close();
    } finally {
      await store.close();
      await shim.close();
    }
  });

  it('says a page that is no reply of DynamoDB’s by its status', async () => {
    const server = createServer((_request, reply) => {
      reply.writeHead(502).end('<html>Bad Gateway</html>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const store = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await expect(store.get('x')).rejects.toMatchObject({ message: expect.stringContaining('Http502') });
    await store.close();
    server.closeAllConnections();
    server.close();
  });
});

/** What AWS's own library makes of the same request. */
async function signatureOf(headers: IncomingMessage['headers'], body: string): Promise<string | undefined> {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  // The library adds these two itself.
  const given = names.split(';').filter((name) => !['x-amz-date', 'x-amz-security-token'].includes(name));
  const time = String(headers['x-amz-date']);
  const signer = new SignatureV4({
    service: 'dynamodb',
    region: REGION,
    credentials: CREDENTIALS,
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/',
      query: {},
      headers: Object.fromEntries(given.map((name) => [name, String(headers[name])])),
      body,
    },
    { signingDate: new Date(time.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5')) },
  );
  return signed.headers.authorization;
}

/** What that library hashes with: plain SHA-256, or HMAC when it is given a key. */
class Sha256 {
  readonly #hash;
  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key as string);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error('the signer hashes once');
  }
}
