import { afterAll, beforeAll, describe } from 'vitest';
import { DynamoSeriesStore } from '../../../lib/adapters/series/dynamo-series-store.ts';
import { describeSeriesStore } from '../../contracts/series-store.contract.ts';
import { openLocalTable, type LocalTable } from '../state/local-table.ts';

describe('DynamoSeriesStore', () => {
  let local: LocalTable;
  beforeAll(async () => {
    local = await openLocalTable();
  });
  afterAll(async () => local.close());
  describeSeriesStore(async () => new DynamoSeriesStore({ client: local.client, table: await local.create() }));
});
