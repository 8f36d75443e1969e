import { describe, expect, test } from 'vitest';
import {
  InvalidCursor,
  type TransactionQuery,
  type TransactionStore,
} from '../../lib/adapters/transactions/transaction-store.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import type { TransactionId } from '../../lib/core/transactions/transaction.ts';
import { parseTimestamp } from '../../lib/core/events/timestamp.ts';
import type { StoredTransaction } from '../../lib/core/transactions-cloud/stored-transaction.ts';
import { Random } from '../bench/logs/random.ts';
import { ANN, idOf, lineOf, storedOf } from '../core/transactions-cloud/sample-transactions.ts';

const CATEGORIES = ['groceries', 'fuel', 'fuel#1'];
const COUNT = 120;

/** Transactions of three users over some days, some at the same second, every fifth an anomaly. */
function sampleTransactions(): StoredTransaction[] {
  const random = new Random(5);
  return Array.from({ length: COUNT }, (_, number) => {
    const day = 10 + random.below(5);
    const fields = {
      user_id: ['ann', 'ben', '\ud800'][random.below(3)],
      merchant_category: CATEGORIES[random.below(3)],
      timestamp: `2026-11-${day} 10:00:0${random.below(3)}`,
      amount: number % 5 === 0 ? '1000' : '10',
    };
    const [stored] = storedOf(lineOf(`${number}`, {}, fields));
    const severity = (['low', 'medium', 'high'] as const)[random.below(3)]!;
    return { ...stored!, judgement: { ...stored!.judgement, ...(number % 5 === 0 && { severity }) } };
  });
}

async function all(store: TransactionStore, query: Omit<TransactionQuery, 'cursor'>): Promise<StoredTransaction[]> {
  const found: StoredTransaction[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ ...query, ...(cursor !== undefined && { cursor }) });
    found.push(...page.transactions);
    ({ cursor } = page);
  } while (cursor !== undefined);
  return found;
}

function endsInThree({ transaction }: StoredTransaction): boolean {
  return transaction.id.endsWith('3');
}

/** What every store of transactions has to do. `prepare` gives an empty one. */
export function testTransactionStore(prepare: () => Promise<TransactionStore>): void {
  const samples = sampleTransactions();
  const newestFirst = samples.toSorted(
    (one, other) =>
      other.transaction.time - one.transaction.time || (one.transaction.id < other.transaction.id ? 1 : -1),
  );

  async function prepared(): Promise<TransactionStore> {
    const store = await prepare();
    await store.write(samples);
    return store;
  }

  describe('a transaction', () => {
    test('comes back as it was', async () => {
      const store = await prepare();
      const fields = { device: 'd', merchant: 'm\ud800"', label: [], amount: '1000.000001', location: '\u{10ffff}' };
      const [stored] = storedOf(lineOf('x'.repeat(1024), {}, fields));
      expect(await store.read(stored!.transaction.id)).toBeUndefined();
      await store.write([{ ...stored!, model: 'v1' }]);
      expect(await store.read(stored!.transaction.id)).toEqual({ ...stored!, model: 'v1' });
      expect(await all(store, { list: { of: 'all' }, limit: 5 })).toHaveLength(1);
    });

    test('is the same when written again', async () => {
      const store = await prepared();
      await store.write(samples.slice(3, 40));
      expect(await all(store, { list: { of: 'all' }, limit: 1000 })).toHaveLength(COUNT);
    });

    test('is known by its owner', async () => {
      const store = await prepared();
      const ids = ['0', '7', 'none', '7'].map(idOf);
      expect(Object.fromEntries(await store.readOwners(ids))).toEqual({
        0: samples[0]!.transaction.user,
        7: samples[7]!.transaction.user,
      });
      expect((await store.readOwners([])).size).toBe(0);
      expect(Object.fromEntries(await store.readMany(ids))).toEqual({ 0: samples[0], 7: samples[7] });
      expect((await store.readMany([])).size).toBe(0);
      await store.write([]);
    });
  });

  test('transactions can be removed', async () => {
    const store = await prepared();
    const [first, second, ...others] = newestFirst;
    const ids = [first!.transaction.id, second!.transaction.id, 'never stored' as TransactionId];
    await store.remove(ids);
    await store.remove([]);
    expect((await store.readMany(ids)).size).toBe(0);
    expect(await all(store, { list: { of: 'all' }, limit: 50 })).toEqual(others);
  });

  describe('a list', () => {
    test.each([1, 7, 50, 500])('of all is newest first, by pages of %i', async (limit) => {
      expect(await all(await prepared(), { list: { of: 'all' }, limit })).toEqual(newestFirst);
    });

    test('is of a user, of a category, of anomalies, or of anomalies of a severity', async () => {
      const store = await prepared();
      const lists = [
        [{ of: 'user', user: ANN }, ({ transaction }: StoredTransaction) => transaction.user === ANN],
        [{ of: 'user', user: '\ud800' as UserId }, ({ transaction }) => transaction.user === '\ud800'],
        [{ of: 'category', category: 'fuel' }, ({ transaction }) => transaction.merchantCategory === 'fuel'],
        [{ of: 'category', category: 'none' }, () => false],
        [{ of: 'anomalies' }, ({ judgement }) => judgement.isAnomaly],
        [{ of: 'anomalies', severity: 'high' }, ({ judgement }) => judgement.severity === 'high'],
      ] as const satisfies readonly (readonly [TransactionQuery['list'], (one: StoredTransaction) => boolean])[];
      for (const [list, belongs] of lists) {
        expect(await all(store, { list, limit: 9 })).toEqual(newestFirst.filter(belongs));
      }
    });

    test('is of a range of time, both ends included', async () => {
      const from = parseTimestamp('2026-11-11 10:00:01')!;
      const until = parseTimestamp('2026-11-13 10:00:01')!;
      const store = await prepared();
      const within = newestFirst.filter(({ transaction: { time } }) => time >= from && time <= until);
      expect(within.length).toBeGreaterThan(20);
      expect(await all(store, { list: { of: 'all' }, limit: 11, from, until })).toEqual(within);
      expect(await all(store, { list: { of: 'all' }, limit: 11, from: until, until: from })).toEqual([]);
    });

    test('can be narrowed down, and reads no more than it may', async () => {
      const store = await prepared();
      const where = endsInThree;
      expect(await all(store, { list: { of: 'all' }, limit: 4, where })).toEqual(newestFirst.filter(where));
      const page = await store.list({ list: { of: 'all' }, limit: 4, where: () => false, mostRead: 10 });
      expect(page).toEqual({ transactions: [], cursor: expect.any(String) });
      expect(await all(store, { list: { of: 'all' }, limit: 4, where, mostRead: 10 })).toEqual(
        newestFirst.filter(where),
      );
    });

    test('goes on where it was, whatever is written meanwhile', async () => {
      const store = await prepared();
      const first = await store.list({ list: { of: 'all' }, limit: 20 });
      await store.write(storedOf(lineOf('new', {}, { timestamp: '2026-12-01 00:00:00' })));
      const cursor = first.cursor!;
      const second = await store.list({ list: { of: 'all' }, limit: 20, cursor });
      expect([...first.transactions, ...second.transactions]).toEqual(newestFirst.slice(0, 40));
    });

    test.each(['', 'x', 'MjAyNi0xMS0xMA', Buffer.from('2026-11-10 10:00:00').toString('base64url')])(
      'refuses the cursor "%s"',
      async (cursor) => {
        const store = await prepare();
        await expect(store.list({ list: { of: 'all' }, limit: 1, cursor })).rejects.toThrow(InvalidCursor);
      },
    );
  });
}
