import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ApiStores } from '../../../lib/adapters/connect-api.ts';
import { CommitLog } from '../../../lib/adapters/network/commit-log.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { DynamoSeriesStore } from '../../../lib/adapters/series/dynamo-series-store.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { DynamoTallyStore } from '../../../lib/adapters/transactions/dynamo-tally-store.ts';
import { DynamoTransactionStore } from '../../../lib/adapters/transactions/dynamo-transaction-store.ts';
import { DynamoUserStore } from '../../../lib/adapters/transactions/dynamo-user-store.ts';
import { ModelStore } from '../../../lib/adapters/transactions/model-store.ts';
import { create } from '../../../lib/local/deploy/create-resources.ts';
import { define } from '../../../lib/local/deploy/define.ts';
import type { Template } from '../../../lib/local/deploy/template.ts';
import { DEFAULTS } from '../../cloud/memory-cloud.ts';
import { sampleTemplate } from '../../infra/sample-stack.ts';

/** What DynamoDB was asked, by the names of its operations, and the read units that it charged. */
export interface Meter {
  readonly operations: string[];
  units: number;
}

/** Counts what a client asks from now on. */
export function metered(client: DynamoDBClient): Meter {
  const meter: Meter = { operations: [], units: 0 };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (given) => {
        const input = { ...given.input, ReturnConsumedCapacity: 'TOTAL' };
        const result = await next({ ...given, input });
        const { ConsumedCapacity: consumed = [] } = result.output as { ConsumedCapacity?: object };
        for (const { CapacityUnits = 0 } of [consumed].flat() as { CapacityUnits?: number }[]) {
          meter.units += CapacityUnits;
        }
        meter.operations.push(String(commandName).replace('Command', ''));
        return result;
      },
    { step: 'initialize' },
  );
  return meter;
}

/** Stores over a stand-in of DynamoDB, with the tables and indexes of the stack. */
export async function dynamoStores(client: DynamoDBClient): Promise<ApiStores> {
  const { tables, outputs } = define(sampleTemplate().toJSON() as Template, { get: () => '/code' } as never);
  for (const table of tables) await create(table, { dynamodb: client } as Parameters<typeof create>[1]);
  const named = (output: string) => ({ client, table: outputs[output] ?? '' });
  const state = new DynamoStateStore(named('StateTable'));
  const journal = new MemoryObjectStore();
  return {
    state,
    log: new CommitLog({ state, journal, defaults: DEFAULTS, keptPurchases: 0 }),
    transactions: new DynamoTransactionStore(named('TransactionTable')),
    users: new DynamoUserStore(named('ProfileTable')),
    tallies: new DynamoTallyStore(named('StateTable')),
    models: new ModelStore(journal),
    series: new DynamoSeriesStore(named('SeriesTable')),
    detector: 'enhanced',
  };
}
