import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoSubscriptionStore } from '../../../lib/adapters/live/dynamo-subscription-store.ts';
import { DynamoTicketStore } from '../../../lib/adapters/live/dynamo-ticket-store.ts';
import { LiveTickets } from '../../../lib/adapters/live/live-tickets.ts';
import { describeTicketStore } from '../../contracts/ticket-store.contract.ts';
import { openLocalTable, type LocalTable } from '../state/local-table.ts';

const NOW = Date.UTC(2026, 10, 21) + 250;

describe('DynamoTicketStore', () => {
  let local: LocalTable;
  beforeAll(async () => {
    local = await openLocalTable();
  });
  afterAll(async () => local.close());

  describeTicketStore(async () => new DynamoTicketStore({ client: local.client, table: await local.create() }));

  test('what is stored is no ticket, and goes by itself once its time is over', async () => {
    const table = await local.create();
    const store = new DynamoTicketStore({ client: local.client, table });
    const ticket = await new LiveTickets({ store, now: () => NOW }).give();
    const { Items: items = [] } = await local.client.send(new ScanCommand({ TableName: table }));
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain(ticket);
    expect(Number(items[0]!['x']?.N)).toBe(Math.ceil((NOW + 60_000) / 1000));
  });

  test('shares a table with the subscriptions, and neither sees the other', async () => {
    const options = { client: local.client, table: await local.create() };
    const subscriptions = new DynamoSubscriptionStore({ ...options, now: () => NOW });
    const tickets = new DynamoTicketStore(options);
    await subscriptions.subscribe('one', 'flagged');
    await tickets.put('one', NOW + 1);
    expect(await subscriptions.readTopics('one')).toEqual(['flagged']);
    await subscriptions.forget('one');
    expect(await tickets.take('one', NOW)).toBe(true);
  });

  test('a table that fails is no refusal', async () => {
    const client = { send: () => Promise.reject(new Error('the table is on fire')) };
    const store = new DynamoTicketStore({ client, table: 't' });
    await expect(store.take('one', NOW)).rejects.toThrow('the table is on fire');
  });
});
