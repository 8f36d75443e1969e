import { describe, expect, test } from 'vitest';
import { ANOMALY_KINDS, type AnomalyKind } from '../../../lib/core/producer/anomaly-kinds.ts';
import { Draws } from '../../../lib/core/producer/draws.ts';
import { makeHabits, type Habits } from '../../../lib/core/producer/habits.ts';
import { simulateTransactions, type SimulationOptions } from '../../../lib/core/producer/simulate-transactions.ts';
import { formatTransaction } from '../../../lib/core/producer/transaction-line.ts';
import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import type { Transaction } from '../../../lib/core/transactions/transaction.ts';

/** 2026-01-01 09:30:00 */
const START = 1_767_259_800;
const OPTIONS: SimulationOptions = { users: 40, seed: 7, start: START };

function take(count: number, options: Partial<SimulationOptions> = {}): Transaction[] {
  const transactions: Transaction[] = [];
  for (const transaction of simulateTransactions({ ...OPTIONS, ...options })) {
    if (transactions.push(transaction) === count) break;
  }
  return transactions;
}

function habitsOf({ user }: Transaction): Habits {
  return makeHabits(Draws.seeded(OPTIONS.seed, Number(user.split('-').at(-1))));
}

const isOneOf = (list: readonly { readonly name: string }[], name: string): boolean =>
  list.some((usual) => usual.name === name);

/** Whether a transaction is outside the user's habits, kind by kind. */
const IS_UNUSUAL: Readonly<Record<AnomalyKind, (transaction: Transaction, habits: Habits) => boolean>> = {
  location: ({ location }, { locations }) => !isOneOf(locations, location),
  category: ({ merchantCategory }, { categories }) => !isOneOf(categories, merchantCategory),
  payment_method: ({ paymentMethod }, { paymentMethods }) => !isOneOf(paymentMethods, paymentMethod),
  amount: ({ amount }, { typicalMaximum }) => Number(amount) / 1e6 > typicalMaximum * 1.49,
  hour: ({ time }, { hours: { from, length } }) => {
    const since = ((time % 86_400) / 3600 - from + 24) % 24;
    return since > length + 1.49 && since < 24 - 1.49;
  },
};

function unusualOf(transaction: Transaction): AnomalyKind[] {
  return ANOMALY_KINDS.filter((kind) => IS_UNUSUAL[kind](transaction, habitsOf(transaction)));
}

describe('simulated transactions', () => {
  const transactions = take(20_000);

  test('are the same from the same options, and others from another seed', () => {
    expect(take(500)).toEqual(transactions.slice(0, 500));
    expect(take(500, { seed: 8 })).not.toEqual(transactions.slice(0, 500));
  });

  test('go on from where an earlier run was ended', () => {
    expect(take(100, { from: 400 })).toEqual(transactions.slice(400, 500));
  });

  test('come in the order of their times, from the start on, at all hours and over many days', () => {
    const times = transactions.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(START);
    expect((times.at(-1)! - START) / 86_400).toBeGreaterThan(100);
    expect(new Set(times.map((time) => Math.floor((time % 86_400) / 3600))).size).toBe(24);
  });

  test('are lines that the parser reads as what they are', () => {
    for (const transaction of transactions.slice(0, 2_000)) {
      expect(parseTransaction(formatTransaction(transaction))).toEqual({ ok: true, value: transaction });
    }
  });

  test('are anomalous once in 20, with one to three kinds, each of them often', () => {
    const labels = transactions.map(({ label = [] }) => label).filter(({ length }) => length > 0);
    expect(labels.length / transactions.length).toBeCloseTo(0.05, 2);
    const counts = [1, 2, 3].map((count) => labels.filter(({ length }) => length === count).length);
    expect(counts.reduce((sum, count) => sum + count)).toBe(labels.length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    for (const kind of ANOMALY_KINDS) {
      expect(labels.filter((label) => label.includes(kind)).length).toBeGreaterThan(labels.length / 5);
    }
  });

  test('are unusual in just what their label says where they are anomalous', () => {
    for (const transaction of transactions.filter(({ label = [] }) => label.length > 0)) {
      expect(unusualOf(transaction)).toEqual(transaction.label);
    }
  });

  test('keep to the habits where they are normal, but for a few, and never spend more', () => {
    const normal = transactions.filter(({ label = [] }) => label.length === 0);
    const strays = normal.map(unusualOf).filter(({ length }) => length > 0);
    expect(strays.length).toBeGreaterThan(0);
    expect(strays.length / normal.length).toBeLessThan(1 / 200);
    expect(strays.flat()).not.toContain('amount');
  });

  test('have ids of their own, also where only the users, the start or the rate differ', () => {
    const others = [{ users: 41 }, { start: START + 1 }, { anomalyRate: 0.06 }].flatMap((other) => take(100, other));
    const ids = [...transactions, ...others].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are as anomalous as is wanted', () => {
    expect(take(500, { anomalyRate: 0 }).every(({ label = [] }) => label.length === 0)).toBe(true);
    expect(take(500, { anomalyRate: 1 }).every(({ label = [] }) => label.length > 0)).toBe(true);
  });

  test('bear the name they are given', () => {
    const [{ id, user }] = take(1, { name: 'demo', users: 1 }) as [Transaction];
    expect(id).toMatch(/^demo-[0-9a-z.]+-1$/);
    expect(user).toBe('demo-user-1');
  });

  test('are paid from few devices, mostly', () => {
    const devices = new Set(transactions.filter(({ user }) => user === 's7-user-1').map(({ device }) => device));
    expect(devices.size).toBeLessThan(20);
  });
});
