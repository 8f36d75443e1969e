import { TransactionLedger, type RedrivenLines } from '../../../lib/adapters/transactions/transaction-ledger.ts';
import { RIGHT_TRANSACTION_PARTS, type TransactionParts } from '../transactions/functions.ts';

/** Mistakes that are easily made in putting transactions back, planted one at a time: the simulation has to catch each. */
export const TRANSACTION_REDRIVE_MISTAKES: Readonly<Record<string, TransactionParts>> = {
  'what is behind the position taken for applied': {
    ...RIGHT_TRANSACTION_PARTS,
    ledger: (options) => new PositionalLedger(options),
  },
  'what failed told to be put back': {
    ...RIGHT_TRANSACTION_PARTS,
    ledger: (options) => new ConfidentLedger(options),
  },
  'what is stored not looked for': {
    ...RIGHT_TRANSACTION_PARTS,
    stores: (stores) => {
      const { transactions } = stores;
      const blind = Object.create(transactions, {
        readOwners: { value: async () => new Map() },
        write: { value: transactions.write.bind(transactions) },
        readMany: { value: transactions.readMany.bind(transactions) },
      }) as typeof transactions;
      return { ...stores, transactions: blind };
    },
  },
};

/** Puts back as if the lines came over the stream. */
class PositionalLedger extends TransactionLedger {
  override async redrive(...[byUser, { judge }]: Parameters<TransactionLedger['redrive']>): Promise<RedrivenLines> {
    const { failed } = await this.apply(byUser, judge);
    const nothing = { putBack: 0, applied: 0, deleted: 0, unknown: 0, outcomes: [], arrivedAt: 0 };
    return { ...nothing, failed: [...failed.values()] };
  }
}

class ConfidentLedger extends TransactionLedger {
  override async redrive(...given: Parameters<TransactionLedger['redrive']>): Promise<RedrivenLines> {
    return { ...(await super.redrive(...given)), failed: [] };
  }
}
