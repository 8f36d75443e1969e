import { asError } from '../../lib/adapters/as-error.ts';
import { streamHandler } from '../../lib/adapters/stream/stream-handler.ts';
import { connectTransactions, MOST_USERS } from '../../lib/adapters/transactions/connect-transactions.ts';
import { CurrentModel } from '../../lib/adapters/transactions/current-model.ts';
import { TransactionCounter } from '../../lib/adapters/transactions/transaction-counter.ts';
import { TransactionLedger } from '../../lib/adapters/transactions/transaction-ledger.ts';
import { readTransactionSettings } from '../../lib/adapters/transactions/transaction-settings.ts';
import { openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Counters } from '../../lib/adapters/telemetry/counters.ts';
import type { RedriveAnswer, RedriveRequest } from '../../lib/core/operations/redrive.ts';
import { Transactions } from './transactions.ts';

// Once per cold start.
const logger = openLog();
const counters = new Counters('transactions');
const settings = readTransactionSettings(process.env);
const { stores, output, journal, models, tallies } = connectTransactions(settings);
const currentModel = new CurrentModel({
  models,
  now: WORLD.now,
  onRefused: (version, error) => {
    counters.note({ ModelsRefused: 1 });
    logger.error('a model is not used; the one before stays', { version, error: asError(error) });
  },
});
const parts = {
  ledger: new TransactionLedger({ ...WORLD, ...settings, stores, mostUsers: MOST_USERS }),
  counter: new TransactionCounter({ tallies, transactions: stores.transactions, now: WORLD.now }),
  models: currentModel,
  output,
  mode: settings.mode,
};
const transactions = new Transactions({
  ...parts,
  onApplied: (applied) => {
    const { transactions: judged, anomalies, duplicates, rejected, malformed, conflicts, usersRead } = applied;
    counters.note({ Transactions: judged, Anomalies: anomalies, Duplicates: duplicates });
    counters.note({ Rejected: rejected + malformed, CommitConflicts: conflicts, UsersRead: usersRead });
    if (currentModel.ageMs !== undefined) counters.note({ ModelAge: Math.round(currentModel.ageMs / 1000) });
    logger.info('applied', { ...applied });
  },
  onFailed: (error) => logger.error('not applied; the batch will come again', { error: asError(error) }),
});

async function redrive(request: RedriveRequest): Promise<RedriveAnswer> {
  // Nothing that a usual cold start has to load.
  const { redriveTransactions } = await import('./redrive-transactions.ts');
  return redriveTransactions(request, {
    ...parts,
    journal,
    onFailed: (error) => logger.error('not put back', { error: asError(error) }),
  });
}

// Called by the event source mapping, once per batch, and by flagstone redrive.
export const handler = streamHandler({ logger, counters, handle: (event) => transactions.handle(event), redrive });
