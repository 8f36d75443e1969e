import { expect, test } from 'vitest';
import { readTransactions, type StreamRecord } from '../../../lib/core/transactions-cloud/transaction-lines.ts';
import { NOON, transactionText } from './sample-transactions.ts';

function recordOf(sequenceNumber: string, ...lines: readonly string[]): StreamRecord {
  return { shard: 's1', sequenceNumber, at: NOON, data: new TextEncoder().encode(lines.join('\n')) };
}

test('the transactions of some records are each user’s, in order, with their places', () => {
  const { byUser, malformed } = readTransactions([
    recordOf('7', transactionText('a'), '', transactionText('b', { user_id: 'ben' }), transactionText('c')),
    recordOf('9', '{"source":"s","offset":3}', transactionText('d')),
  ]);
  const places = Array.from(byUser, ([user, lines]) => [
    user,
    ...lines.map(({ transaction, sequenceNumber, line }) => `${transaction.id} ${sequenceNumber}/${line}`),
  ]);
  expect(places).toEqual([
    ['ann', 'a 7/1', 'c 7/4', 'd 9/2'],
    ['ben', 'b 7/3'],
  ]);
  expect(byUser.values().next().value?.[0]).toMatchObject({ text: transactionText('a'), shard: 's1', at: NOON });
  expect(malformed).toEqual([]);
});

test('malformed ones are told by record, and what is meant for others is passed over', () => {
  const bad = transactionText('a', { amount: '-1' });
  const { byUser, malformed } = readTransactions([
    recordOf('7', 'nonsense', '{"event_type":"befriend"}', '{"event_type":"sale"}', bad),
    recordOf('8', '\u0000', '7'),
  ]);
  expect(byUser.size).toBe(0);
  expect(malformed).toEqual([
    {
      record: { shard: 's1', sequenceNumber: '7', at: NOON },
      lines: [{ reason: expect.stringContaining('amount'), text: bad, shard: 's1', sequenceNumber: '7', line: 4 }],
    },
  ]);
});

test('those of a dropped log say when it was dropped', () => {
  const envelope = '{"network":"shop","source":"stream_log.json@1","offset":0,"dropped":1500000000000}';
  const { byUser } = readTransactions([
    recordOf('7', envelope, transactionText('a')),
    recordOf('9', transactionText('b')),
  ]);
  const [first, second] = Array.from(byUser.values()).flat();
  expect(first).toMatchObject({ dropped: 1_500_000_000_000 });
  expect(second).not.toHaveProperty('dropped');
});
