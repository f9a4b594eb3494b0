import { afterAll, beforeAll } from 'vitest';
import { createDynamoStore } from '../../lib/store/dynamodb.ts';
import { type Dynalite, startDynalite } from '../backends/dynalite.ts';
import { storeConformance } from '../conformance/store.ts';

let dynalite: Dynalite;
let table: string;
beforeAll(async () => {
  dynalite = await startDynalite();
  table = await dynalite.newTable();
});
afterAll(() => dynalite.close());

storeConformance('dynamodb', () => {
  let now = Date.UTC(2026, 0, 1);
  const client = dynalite.client();
  return {
    store: createDynamoStore({ table, client, timeoutMs: 30_000, clock: () => now }),
    advance: (ms) => {
      now += ms;
    },
    close: () => client.destroy(),
  };
});
