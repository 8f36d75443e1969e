import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ApiStores } from '../../../lib/adapters/connect-api.ts';
import { MemoryTicketStore } from '../../../lib/adapters/live/memory-ticket-store.ts';
import { CommitLog } from '../../../lib/adapters/network/commit-log.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import type { ObjectStore } from '../../../lib/adapters/objects/object-store.ts';
import { DynamoSeriesStore } from '../../../lib/adapters/series/dynamo-series-store.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { DynamoTallyStore } from '../../../lib/adapters/transactions/dynamo-tally-store.ts';
import { DynamoTransactionStore } from '../../../lib/adapters/transactions/dynamo-transaction-store.ts';
import { DynamoUserStore } from '../../../lib/adapters/transactions/dynamo-user-store.ts';
import { ModelStore } from '../../../lib/adapters/transactions/model-store.ts';
import { DEFAULTS } from '../../cloud/memory-cloud.ts';

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

export interface StoreNames {
  readonly stateTable: string;
  readonly transactionTable: string;
  readonly profileTable: string;
  readonly seriesTable: string;
  readonly journal: ObjectStore;
}

/** Stores over tables of DynamoDB. */
export function storesOver(client: DynamoDBClient, names: StoreNames): ApiStores {
  const { stateTable, journal } = names;
  const state = new DynamoStateStore({ client, table: stateTable });
  return {
    state,
    log: new CommitLog({ state, journal, defaults: DEFAULTS, keptPurchases: 0 }),
    output: new MemoryObjectStore(),
    transactions: new DynamoTransactionStore({ client, table: names.transactionTable }),
    users: new DynamoUserStore({ client, table: names.profileTable }),
    tallies: new DynamoTallyStore({ client, table: stateTable }),
    models: new ModelStore(journal),
    series: new DynamoSeriesStore({ client, table: names.seriesTable }),
    tickets: new MemoryTicketStore(),
    detector: 'enhanced',
  };
}
