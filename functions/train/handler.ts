import middy from '@middy/core';
import { connectTransactions } from '../../lib/adapters/transactions/connect-transactions.ts';
import { readTransactionSettings } from '../../lib/adapters/transactions/transaction-settings.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { train, type Trained } from './train.ts';

// Once per cold start.
const logger = openLog();
const { stores, models } = connectTransactions(readTransactionSettings(process.env));

// Called by EventBridge on a schedule, and by the command line.
export const handler = middy<unknown, Trained>()
  .use(logging(logger))
  .handler(async () => {
    const trained = await train({ ...WORLD, transactions: stores.transactions, models });
    logger.info('trained', { trained });
    return trained;
  });
