/**
 * A DynamoDB-compatible server in this process, over real HTTP, with one table as production has it. It lacks what the real one
 * adds to a failed condition (`ReturnValuesOnConditionCheckFailure`), throttling, and a slow reply; a shim in front adds them.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
// @ts-expect-error no types
import dynalite from 'dynalite';

export interface Dynalite {
  readonly port: number;
  readonly endpoint: string;
  /** A client of its own for the test; no retries. */
  client(endpoint?: string): DynamoDBClient;
  newTable(): Promise<string>;
  close(): Promise<void>;
}

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

export async function startDynalite(): Promise<Dynalite> {
  const server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clients: DynamoDBClient[] = [];
  let tables = 0;

  const client = (endpoint = `http://127.0.0.1:${port}`) => {
    const made = new DynamoDBClient({
      endpoint,
      region: 'eu-central-1',
      credentials: CREDENTIALS,
      maxAttempts: 1,
      requestHandler: { httpAgent: { keepAlive: true, maxSockets: 64 } },
    });
    clients.push(made);
    return made;
  };
  const admin = client();

  return {
    port,
    endpoint: `http://127.0.0.1:${port}`,
    client,
    async newTable() {
      const TableName = `glyphgate-${tables++}`;
      await admin.send(
        new CreateTableCommand({
          TableName,
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
      for (;;) {
        const { Table } = await admin.send(new DescribeTableCommand({ TableName }));
        if (Table?.TableStatus === 'ACTIVE') return TableName;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async close() {
      for (const each of clients) each.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
