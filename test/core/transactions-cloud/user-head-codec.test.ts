import { describe, expect, test } from 'vitest';
import { UnreadableStateError } from '../../../lib/core/cloud/unreadable-state-error.ts';
import { commitLines } from '../../../lib/core/transactions-cloud/commit-lines.ts';
import { decodeUserHead, encodeUserHead } from '../../../lib/core/transactions-cloud/user-head-codec.ts';
import { takeForCommit } from '../../../lib/core/transactions-cloud/line-positions.ts';
import { newUser, type UserHead } from '../../../lib/core/transactions-cloud/user-head.ts';
import { ANN, lineOf, optionsOf } from './sample-transactions.ts';

function again(head: UserHead): UserHead {
  const { user, version, profile } = head;
  return decodeUserHead({ user, version, profile, text: encodeUserHead(head) });
}

describe('a head', () => {
  test.each([
    ['of nothing', newUser(ANN)],
    ['with plain transactions', commitLines(newUser(ANN), [lineOf('a'), lineOf('b')], optionsOf())],
    [
      'with all that a transaction can have',
      commitLines(
        newUser(ANN),
        [lineOf('\ud800', {}, { amount: '1000.000001', device: 'd', merchant: 'm"\u{1f600}', label: ['amount'] })],
        optionsOf({ judge: { ...optionsOf().judge, model: { version: 'v', model: undefined as never } } }),
      ),
    ],
    [
      'with a rejected line',
      commitLines(
        newUser(ANN),
        [lineOf('a')],
        optionsOf({ claims: new Map([[lineOf('a').transaction.id, 'ben' as never]]) }),
      ),
    ],
  ])('%s comes back as it was', (_, head) => {
    expect(again(head)).toEqual(head);
  });

  test.each([
    ['{"format":2}', 'its format is 2'],
    ['nonsense', 'it is not valid JSON'],
    ['{"format":1,"shards":{},"totals":{},"commit":{"judged":[["a","x"]]}}', 'an amount in it is none'],
  ])('%s is refused', (text, fault) => {
    const decode = (): UserHead => decodeUserHead({ user: ANN, version: 1, profile: undefined, text });
    expect(decode).toThrow(UnreadableStateError);
    expect(decode).toThrow(fault);
  });

  test('fits into an item, whatever was judged', () => {
    const hostile = { location: '\u0001'.repeat(256), merchant_category: 'ü'.repeat(128), label: ['x'.repeat(256)] };
    const lines = Array.from({ length: 150 }, (_, index) => lineOf(`${index}`.padEnd(1024, 'x'), {}, hostile));
    const taken = takeForCommit(lines);
    expect(taken.length).toBeLessThan(100);
    const encoded = encodeUserHead(commitLines(newUser(ANN), taken, optionsOf()));
    expect(Buffer.byteLength(encoded)).toBeLessThan(350_000);
  });
});
