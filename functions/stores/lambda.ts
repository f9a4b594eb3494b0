/** The stores of a Lambda: DynamoDB; memory for development. */
import { guardStore } from '../../lib/store/guard.ts';
import { createMemoryStore } from '../../lib/store/memory.ts';
import type { Openers } from './open.ts';

export const lambdaStores: Openers = {
  memory: async () => createMemoryStore(),
  dynamodb: async ({ table, prefix }) => {
    const { createDynamoStore } = await import('../../lib/store/dynamodb.ts');
    return guardStore(createDynamoStore({ table, prefix }));
  },
};
