import { afterAll, beforeAll } from 'vitest';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { testStateStore } from '../../contracts/state-store.contract.ts';
import { openLocalTable, type LocalTable } from './local-table.ts';

let local: LocalTable;

beforeAll(async () => {
  local = await openLocalTable();
});

afterAll(async () => {
  await local.close();
});

testStateStore(async () => new DynamoStateStore({ client: local.client, table: await local.create() }), {
  crowd: 3_000,
});
