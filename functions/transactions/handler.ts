import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { asError } from '../../lib/adapters/as-error.ts';
import { connectTransactions, MOST_USERS } from '../../lib/adapters/transactions/connect-transactions.ts';
import { CurrentModel } from '../../lib/adapters/transactions/current-model.ts';
import { TransactionCounter } from '../../lib/adapters/transactions/transaction-counter.ts';
import { TransactionLedger } from '../../lib/adapters/transactions/transaction-ledger.ts';
import { readTransactionSettings } from '../../lib/adapters/transactions/transaction-settings.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Transactions } from './transactions.ts';

// Once per cold start.
const logger = new Logger();
const metrics = new Metrics();
const settings = readTransactionSettings(process.env);
const { stores, output, models, tallies } = connectTransactions(settings);
const transactions = new Transactions({
  ledger: new TransactionLedger({ ...WORLD, ...settings, stores, mostUsers: MOST_USERS }),
  counter: new TransactionCounter({ tallies, transactions: stores.transactions, now: WORLD.now }),
  models: new CurrentModel({
    models,
    now: WORLD.now,
    onRefused: (version, error) => {
      metrics.addMetric('ModelsRefused', MetricUnit.Count, 1);
      logger.error('a model is not used; the one before stays', { version, error: asError(error) });
    },
  }),
  output,
  mode: settings.mode,
  onApplied: (applied) => {
    metrics.addMetric('Transactions', MetricUnit.Count, applied.transactions);
    metrics.addMetric('Anomalies', MetricUnit.Count, applied.anomalies);
    metrics.addMetric('Duplicates', MetricUnit.Count, applied.duplicates);
    metrics.addMetric('Rejected', MetricUnit.Count, applied.rejected + applied.malformed);
    metrics.addMetric('CommitConflicts', MetricUnit.Count, applied.conflicts);
    logger.info('applied', { ...applied });
  },
  onFailed: (error) => logger.error('not applied; the batch will come again', { error: asError(error) }),
});

// Once per batch.
async function handle(event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> {
  const arrived = event.Records.at(-1)?.kinesis.approximateArrivalTimestamp;
  const response = await transactions.handle(event);
  if (arrived !== undefined) metrics.addMetric('Lag', MetricUnit.Milliseconds, Date.now() - arrived * 1000);
  return response;
}

// Called by the event source mapping.
export const handler = middy<KinesisStreamEvent, KinesisStreamBatchResponse>()
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics))
  .handler(handle);
