/** What only DynamoDB knows of the table: its key, its TTL attribute, its replicas; and how far the clocks are apart. */
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Finding } from './store.ts';

const TTL_ATTRIBUTE = 'ttl';
/** What docs and conditions allow between two clocks. */
const MAX_SKEW_MS = 30_000;

export async function inspectTable(
  client: DynamoDBClient,
  table: string,
  localClock: () => number,
): Promise<Finding[]> {
  const describe = new DescribeTableCommand({ TableName: table });
  let serverTime: number | undefined;
  describe.middlewareStack.add(
    (next) => async (given) => {
      const result = await next(given);
      const { headers } = (result.response ?? {}) as { headers?: Record<string, string> };
      serverTime = Date.parse(headers?.date ?? '') || undefined;
      return result;
    },
    { step: 'deserialize' },
  );
  const { Table } = await client.send(describe);
  const apart = serverTime === undefined ? undefined : Math.round(serverTime - localClock());
  return [...tableFindings(Table), await timeToLive(client, table), skew(apart)];
}

function tableFindings(table: TableDescription | undefined): Finding[] {
  const keys = (table?.KeySchema ?? [])
    .map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`)
    .join();
  const replicas = table?.Replicas?.length ?? 0;
  return [
    keys === 'pk HASH'
      ? { level: 'ok', text: 'the key is pk' }
      : { level: 'error', text: `the key is ${keys} (expected the string pk, alone)` },
    replicas === 0
      ? { level: 'ok', text: 'one region' }
      : table?.MultiRegionConsistency === 'STRONG'
        ? { level: 'ok', text: `${replicas} replica regions, strongly consistent` }
        : {
            level: 'error',
            text: `${replicas} replica regions, eventually consistent: two regions could each take a step once`,
          },
  ];
}

async function timeToLive(client: DynamoDBClient, table: string): Promise<Finding> {
  try {
    const { TimeToLiveDescription: ttl } = await client.send(
      new DescribeTimeToLiveCommand({ TableName: table }),
    );
    return ttl?.TimeToLiveStatus === 'ENABLED' && ttl.AttributeName === TTL_ATTRIBUTE
      ? { level: 'ok', text: `expired items are deleted by their ${TTL_ATTRIBUTE}` }
      : {
          level: 'warn',
          text: `time to live is ${ttl?.TimeToLiveStatus ?? 'off'} on ${ttl?.AttributeName ?? 'no attribute'} (expected ENABLED on ${TTL_ATTRIBUTE}): expired items stay and cost`,
        };
  } catch (error) {
    return { level: 'warn', text: `time to live cannot be asked here (${(error as Error).name})` };
  }
}

function skew(apart: number | undefined): Finding {
  if (apart === undefined) return { level: 'warn', text: 'its clock cannot be asked here' };
  return Math.abs(apart) <= MAX_SKEW_MS
    ? { level: 'ok', text: `its clock is ${apart} ms from this machine's, give or take a second` }
    : {
        level: 'error',
        text: `its clock is ${apart} ms from this machine's (expected at most ${MAX_SKEW_MS}): set this machine's clock`,
      };
}
