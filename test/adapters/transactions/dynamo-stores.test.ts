import { afterAll, beforeAll } from 'vitest';
import { DynamoTallyStore } from '../../../lib/adapters/transactions/dynamo-tally-store.ts';
import { DynamoTransactionStore } from '../../../lib/adapters/transactions/dynamo-transaction-store.ts';
import { DynamoUserStore } from '../../../lib/adapters/transactions/dynamo-user-store.ts';
import { create } from '../../../lib/local/deploy/create-resources.ts';
import type { TableDefinition } from '../../../lib/local/deploy/definitions.ts';
import { testTallyStore } from '../../contracts/tally-store.contract.ts';
import { testTransactionStore } from '../../contracts/transaction-store.contract.ts';
import { testUserStore } from '../../contracts/user-store.contract.ts';
import { openLocalTable, type LocalTable } from '../state/local-table.ts';

let local: LocalTable;
let tables = 0;

beforeAll(async () => {
  local = await openLocalTable();
});

afterAll(async () => {
  await local.close();
});

const TRANSACTION_INDEXES = {
  newest: 'recent',
  'by-user': 'user_id',
  'by-category': 'category',
  anomalies: 'severity',
};

/** As the stack has them; a test of the stack holds it to the same names. */
function definitionOf(key: string, indexes: Readonly<Record<string, string>> = {}): TableDefinition {
  const names = new Set([key, ...Object.values(indexes), ...(Object.keys(indexes).length > 0 ? ['moment'] : [])]);
  return {
    kind: 'table',
    name: `table-${++tables}`,
    attributes: Array.from(names, (AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    keys: [{ AttributeName: key, KeyType: 'HASH' }],
    indexes: Object.entries(indexes).map(([IndexName, partition]) => ({
      IndexName,
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: 'moment', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    })),
  };
}

async function createTable(definition: TableDefinition): Promise<string> {
  await create(definition, { dynamodb: local.client } as Parameters<typeof create>[1]);
  return definition.name;
}

testTallyStore(async () => new DynamoTallyStore({ client: local.client, table: await local.create() }));

testTransactionStore(async () => {
  const table = await createTable(definitionOf('transaction_id', TRANSACTION_INDEXES));
  return new DynamoTransactionStore({ client: local.client, table });
});

testUserStore(
  async () => new DynamoUserStore({ client: local.client, table: await createTable(definitionOf('user_id')) }),
);
