import { describe, expect, test } from 'vitest';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import { commitLines } from '../../../lib/core/transactions-cloud/commit-lines.ts';
import { INDEX_LAG_MS, rebuildHead } from '../../../lib/core/transactions-cloud/rebuild-profile.ts';
import { newUser, storedIn, type UserHead } from '../../../lib/core/transactions-cloud/user-head.ts';
import { ANN, committed, lineOf, NOON, optionsOf, storedOf } from './sample-transactions.ts';

const lines = [1, 2, 3, 4].map((sequence) =>
  lineOf(`t${sequence}`, { sequenceNumber: String(sequence) }, { amount: sequence === 2 ? '1000' : `1${sequence}.00` }),
);
const head = committed(...lines);
const stored = storedOf(...lines);
const LATER = NOON + 10 * INDEX_LAG_MS;

function profileOf(history: typeof stored): Uint8Array {
  const profile = Profile.empty();
  for (const { transaction, judgement } of history) profile.learn(transaction, judgement);
  return profile.save();
}

describe('a profile', () => {
  test('is learnt anew as it was learnt, in whatever order the transactions come', () => {
    const damaged: UserHead = { ...head, profile: Profile.empty().save() };
    expect(rebuildHead(damaged, stored.toReversed(), NOON)).toEqual({ ...head, version: 5, commit: undefined });
  });

  test('takes what the last commit judged from the head', () => {
    expect(rebuildHead(head, stored.slice(0, 3), NOON)).toMatchObject({ profile: head.profile });
  });

  test('is not learnt from what is not committed yet', () => {
    const before = committed(...lines.slice(0, 3));
    expect(rebuildHead(before, stored, NOON)).toMatchObject({ profile: before.profile });
  });

  test('waits for what the index may lack', () => {
    expect(rebuildHead(head, [stored[0]!, stored[1]!], LATER)).toBe('incomplete');
    expect(rebuildHead(head, stored.slice(1, 3), NOON + INDEX_LAG_MS)).toBe('incomplete');
    const told = { ...head, commit: undefined };
    expect(rebuildHead(told, stored.slice(0, 3), LATER)).toBe('incomplete');
    expect(rebuildHead(told, [], NOON)).toBe('incomplete');
  });

  test('waits for what the index may lack because its author died, and it was written long after it was judged', () => {
    const head = commitLines(newUser(ANN), lines.slice(0, 2), optionsOf());
    const [first, second] = storedIn(head.commit!);
    const told = { ...head, commit: undefined };
    expect(rebuildHead(told, [second!], LATER)).toBe('incomplete');
    expect(rebuildHead(told, [first!, second!], LATER)).toMatchObject({ profile: head.profile });
    const more = { ...commitLines(told, [lines[2]!], optionsOf({ detectedAt: LATER })), commit: undefined };
    const third = { ...stored[2]!, detectedAt: LATER };
    expect(rebuildHead(more, [second!, third], LATER + INDEX_LAG_MS - 1)).toBe('incomplete');
    expect(rebuildHead(more, [second!, third], LATER + INDEX_LAG_MS)).toMatchObject({ version: 3 });
  });

  test('does without what has expired', () => {
    expect(rebuildHead(head, stored.slice(1), LATER)).toMatchObject({ profile: profileOf(stored.slice(1)) });
    const expired = stored.map((one) => ({ ...one, expiresAt: one.ordinal === 0 ? NOON : one.expiresAt }));
    expect(rebuildHead(head, expired, LATER)).toMatchObject({ profile: profileOf(stored.slice(1)) });
  });

  test('stays where nothing is left', () => {
    expect(rebuildHead(newUser(ANN), [], NOON)).toBe('nothing');
    expect(rebuildHead({ ...head, commit: undefined }, [], LATER)).toBe('nothing');
  });
});
