import { describe, expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import { commitLines } from '../../../lib/core/transactions-cloud/commit-lines.ts';
import { newUser, storedIn } from '../../../lib/core/transactions-cloud/user-head.ts';
import { ANN, HABITS, HOUR_MS, idOf, lineOf, NOON, optionsOf } from './sample-transactions.ts';

const lines = [
  lineOf('a', { line: 1 }),
  lineOf('b', { line: 2 }, { amount: '1000' }),
  lineOf('a', { line: 3 }),
  lineOf('c', { line: 4 }),
];

describe('a commit', () => {
  const head = commitLines(newUser(ANN), lines, optionsOf());

  test('judges each transaction once, and counts', () => {
    expect(head).toMatchObject({
      user: ANN,
      version: 1,
      shards: { s1: { sequenceNumber: '100', line: 4, at: NOON } },
      totals: { transactions: 3, anomalies: 1, duplicates: 1, foreign: 0 },
    });
    const stored = storedIn(head.commit!);
    expect(stored.map(({ transaction, ordinal }) => [transaction.id, ordinal])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
    const judging = { mode: 'basic', detectedAt: NOON + 1000, arrivedAt: NOON, expiresAt: NOON + 90 * 24 * HOUR_MS };
    for (const one of stored) expect(one).toMatchObject(judging);
    expect(stored.map(({ judgement }) => judgement.isAnomaly)).toEqual([false, true, false]);
  });

  test('judges by the habits before each, and learns', () => {
    const options = optionsOf({ judge: HABITS });
    const whole = commitLines(newUser(ANN), lines, options);
    const first = commitLines(newUser(ANN), lines.slice(0, 2), options);
    const owners = new Map([lines[0]!, lines[1]!].map(({ transaction }) => [transaction.id, ANN]));
    const second = commitLines(first, lines.slice(2), { ...options, owners });
    expect(second).toMatchObject({ version: 2, totals: whole.totals });
    expect(second.profile).toEqual(whole.profile);
    expect([...first.commit!.judged, ...second.commit!.judged]).toEqual(whole.commit!.judged);
    expect(Profile.restore(whole.profile!).count).toBeGreaterThan(0);
    expect(second.commit!.firstOrdinal).toBe(first.totals.transactions);
  });

  test('names the model that it judges by', () => {
    const model = { version: 'v1', model: undefined as never };
    const judged = commitLines(newUser(ANN), lines, optionsOf({ judge: { ...optionsOf().judge, model } }));
    expect(judged.commit?.model).toBe('v1');
    expect(head.commit).not.toHaveProperty('model');
  });

  test('that judges and rejects nothing tells nothing', () => {
    const owners = new Map([[idOf('c'), ANN]]);
    const again = commitLines(head, [lineOf('c', { sequenceNumber: '101' })], optionsOf({ owners }));
    expect(again.commit).toBeUndefined();
    expect(again.totals).toEqual({ ...head.totals, duplicates: 2 });
    expect(again.profile).toEqual(head.profile);
  });
});

describe('an id of another user', () => {
  const ben = 'ben' as UserId;

  test.each([
    ['is rejected where it is stored', { owners: new Map([[idOf('a'), ben]]) }],
    ['is rejected where the other was first', { claims: new Map([[idOf('a'), ben]]) }],
  ])('%s', (_, options) => {
    const head = commitLines(newUser(ANN), [lines[0]!], optionsOf(options));
    expect(head.totals).toEqual({ transactions: 0, anomalies: 0, duplicates: 0, foreign: 1 });
    expect(head.commit?.judged).toEqual([]);
    expect(head.commit?.rejected).toEqual([
      {
        reason: expect.stringContaining('must be unique'),
        text: lines[0]!.text,
        shard: 's1',
        sequenceNumber: '100',
        line: 1,
      },
    ]);
  });

  test('is the user’s own where they were first, and stored as theirs', () => {
    const claims = new Map([[idOf('a'), ANN]]);
    expect(commitLines(newUser(ANN), [lines[0]!], optionsOf({ claims })).totals.transactions).toBe(1);
    const owners = new Map([[idOf('a'), ANN]]);
    const other = new Map([[idOf('a'), ben]]);
    expect(commitLines(newUser(ANN), [lines[0]!], optionsOf({ owners, claims: other })).totals.duplicates).toBe(1);
  });
});
