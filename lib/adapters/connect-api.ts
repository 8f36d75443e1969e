import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TransactionMode } from '../core/transactions/detectors.ts';
import { readSettings, variablesOf, type Environment } from './environment.ts';
import type { CommitLog } from './network/commit-log.ts';
import { DynamoTicketStore } from './live/dynamo-ticket-store.ts';
import type { TicketStore } from './live/ticket-store.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { connectNetworks } from './network/connect-networks.ts';
import { DynamoSeriesStore } from './series/dynamo-series-store.ts';
import type { SeriesStore } from './series/series-store.ts';
import type { StateStore } from './state/state-store.ts';
import { connectTransactions } from './transactions/connect-transactions.ts';
import type { ModelStore } from './transactions/model-store.ts';
import type { TallyStore } from './transactions/tally-store.ts';
import { readTransactionSettings } from './transactions/transaction-settings.ts';
import type { TransactionStore } from './transactions/transaction-store.ts';
import type { UserStore } from './transactions/user-store.ts';

/** All that the API reads, and the tickets that it gives. */
export interface ApiStores {
  readonly state: StateStore;
  readonly log: CommitLog;
  readonly output: ObjectStore;
  readonly transactions: TransactionStore;
  readonly users: UserStore;
  readonly tallies: TallyStore;
  readonly models: ModelStore;
  readonly series: SeriesStore;
  readonly tickets: TicketStore;
  readonly detector: TransactionMode;
}

/** Connects the API to what the detectors have written, once per cold start. @throws Error naming the variable that is wrong. */
export function connectApi(environment: Environment): ApiStores {
  const settings = readSettings(environment);
  const transactionSettings = readTransactionSettings(environment);
  const { state, log, output } = connectNetworks(settings);
  const { stores, models, tallies } = connectTransactions(transactionSettings);
  const client = new DynamoDBClient({});
  const { text } = variablesOf(environment);
  return {
    state,
    log,
    output,
    transactions: stores.transactions,
    users: stores.users,
    tallies,
    models,
    series: new DynamoSeriesStore({ client, table: text('SERIES_TABLE') }),
    tickets: new DynamoTicketStore({ client, table: text('SUBSCRIPTION_TABLE') }),
    detector: transactionSettings.mode,
  };
}
