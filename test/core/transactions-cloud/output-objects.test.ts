import { expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import { commitLines } from '../../../lib/core/transactions-cloud/commit-lines.ts';
import {
  anomaliesBefore,
  isFromBefore,
  isOutputOf,
  malformedObject,
  outputsOf,
} from '../../../lib/core/transactions-cloud/output-objects.ts';
import { deletedUser, isDeleted, newUser } from '../../../lib/core/transactions-cloud/user-head.ts';
import { ANN, idOf, lineOf, NOON, optionsOf } from './sample-transactions.ts';

const options = optionsOf({ owners: new Map([[idOf('theirs'), 'ben' as UserId]]) });
const lines = [lineOf('a'), lineOf('b', { line: 2 }, { amount: '1000', device: 'd' }), lineOf('theirs', { line: 3 })];

test('a commit tells of its anomalies and of what it rejects, under keys that are its own', () => {
  const [anomalies, rejected, ...others] = outputsOf(commitLines(newUser(ANN), lines, options));
  expect(others).toEqual([]);
  const name = /^anomalies\/(date=2026-11-21\/20261121T120000000Z-[0-9a-f]{16}-1\.json)$/.exec(anomalies!.key)?.[1];
  expect(rejected!.key).toBe(`rejected/transactions/${name}`);
  expect(anomalies!.text).toBe(
    '{"transaction_id":"b","user_id":"ann","amount":"1000.00","timestamp":"2026-11-21 10:00:00","location":"DE",' +
      '"merchant_category":"groceries","payment_method":"card","device":"d","anomaly_score":0.25,"is_anomaly":true,' +
      '"severity":"high","reasons":[{"kind":"amount","text":"amount 1000.00 is much"}],' +
      '"detection_time":"2026-11-21T12:00:01.000Z","mode":"basic"}\n',
  );
  expect(JSON.parse(rejected!.text)).toMatchObject({ line: lines[2]!.text, shard: 's1', line_number: 3 });
});

test('a commit without either tells nothing, and neither does none', () => {
  expect(outputsOf(commitLines(newUser(ANN), [lines[0]!], options))).toEqual([]);
  expect(outputsOf(newUser(ANN))).toEqual([]);
});

function keyOf(user: string): string {
  const line = lineOf('b', {}, { amount: '1000', user_id: user });
  return outputsOf(commitLines(newUser(user as UserId), [line], options))[0]!.key;
}

test('the keys of two users differ, and no user stands in one', () => {
  expect(keyOf('ann')).not.toBe(keyOf('ben'));
  expect(keyOf('ann')).not.toContain('ann');
});

test('malformed lines are told under the name of their record', () => {
  const record = { shard: 'shardId-1', sequenceNumber: '77', at: NOON };
  const line = { reason: 'bad', text: '{', shard: 'shardId-1', sequenceNumber: '77', line: 2 };
  expect(malformedObject({ record, lines: [line] })).toEqual({
    key: 'rejected/transactions/date=2026-11-21/20261121T120000000Z-shardId-1-77.json',
    text: '{"reason":"bad","line":"{","shard":"shardId-1","sequence_number":"77","line_number":2}\n',
  });
});

test('the keys of anomalies that arrived before others can be told', () => {
  const [{ key } = { key: '' }] = outputsOf(commitLines(newUser(ANN), lines, options));
  expect(anomaliesBefore(key, 0) < key).toBe(true);
  expect(anomaliesBefore(key, 0)).toBe('anomalies/date=2026-11-21/20261121T120000000Z');
  expect(anomaliesBefore(key, 12 * 3_600_000 + 1)).toBe('anomalies/date=2026-11-20/20261120T235959999Z');
  expect(anomaliesBefore('anomalies/of-others', 0)).toBe('anomalies/');
});

test('an object tells whose it is, and when what it tells of arrived', () => {
  const key = keyOf('ann');
  expect([isOutputOf(key, ANN), isOutputOf(key, 'other' as UserId)]).toEqual([true, false]);
  expect(isOutputOf('rejected/transactions/date=2026-11-21/20261121T120000000Z-s-77.json', ANN)).toBe(false);
  const before = [NOON, NOON + 1].map((at) => isFromBefore(key, at));
  expect([...before, isFromBefore('else', NOON + 1)]).toEqual([false, true, false]);
});

test('a deleted user is one until the next commit, which keeps from when on they are new', () => {
  const head = commitLines(newUser(ANN), lines, options);
  const deleted = deletedUser(head, NOON);
  expect(deleted).toMatchObject({ version: 2, shards: head.shards, profile: undefined, commit: undefined });
  expect([head, deleted].map(isDeleted)).toEqual([false, true]);
  const again = commitLines(deleted, [lineOf('new', { sequenceNumber: '500', at: deleted.deletedAt! })], options);
  expect(isDeleted(again)).toBe(false);
  expect(again).toMatchObject({ version: 3, deletedAt: deleted.deletedAt, totals: { transactions: 1 } });
});
