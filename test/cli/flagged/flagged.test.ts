import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { FLAGGED_OPTIONS } from '../../../lib/cli/flagged/options.ts';
import { readRequest } from '../../../lib/cli/flagged/request.ts';
import { runFlagged } from '../../../lib/cli/flagged/run-flagged.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { FakeHost } from '../fake-host.ts';
import { MemorySystem } from '../memory-system.ts';
import { FLAGGED } from '../sample-logs.ts';

async function run(system: MemorySystem, args: readonly string[] = [], host = new FakeHost()): Promise<string> {
  await runFlagged(readRequest(parseOptions(FLAGGED_OPTIONS, [...args])), system, host);
  return stripVTControlCharacters(host.stdout.text);
}

const terminal = (): FakeHost => new FakeHost({ isTTY: true });

/** Two loads, of which the second has flagged something in two batches. */
async function flagging(): Promise<MemorySystem> {
  const system = new MemorySystem();
  await system.commit('default', { load: 2 });
  await system.flag('default', { load: 1, version: 7, lines: 'before\n' });
  await system.flag('default', { load: 2, version: 9, lines: 'one\ntwo\n' });
  await system.flag('default', { load: 2, version: 10, lines: 'three\n' });
  await system.flag('shop', { load: 2, version: 9, lines: 'of another\n' });
  return system;
}

test('gives the lines as they are, in order, since the latest load', async () => {
  expect(await run(await flagging())).toBe('one\ntwo\nthree\n');
});

test('--load chooses another load, or all of them', async () => {
  const system = await flagging();
  expect(await run(system, ['--load=1'])).toBe('before\n');
  expect(await run(system, ['--load=all'])).toBe('before\none\ntwo\nthree\n');
  expect(await run(system, ['--load=3'])).toBe('');
});

test('a load that has flagged nothing yet has nothing of the one before', async () => {
  const system = await flagging();
  await system.commit('default', { load: 3 });
  expect(await run(system)).toBe('');
  expect(await run(system, [], terminal())).toBe(
    'In network default, no purchase has been flagged since batch log 3 was loaded.\n',
  );
});

test('on a terminal there is a line for people, with --json the line itself', async () => {
  const system = new MemorySystem();
  await system.flag('default', { load: 0, version: 1, lines: FLAGGED });
  expect(await run(system, [], terminal())).toBe(
    'User 2 bought for 1601.83 on 2017-06-13 11:33:02  (mean 29.10, standard deviation 21.46)\n',
  );
  expect(await run(system, ['--json'], terminal())).toBe(FLAGGED);
});

test('--follow goes on, also with the next load, until Ctrl-C', async () => {
  const system = await flagging();
  const host = new FakeHost();
  const running = run(system, ['--follow'], host);
  await expect.poll(() => host.stdout.text).toBe('one\ntwo\nthree\n');
  await system.flag('default', { load: 2, version: 11, lines: 'four\n' });
  await system.flag('default', { load: 3, version: 13, lines: 'five\n' });
  await expect.poll(() => host.stdout.text, { timeout: 10_000 }).toBe('one\ntwo\nthree\nfour\nfive\n');
  host.emit('SIGINT');
  await running;
  expect(host.listenerCount('SIGINT')).toBe(0);
});

test('--follow waits for a network that is not there yet', async () => {
  const system = new MemorySystem();
  const host = new FakeHost();
  const running = run(system, ['--follow', '--network=shop'], host);
  await system.flag('shop', { load: 0, version: 1, lines: 'first\n' });
  await expect.poll(() => host.stdout.text, { timeout: 10_000 }).toBe('first\n');
  host.emit('SIGINT');
  await running;
});

test('ends when its reader has gone', async () => {
  const host = new FakeHost();
  const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) }).on(
    'error',
    () => undefined,
  );
  const request = readRequest(parseOptions(FLAGGED_OPTIONS, ['--follow']));
  await runFlagged(request, await flagging(), Object.assign(host, { stdout: gone }));
  expect(host.listenerCount('SIGINT')).toBe(0);
});

