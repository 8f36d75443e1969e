import { connect } from 'node:net';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test, vi } from 'vitest';
import { runServices } from './running-services.ts';

const { services } = await runServices();
const dynamodb = new DynamoDBClient({});

/** As CloudFormation describes the state table, but for what only AWS has. */
const STATE_TABLE = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
} as const;

let tables = 0;

async function newTable(): Promise<string> {
  tables += 1;
  const TableName = `table-${tables}`;
  await dynamodb.send(
    new CreateTableCommand({
      ...STATE_TABLE,
      AttributeDefinitions: [...STATE_TABLE.AttributeDefinitions],
      KeySchema: [...STATE_TABLE.KeySchema],
      TableName,
    }),
  );
  await waitUntilTableExists({ client: dynamodb, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 }, { TableName });
  return TableName;
}

function item(pk: string, sk: string, version: number) {
  return { pk: { S: pk }, sk: { S: sk }, version: { N: String(version) }, packed: { B: Buffer.from('packed') } };
}

describe('a table', () => {
  test('is made as the template says, listed, and deleted', async () => {
    const TableName = await newTable();
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', KeySchema: STATE_TABLE.KeySchema });
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toContain(TableName);
    await dynamodb.send(new DeleteTableCommand({ TableName }));
    // As on AWS, it is being deleted for a moment.
    await vi.waitFor(async () => {
      await expect(dynamodb.send(new DescribeTableCommand({ TableName }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    }, 10_000);
  });

  test('gives items back, alone, in batches and by query, in the order of their sort keys', async () => {
    const TableName = await newTable();
    const items = ['3', '1', '2'].map((sk) => item('a', sk, 1));
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    const Key = { pk: { S: 'a' }, sk: { S: '2' } };
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    expect(Buffer.from(Item!['packed']!.B!).toString()).toBe('packed');
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'a' } },
      }),
    );
    expect(Items!.map(({ sk }) => sk!.S)).toEqual(['1', '2', '3']);
    const { Responses } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key], ConsistentRead: true } } }),
    );
    expect(Responses![TableName]).toHaveLength(1);
  });

  test('lets one of fifty conditional writers win', async () => {
    const TableName = await newTable();
    const puts = Array.from({ length: 50 }, (_, version) =>
      dynamodb.send(
        new PutItemCommand({
          TableName,
          Item: item('a', 'b', version),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
    const outcomes = await Promise.allSettled(puts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: 'a' }, sk: { S: 'b' } },
        UpdateExpression: 'SET version = :next',
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':next': { N: '100' }, ':before': { N: '99' } },
      }),
    );
    await expect(refused).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });

  test('outlives a client that goes in the middle of a request', async () => {
    const { port, hostname } = new URL(services.endpoints.dynamodb);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":');
        setTimeout(() => socket.destroy(), 20);
      });
      socket.on('close', () => resolve());
    });
    expect(await newTable()).toMatch(/^table-/);
  });
});
