import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoSubscriptionStore } from '../../../lib/adapters/live/dynamo-subscription-store.ts';
import { describeSubscriptionStore } from '../../contracts/subscription-store.contract.ts';
import { openLocalTable, type LocalTable } from '../state/local-table.ts';

const NOW = Date.UTC(2026, 10, 21);
const THREE_HOURS = 3 * 60 * 60;

describe('DynamoSubscriptionStore', () => {
  let local: LocalTable;
  beforeAll(async () => {
    local = await openLocalTable();
  });
  afterAll(async () => local.close());

  describeSubscriptionStore(
    async () => new DynamoSubscriptionStore({ client: local.client, table: await local.create(), now: () => NOW }),
  );

  test('all that is written goes by itself once the connection must have ended', async () => {
    const table = await local.create();
    await new DynamoSubscriptionStore({ client: local.client, table, now: () => NOW }).subscribe('a', 'flagged');
    const { Items: items = [] } = await local.client.send(new ScanCommand({ TableName: table }));
    expect(items.map(({ x }) => Number(x?.N))).toEqual(Array(2).fill(NOW / 1000 + THREE_HOURS));
  });

  test('a table that fails is no refusal', async () => {
    const client = { send: () => Promise.reject(new Error('the table is on fire')) };
    const store = new DynamoSubscriptionStore({ client: client as never, table: 't', now: () => NOW });
    await expect(store.subscribe('a', 'flagged')).rejects.toThrow('the table is on fire');
  });
});
