/**
 * HTTP in front of dynalite for what dynalite lacks: it throttles chosen calls, and it sends the item with a failed condition as
 * DynamoDB does when asked. It also keeps what went through.
 */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DynamoShim {
  readonly endpoint: string;
  readonly port: number;
  /** Operations that were forwarded or throttled, oldest first; empty it as you like. */
  readonly seen: string[];
  /** The next `times` calls of an operation are refused with this error and do nothing. */
  refuse(operation: string, error: string, times?: number): void;
  /** From now on an operation is answered with this and not forwarded. */
  reply(operation: string, body: object): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const VERSION = 'DynamoDB_20120810';

export async function startDynamoShim(target: number): Promise<DynamoShim> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const seen: string[] = [];
  const canned = new Map<string, object>();
  let refusal = { operation: '', error: '', times: 0 };

  const forward = (headers: object, body: string) =>
    new Promise<Answer>((resolve, reject) => {
      const options = { agent, host: '127.0.0.1', port: target, method: 'POST', headers: { ...headers } };
      const call = request(options, async (reply) => {
        let text = '';
        for await (const piece of reply.setEncoding('utf8')) text += piece;
        resolve({ status: reply.statusCode ?? 500, text });
      });
      call.on('error', reject);
      call.end(body);
    });

  const answer = async (
    operation: string,
    headers: Record<string, unknown>,
    body: string,
  ): Promise<Answer> => {
    if (refusal.times > 0 && refusal.operation === operation) {
      refusal.times--;
      return fault(refusal.error, 'The level of configured provisioned throughput was exceeded.');
    }
    if (canned.has(operation)) return { status: 200, text: JSON.stringify(canned.get(operation)) };
    const done = await forward(headers, body);
    const asked = JSON.parse(body);
    const wantsItem = asked.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    if (!wantsItem || !done.text.includes('ConditionalCheckFailedException')) return done;
    const read = JSON.stringify({ TableName: asked.TableName, Key: asked.Key, ConsistentRead: true });
    const { 'content-length': _, ...rest } = headers;
    const found = await forward({ ...rest, 'x-amz-target': `${VERSION}.GetItem` }, read);
    return { status: 400, text: JSON.stringify({ ...JSON.parse(done.text), ...JSON.parse(found.text) }) };
  };

  const server = createServer(async (incoming, reply) => {
    let body = '';
    for await (const piece of incoming.setEncoding('utf8')) body += piece;
    const operation = String(incoming.headers['x-amz-target']).slice(VERSION.length + 1);
    seen.push(operation);
    const { status, text } = await answer(operation, incoming.headers, body);
    reply.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    seen,
    refuse(operation, error, times = 1) {
      refusal = { operation, error, times };
    },
    reply: (operation, body) => void canned.set(operation, body),
    async close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const fault = (error: string, message: string): Answer => ({
  status: 400,
  text: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${error}`, message }),
});
