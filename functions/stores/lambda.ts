/** The stores of a Lambda: DynamoDB, with the region and the credentials that every Lambda is given; memory for development. */
import { ConfigError } from '../../lib/errors.ts';
import { createDirectDynamoStore } from '../../lib/store/dynamodb-direct.ts';
import { guardStore } from '../../lib/store/guard.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Openers } from './open.ts';

export const lambdaStores: Openers = {
  memory: async () => createMemoryStore(),
  // Not loaded when it is wanted: it always is, and a file of its own takes a cold start longer than its text.
  dynamodb: async ({ table, prefix }) =>
    guardStore(
      createDirectDynamoStore({
        table,
        prefix,
        region: given('AWS_REGION'),
        builtin: process.getBuiltinModule,
        endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.AWS_ENDPOINT_URL || undefined,
        credentials: {
          accessKeyId: given('AWS_ACCESS_KEY_ID'),
          secretAccessKey: given('AWS_SECRET_ACCESS_KEY'),
          sessionToken: process.env.AWS_SESSION_TOKEN || undefined,
        },
      }),
    ),
};

function given(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new ConfigError(`${name}: expected a value, which AWS Lambda sets itself; it is not set`);
}
