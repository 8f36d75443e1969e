import * as fc from 'fast-check';
import { parseAmount } from '../../../lib/core/events/amount.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { simulateTransactions } from '../../../lib/core/producer/simulate-transactions.ts';
import { judgeHistory } from '../../../lib/core/transactions/judge-history.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import type { Transaction, TransactionId } from '../../../lib/core/transactions/transaction.ts';

export const HOUR = 3600;
export const DAY = 24 * HOUR;
/** A Monday, midnight. */
export const START = 1_767_571_200;

export interface Given extends Partial<Omit<Transaction, 'amount'>> {
  readonly amount?: string;
}

export function transaction({ amount = '50.00', ...given }: Given = {}): Transaction {
  return {
    id: 't' as TransactionId,
    user: 'u' as UserId,
    time: START + 12 * HOUR,
    location: 'DE',
    merchantCategory: 'groceries',
    paymentMethod: 'card',
    ...given,
    amount: parseAmount(amount)!,
  };
}

export const NORMAL = { isAnomaly: false, surprise: 0.5 };
export const ANOMALOUS = { isAnomaly: true, surprise: 8 };

/** A user who has bought groceries at noon for about 50, and now and then fuel, so many times. */
export function settledProfile(count = 200): Profile {
  const profile = Profile.empty();
  for (let index = 0; index < count; index++) {
    const isFuel = index % 5 === 0;
    profile.learn(
      transaction({
        time: START + (index - count) * DAY + (11 + (index % 3)) * HOUR,
        amount: isFuel ? `${60 + (index % 7)}.00` : `${45 + (index % 11)}.50`,
        merchantCategory: isFuel ? 'fuel' : 'groceries',
        location: index % 10 === 0 ? 'AT' : 'DE',
        paymentMethod: index % 4 === 0 ? 'wallet' : 'card',
      }),
      NORMAL,
    );
  }
  return profile;
}

export function simulated(count: number, users = 20): Transaction[] {
  const source = simulateTransactions({ users, seed: 7, start: START });
  return Array.from({ length: count }, () => source.next().value);
}

/** A small simulated world, judged and learnt: 2,000 transactions, and a model of the first 1,500. */
export const world = (() => {
  const transactions = simulated(2000);
  return { transactions, ...judgeHistory(transactions, { mode: 'enhanced', training: 1500 }) };
})();

const text = fc.oneof(
  fc.constantFrom('groceries', 'fuel', 'DE', 'card', 'constructor', '__proto__'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
);

/** Any transaction that the parser lets through, and some whose texts it would not. */
export const anyTransaction: fc.Arbitrary<Transaction> = fc
  .record({
    amount: fc.oneof(
      fc.constantFrom('0', '0.000001', '999999999999999999999999.999999'),
      fc.integer({ min: 0, max: 100_000 }).map((cents) => `${cents / 100}`),
    ),
    time: fc.oneof(
      fc.integer({ min: START, max: START + 90 * DAY }),
      fc.constantFrom(-62_167_219_200, 253_402_300_799, 0),
    ),
    location: text,
    merchantCategory: text,
    paymentMethod: text,
  })
  .map(transaction);

const anyVerdict = fc.record({ isAnomaly: fc.boolean(), surprise: fc.double({ min: 0, max: 40, noNaN: true }) });

export const anyHistory = fc.array(fc.tuple(anyTransaction, anyVerdict), { maxLength: 120 });

export function profileOf(
  history: readonly (readonly [Transaction, { isAnomaly: boolean; surprise: number }])[],
): Profile {
  const profile = Profile.empty();
  for (const [each, verdict] of history) profile.learn(each, verdict);
  return profile;
}
