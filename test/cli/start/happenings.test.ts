import { expect, test } from 'vitest';
import { Happenings } from '../../../lib/cli/start/happenings.ts';
import type { RunEvent } from '../../../lib/local/run-events.ts';
import { FakeScreen } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';
import { FLAGGED } from '../sample-logs.ts';

const now = (): Date => new Date(2026, 0, 1, 12, 34, 56);

/** What is shown of these events, without the times. */
async function shown(events: readonly RunEvent[], objects: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { resources, buckets } = new MemorySystem();
  for (const [key, text] of Object.entries(objects)) await buckets.outputBucket.put(key, text);
  const screen = new FakeScreen();
  const happenings = new Happenings({ screen, resources, output: buckets.outputBucket, now, later: () => undefined });
  events.forEach((event) => happenings.tell(event));
  await happenings.flush();
  const lines = screen.text.split('\n').slice(0, -1);
  expect(lines.every((line) => line.startsWith('12:34:56  '))).toBe(true);
  return lines.map((line) => line.slice('12:34:56  '.length));
}

function created(key: string, bucket = 'output'): RunEvent {
  return { kind: 'object-created', bucket, key, size: 1234 };
}

/** What is shown of an object with this key in the output bucket. */
function shownOf(key: string, content: string | object): Promise<string[]> {
  return shown([created(key)], { [key]: typeof content === 'string' ? content : JSON.stringify(content) });
}

test('what is dropped', async () => {
  expect(await shown([created('shop/batch_log.json', 'input')])).toEqual([
    'shop/batch_log.json was dropped, 1,234 bytes',
  ]);
});

test('what is flagged', async () => {
  expect(await shownOf('flagged/network=shop/load=000001/000000000007.json', FLAGGED)).toEqual([
    'shop  User 2 bought for 1601.83 on 2017-06-13 11:33:02  (mean 29.10, standard deviation 21.46)',
  ]);
});

test('of many flagged at once, the first ones', async () => {
  const lines = await shownOf('flagged/network=shop/load=000001/000000000007.json', FLAGGED.repeat(22));
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('shop  and 2 more');
});

test('what is rejected', async () => {
  expect(await shownOf('rejected/network=shop/000000000007.json', '{}\n{}\n')).toEqual([
    'shop  2 lines rejected; see flagstone flagged --network=shop --rejected',
  ]);
});

test('what is rejected of transactions', async () => {
  expect(await shownOf('rejected/transactions/date=2026-11-21/x.json', '{}\n')).toEqual([
    '1 line rejected; see flagstone flagged --transactions --rejected',
  ]);
});

const ANOMALY = {
  user_id: 'u1',
  amount: '912.40',
  timestamp: '2026-11-21 10:00:00',
  location: 'DE',
  merchant_category: 'fuel',
  severity: 'low',
  reasons: [{ kind: 'amount', text: 'amount 912.40 is much' }],
};
const SENTENCE = 'User u1 spent 912.40 on fuel in DE on 2026-11-21 10:00:00  low: amount 912.40 is much';

test('which transactions are anomalous', async () => {
  expect(await shownOf('anomalies/date=2026-11-21/x.json', ANOMALY)).toEqual([SENTENCE]);
});

test('of many anomalous transactions of many users at once, the first ones and a count', async () => {
  const keys = Array.from({ length: 9 }, (_, at) => `anomalies/date=2026-11-21/${at}.json`);
  const objects = Object.fromEntries(keys.map((key) => [key, `${JSON.stringify(ANOMALY)}\n`.repeat(2)]));
  expect(
    await shown(
      keys.map((key) => created(key)),
      objects,
    ),
  ).toEqual([
    ...Array.from({ length: 4 }, () => SENTENCE),
    'and 14 more anomalous transactions; see flagstone flagged --transactions',
  ]);
});

test.each([
  [
    { key: 'shop/batch_log.json', outcome: 'loaded', load: 1, D: 2, T: 50, events: 9500, users: 1, rejected: 0 },
    'shop  shop/batch_log.json is loaded: 9,500 events, 1 user, 0 rejected lines, D = 2, T = 50',
  ],
  [{ key: 'shop/stream_log.json', outcome: 'put', lines: 3 }, 'shop  shop/stream_log.json is on the stream: 3 lines'],
  [
    { key: 'shop/batch_log.json', outcome: 'failed', reason: 'no \u001b[2J header' },
    'shop  shop/batch_log.json was not used: no \\u001b[2J header',
  ],
])('the report of a log', async (report, expected) => {
  expect(await shownOf('reports/network=shop/x.json', report)).toEqual([expected]);
});

test('the report of a log of no network', async () => {
  const report = { key: 'a/b/batch_log.json', outcome: 'refused', reason: 'two folders' };
  expect(await shownOf('reports/refused/x.json', report)).toEqual(['a/b/batch_log.json was not used: two folders']);
});

test('an object that is written again is no news, and others are none either', async () => {
  const key = 'rejected/network=shop/000000000007.json';
  expect(
    await shown([created(key), created(key), created('other'), created('x', 'journal')], { [key]: '{}\n' }),
  ).toHaveLength(1);
});

test('an object that is gone is told so, and the next ones follow', async () => {
  const lines = await shown([created('flagged/network=shop/gone.json'), { kind: 'trouble', message: 'oh' }]);
  expect(lines).toEqual([
    expect.stringMatching(/^flagged\/network=shop\/gone\.json cannot be shown: NoSuchObject/),
    'oh',
  ]);
});

test.each<[RunEvent, string]>([
  [
    { kind: 'invocation-failed', functionName: 'f', error: { errorType: 'TypeError', errorMessage: 'no' } },
    'f failed: TypeError: no',
  ],
  [
    { kind: 'sandbox-died', functionName: 'f', reason: 'out of memory' },
    'f crashed: out of memory; its next call gets a new sandbox',
  ],
  [{ kind: 'error-logged', functionName: 'f', message: 'hm' }, 'f: hm'],
  [
    { kind: 'given-up', functionName: 'f', what: 'an event', kept: 's3://journal/k' },
    'f has failed on an event for good; kept in s3://journal/k',
  ],
])('trouble: %o', async (event, expected) => {
  expect(await shown([event])).toEqual([expected]);
});
