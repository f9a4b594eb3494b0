/** The store on DynamoDB through the AWS SDK, with all its ways to credentials, regions and endpoints. What it promises: dynamodb-core.ts. */
import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  createDynamoTableStore,
  type DynamoLink,
  type DynamoReply,
  type DynamoTableOptions,
} from './dynamodb-core.ts';
import type { Store } from './store.ts';

export interface DynamoStoreOptions extends DynamoTableOptions {
  /** Yours to configure and to close; its retries should be off (`maxAttempts: 1`). Default: one made of `endpoint` and `region`. */
  readonly client?: DynamoDBClient;
  /** Default: what the AWS SDK reads from the environment. */
  readonly endpoint?: string;
  readonly region?: string;
}

const MAX_SOCKETS = 256;
const COMMANDS = {
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  UpdateItem: UpdateItemCommand,
  DeleteItem: DeleteItemCommand,
};

export function createDynamoStore(options: DynamoStoreOptions): Store {
  const client = options.client ?? newClient(options);
  const link: DynamoLink = {
    call(name, input, abortSignal): Promise<DynamoReply> {
      // Name and input belong together by `DynamoCalls`.
      const Command = COMMANDS[name] as typeof GetItemCommand;
      const command = new Command(input as GetItemCommandInput);
      return client.send(command, { abortSignal });
    },
    async inspect(clock) {
      const { inspectTable } = await import('./dynamodb-inspect.ts');
      return inspectTable(client, options.table, clock);
    },
    close() {
      if (!options.client) client.destroy();
    },
  };
  return createDynamoTableStore(link, options);
}

function newClient({ endpoint, region }: DynamoStoreOptions): DynamoDBClient {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return new DynamoDBClient({
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 1000,
      // Waiting for a socket ends with the call's own time; no warning past our log.
      socketAcquisitionWarningTimeout: 60_000,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}
