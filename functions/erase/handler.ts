import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { readSettings, variablesOf } from '../../lib/adapters/environment.ts';
import { DynamoErasureStore } from '../../lib/adapters/erasure/dynamo-erasure-store.ts';
import { Eraser, type ErasureProgress } from '../../lib/adapters/erasure/eraser.ts';
import { DynamoSubscriptionStore } from '../../lib/adapters/live/dynamo-subscription-store.ts';
import { connectNetworks } from '../../lib/adapters/network/connect-networks.ts';
import { DynamoSeriesStore } from '../../lib/adapters/series/dynamo-series-store.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { connectTransactions } from '../../lib/adapters/transactions/connect-transactions.ts';
import { readTransactionSettings } from '../../lib/adapters/transactions/transaction-settings.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { erase, type EraseEvent } from './erase.ts';

// Once per cold start.
const logger = openLog();
const settings = readSettings(process.env);
const { text } = variablesOf(process.env);
const client = new DynamoDBClient({});
const eraser = new Eraser({
  ...connectNetworks(settings),
  ...WORLD,
  ledger: connectTransactions(readTransactionSettings(process.env)).stores,
  series: new DynamoSeriesStore({ client, table: text('SERIES_TABLE') }),
  subscriptions: new DynamoSubscriptionStore({ ...WORLD, client, table: text('SUBSCRIPTION_TABLE') }),
  erasures: new DynamoErasureStore({ client, table: settings.stateTable }),
  defaults: settings.defaults,
  retentionMs: settings.retentionMs,
});

// Once per request of the command line, and once an hour.
async function handle(event: EraseEvent, context: Context): Promise<ErasureProgress | undefined> {
  const progress = await erase(event, () => context.getRemainingTimeInMillis(), { eraser, now: WORLD.now });
  // Whose data it is, nobody is to read in a log.
  logger.info('erased', { outcome: progress?.outcome, removed: progress?.removed });
  return progress;
}

// Called by the command line, and by EventBridge on a schedule.
export const handler = middy<EraseEvent, ErasureProgress | undefined>().use(logging(logger)).handler(handle);
