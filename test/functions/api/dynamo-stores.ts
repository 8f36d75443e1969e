import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ApiStores } from '../../../lib/adapters/connect-api.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { create } from '../../../lib/local/deploy/create-resources.ts';
import { define } from '../../../lib/local/deploy/define.ts';
import type { Template } from '../../../lib/local/deploy/template.ts';
import { sampleTemplate } from '../../infra/sample-stack.ts';
import { storesOver } from './metered-stores.ts';

/** Stores over a stand-in of DynamoDB, with the tables and indexes of the stack. */
export async function dynamoStores(client: DynamoDBClient): Promise<ApiStores> {
  const { tables, outputs } = define(sampleTemplate().toJSON() as Template, { get: () => '/code' } as never);
  for (const table of tables) await create(table, { dynamodb: client } as Parameters<typeof create>[1]);
  return storesOver(client, {
    stateTable: outputs['StateTable'] ?? '',
    transactionTable: outputs['TransactionTable'] ?? '',
    profileTable: outputs['ProfileTable'] ?? '',
    seriesTable: outputs['SeriesTable'] ?? '',
    journal: new MemoryObjectStore(),
  });
}
