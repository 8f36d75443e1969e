import { expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import type { TransactionId } from '../../../lib/core/transactions/transaction.ts';
import { idsIn, linesIn, sortGivenUp } from '../../../lib/core/transactions-cloud/sort-given-up.ts';
import { newUser } from '../../../lib/core/transactions-cloud/user-head.ts';
import { ANN, lineOf, NOON } from './sample-transactions.ts';

const BOB = 'bob' as UserId;

test('of lines that were given up, those whose transactions are stored are applied, and the others left', () => {
  const byUser = new Map([
    [ANN, [lineOf('stored'), lineOf('first'), lineOf('second'), lineOf('theirs'), lineOf('old', { at: NOON - 9 })]],
    [BOB, [lineOf('deleted', { at: NOON - 1 }, { user_id: 'bob' }), lineOf('again', {}, { user_id: 'bob' })]],
  ]);
  const owners = new Map([
    ['stored' as TransactionId, ANN],
    ['theirs' as TransactionId, BOB],
  ]);
  const heads = new Map([
    [ANN, newUser(ANN)],
    [BOB, { ...newUser(BOB), deletedAt: NOON }],
  ]);
  const { left, ...counts } = sortGivenUp(byUser, { heads, owners, isExpired: ({ at }) => at < NOON - 5 });
  expect(idsIn(left)).toEqual(['first', 'second', 'theirs', 'again']);
  expect(counts).toEqual({ applied: 1, deleted: 1, unknown: 1 });
});

test('a user of whom nothing is known has no deletion to heed', () => {
  const byUser = new Map([[ANN, [lineOf('first')]]]);
  const { left } = sortGivenUp(byUser, { heads: new Map(), owners: new Map(), isExpired: () => false });
  expect(linesIn(left)).toEqual([lineOf('first')]);
});
