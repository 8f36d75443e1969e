import { expect, test } from 'vitest';
import { recordsDone } from '../../../../lib/local/lambda/kinesis/batch-response.ts';
import { records } from './fake-stream.ts';

function done(response: unknown, reports = true): number {
  const payload = JSON.stringify(response);
  return recordsDone({ outcome: 'succeeded', payload }, records(1, 4), reports);
}

function failing(...items: unknown[]): object {
  return { batchItemFailures: items.map((itemIdentifier) => ({ itemIdentifier })) };
}

test.each([
  ['no failures', { batchItemFailures: [] }, 4],
  ['nothing', null, 4],
  ['an empty answer', {}, 4],
  ['null for the failures', { batchItemFailures: null }, 4],
  ['text', 'fine', 4],
  ['one failure', failing('3'), 2],
  ['several failures: the lowest counts', failing('4', '2'), 1],
  ['the first record', failing('1'), 0],
  ['a record that is not in the batch', failing('3', '99'), 0],
  ['an empty item', failing(''), 0],
  ['an item that is null', failing(null), 0],
  ['an item under another name', { batchItemFailures: [{ id: '2' }] }, 0],
  ['failures that are no list', { batchItemFailures: 'all' }, 0],
])('of a batch of 4, a function that answers with %s', (_, response, expected) => {
  expect(done(response)).toBe(expected);
});

test('a mapping that asks for no reports does not read them', () => {
  expect(done(failing('1'), false)).toBe(4);
});

test('a call that failed, or was none, has done nothing', () => {
  const error = { errorType: 'Error', errorMessage: 'no' };
  expect(recordsDone({ outcome: 'failed', error }, records(1, 4), true)).toBe(0);
  expect(recordsDone({ outcome: 'throttled' }, records(1, 4), false)).toBe(0);
});
