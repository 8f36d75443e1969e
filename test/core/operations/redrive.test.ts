import { expect, test } from 'vitest';
import { readRedriveAnswer } from '../../../lib/core/operations/redrive.ts';

test('an answer of a function is read as it is', () => {
  const part = { name: 'network shop', putBack: 1, applied: 2, deleted: 0, unknown: 0 };
  for (const answer of [
    { outcome: 'gone' },
    { outcome: 'refused', reason: 'no' },
    { outcome: 'read', parts: [part, { ...part, failure: 'the table is on fire' }] },
  ]) {
    expect(readRedriveAnswer(answer)).toEqual(answer);
  }
});

test('what is no answer is refused', () => {
  expect(() => readRedriveAnswer({ batchItemFailures: [] })).toThrow(/outcome/);
});
