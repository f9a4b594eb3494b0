/**
 * The way to DynamoDB for a function that has just been woken: node:https and a signature, nothing of the SDK. Reading and
 * starting the whole client takes longer than everything else of a cold verify together (docs/deploy-aws.md has the figures); here
 * the region and the credentials are given, as they are to every Lambda.
 */
import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { fromBase64, toBase64, utf8 } from '../util/bytes.ts';
import { type AwsCredentials, createAwsSigner } from './aws-signature.ts';
import { createDynamoTableStore, type DynamoLink, type DynamoTableOptions } from './dynamodb-core.ts';
import type { Item } from './dynamodb-items.ts';
import type { Store } from './store.ts';

export interface DirectOptions extends DynamoTableOptions {
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Default: the region's public one. */
  readonly endpoint?: string | undefined;
  /** Gives a module of Node's; only the one that the endpoint speaks is asked for, since each takes its milliseconds to load. */
  builtin(name: 'node:http' | 'node:https'): Pick<typeof import('node:http'), 'request' | 'Agent'>;
}

const MAX_SOCKETS = 256;
const VERSION = 'DynamoDB_20120810';

export function createDirectDynamoStore(options: DirectOptions): Store {
  return createDynamoTableStore(openLink(options), options);
}

function openLink({ region, credentials, endpoint, builtin }: DirectOptions): DynamoLink {
  const url = new URL(endpoint ?? publicEndpoint(region));
  const sign = createAwsSigner(region, 'dynamodb', credentials);
  let agent: Agent | undefined;

  return {
    async call(name, input, signal) {
      const http = builtin(url.protocol === 'https:' ? 'node:https' : 'node:http');
      agent ??= new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
      const body = JSON.stringify(toWire(input));
      const bare = {
        host: url.host,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${VERSION}.${name}`,
      };
      const bytes = utf8(body);
      const headers = {
        ...sign(url.pathname, bare, body, new Date()),
        'content-length': String(bytes.length),
      };
      const sent = { method: 'POST', headers, agent, signal };
      const { status, text } = await exchange(http.request, url, sent, bytes);
      if (status !== 200) throw refusal(status, text);
      const { Item, Attributes } = JSON.parse(text) as { Item?: WireItem; Attributes?: WireItem };
      return { Item: fromWire(Item), Attributes: fromWire(Attributes) };
    },
    close: () => agent?.destroy(),
  };
}

const publicEndpoint = (region: string) =>
  `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

type Request = typeof import('node:http').request;

function exchange(request: Request, url: URL, options: RequestOptions, body: Uint8Array) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request(url, options, (reply: IncomingMessage) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (piece: string) => {
        text += piece;
      });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }));
      reply.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Under DynamoDB's own name, as the SDK has it. */
function refusal(status: number, text: string): Error {
  let told: { __type?: string; message?: string; Message?: string; Item?: WireItem } = {};
  try {
    told = JSON.parse(text);
  } catch {
    // A proxy's page, or half a reply.
  }
  const name = told.__type?.split('#').at(-1) ?? `Http${status}`;
  const error = new Error(told.message ?? told.Message ?? `DynamoDB answered with status ${status}`);
  return Object.assign(error, { name, ...(told.Item && { Item: fromWire(told.Item) }) });
}

/** On the wire bytes are base64. The store's items hold texts, numbers and bytes, none nested. */
type WireItem = Record<string, { S?: string; N?: string; B?: string }>;

function fromWire(item: WireItem | undefined): Item | undefined {
  if (!item) return undefined;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      (value.B === undefined ? value : { B: fromBase64(value.B) }) as AttributeValue,
    ]),
  );
}

function toWire(input: object): object {
  const { Item, ...rest } = input as { Item?: Item };
  if (!Item) return rest;
  const wire = Object.entries(Item).map(([name, value]) => [
    name,
    value.B === undefined ? value : { B: toBase64(value.B) },
  ]);
  return { ...rest, Item: Object.fromEntries(wire) };
}
