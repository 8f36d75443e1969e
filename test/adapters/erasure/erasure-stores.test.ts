import { afterAll, beforeAll, describe } from 'vitest';
import { DynamoErasureStore } from '../../../lib/adapters/erasure/dynamo-erasure-store.ts';
import { MemoryErasureStore } from '../../../lib/adapters/erasure/memory-erasure-store.ts';
import { testErasureStore } from '../../contracts/erasure-store.contract.ts';
import { openLocalTable, type LocalTable } from '../state/local-table.ts';

let local: LocalTable;

beforeAll(async () => {
  local = await openLocalTable();
});

afterAll(async () => {
  await local.close();
});

describe('the removals in memory', () => {
  testErasureStore(async () => new MemoryErasureStore());
});

describe('the removals in DynamoDB', () => {
  testErasureStore(async () => new DynamoErasureStore({ client: local.client, table: await local.create() }));
});