test('--rejected gives what was rejected, from the stream and from logs', async () => {
  const system = new MemorySystem();
  await system.commit('default');
  const { outputBucket } = system.buckets;
  const line = '{"reason":"not an object","line":"[\\u001b]","shard":"s","sequence_number":"1","line_number":3}\n';
  const ofLog = '{"reason":"amount is missing","line":"{}","line_number":12}\n';
  await outputBucket.put('rejected/network=default/000000000002.json', line);
  await outputBucket.put('rejected/network=default/batch_log.json-0A/000001.json', ofLog);
  expect(await run(system, ['--rejected'])).toBe(line + ofLog);
  expect(await run(system, ['--rejected'], terminal())).toBe(
    'not an object\n    [\\u001b]\nline 12: amount is missing\n    {}\n',
  );
});

const ANOMALY =
  '{"transaction_id":"t","user_id":"u1","amount":"912.40","timestamp":"2026-11-21 10:00:00","location":"DE",' +
  '"merchant_category":"groceries","payment_method":"card","severity":"high","reasons":[{"kind":"amount",' +
  '"text":"amount 912.40 is 18 times this user\'s usual 50.20 for groceries"},{"kind":"hour","text":"10:00"}]}\n';

test('--transactions gives those that are anomalous, of all users', async () => {
  const system = new MemorySystem();
  const { outputBucket } = system.buckets;
  await outputBucket.put('anomalies/date=2026-11-21/20261121T120000000Z-0123456789abcdef-1.json', ANOMALY);
  await outputBucket.put(
    'anomalies/date=2026-11-20/20261120T120000000Z-0123456789abcdef-2.json',
    '{"severity":"new"}\n',
  );
  expect(await run(system, ['--transactions'])).toBe(`{"severity":"new"}\n${ANOMALY}`);
  const told = await run(system, ['--transactions'], terminal());
  expect(told.split('\n')[0]).toMatch(/ {2}new: no reason is known$/);
  expect(told.split('\n')[1]).toBe(
    "User u1 spent 912.40 on groceries in DE on 2026-11-21 10:00:00  high: amount 912.40 is 18 times this user's usual 50.20 for groceries",
  );
});

test('--transactions --follow goes on, also with what is late', async () => {
  const system = new MemorySystem();
  const { outputBucket } = system.buckets;
  const host = new FakeHost();
  const running = run(system, ['--transactions', '--follow'], host);
  await outputBucket.put('anomalies/date=2026-11-21/20261121T120000000Z-0123456789abcdef-1.json', 'one\n');
  await expect.poll(() => host.stdout.text, { timeout: 10_000 }).toBe('one\n');
  await outputBucket.put('anomalies/date=2026-11-21/20261121T115900000Z-fedcba9876543210-1.json', 'late\n');
  await expect.poll(() => host.stdout.text, { timeout: 10_000 }).toBe('one\nlate\n');
  host.emit('SIGINT');
  await running;
});

test('--transactions --rejected gives the lines that were no transactions', async () => {
  const system = new MemorySystem();
  const line = '{"reason":"amount is missing","line":"{}","shard":"s","sequence_number":"1","line_number":1}\n';
  await system.buckets.outputBucket.put('rejected/transactions/date=2026-11-21/x.json', line);
  await system.buckets.outputBucket.put('rejected/network=default/000000000002.json', 'of another\n');
  expect(await run(system, ['--transactions', '--rejected'])).toBe(line);
});

test('a terminal is told where there is nothing', async () => {
  const system = new MemorySystem();
  expect(await run(system, [], terminal())).toBe('In network default, no purchase has been flagged.\n');
  expect(await run(system, ['--rejected'], terminal())).toBe('In network default, no line has been rejected.\n');
  expect(await run(system, ['--rejected'])).toBe('');
  expect(await run(system, ['--transactions'], terminal())).toBe('No transaction has been found anomalous.\n');
  expect(await run(system, ['--transactions', '--rejected'], terminal())).toBe('No transaction has been rejected.\n');
});

test.each([
  [['--load=first'], '--load must be the number of a load, or all (given "first")'],
  [['--rejected', '--follow'], '--rejected goes without --follow: rejected lines are in no one order'],
  [['--transactions', '--network=shop'], '--transactions goes without --network: they are of no network'],
  [['--transactions', '--load=1'], '--transactions goes without --load: no batch log is loaded before them'],
  [['--rejected', '--load=1'], '--rejected goes without --load'],
  [['--network=shpo'], 'there is no network shpo; there are default'],
  [['--network=shpo', '--rejected'], 'there is no network shpo; there are default'],
])('%j is refused', async (args, message) => {
  await expect(run(await flagging(), args)).rejects.toThrow(new UsageError(message));
});
