import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { BatchStream } from '../../../lib/adapters/stream/batch-stream.ts';
import { MemoryEventStream } from '../../../lib/adapters/stream/memory-event-stream.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { produce as command } from '../../../lib/cli/produce.ts';
import { fileOutlet } from '../../../lib/cli/produce/file-outlet.ts';
import { PRODUCE_OPTIONS } from '../../../lib/cli/produce/options.ts';
import { readRequest } from '../../../lib/cli/produce/request.ts';
import { runProduce } from '../../../lib/cli/produce/run-produce.ts';
import { streamOutlet } from '../../../lib/cli/produce/stream-outlet.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import type { Transaction } from '../../../lib/core/transactions/transaction.ts';
import { FakeHost } from '../fake-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** 2026-11-21 10:00:00 */
const AROUND = { now: () => 1_795_255_200, newSeed: () => 5 };

const requestOf = (args: readonly string[]) => readRequest(parseOptions(PRODUCE_OPTIONS, args), AROUND);

interface Producing {
  readonly stream?: BatchStream;
  readonly host?: FakeHost;
  readonly slept?: number[];
  readonly stopped?: AbortSignal;
}

async function produce(args: readonly string[], options: Producing = {}) {
  const { host = new FakeHost(), slept = [], stopped = new AbortController().signal } = options;
  const request = requestOf(args);
  const memory = new MemoryEventStream();
  const { destination } = request;
  const sleep = async (milliseconds: number): Promise<void> => void slept.push(milliseconds);
  await runProduce(request, {
    host,
    stopped,
    sleep,
    openOutlet: async (parts) =>
      destination.kind === 'file'
        ? fileOutlet({ path: destination.path, host, ...parts })
        : streamOutlet({ stream: options.stream ?? memory, sleep, ...parts }),
  });
  return { records: memory.records, stderr: host.stderr.text, stdout: host.stdout.text };
}

function transactionsIn(text: string): Transaction[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const parsed = parseTransaction(line);
      if (!parsed.ok) throw new Error(parsed.reason);
      return parsed.value;
    });
}

describe('into a file', () => {
  test('the same seed writes the same lines, zipped or not', async () => {
    const { folder } = await temporaryFolder();
    const out = join(folder, 'plain.json');
    const { stderr } = await produce(['--count=2500', '--seed=7', `--out=${out}`]);
    await produce(['--count=2500', '--seed=7', `--out=${out}.gz`]);
    const text = await readFile(out, 'utf8');
    expect(gunzipSync(await readFile(`${out}.gz`)).toString()).toBe(text);
    const transactions = transactionsIn(text);
    expect(transactions).toHaveLength(2500);
    const anomalous = transactions.filter(({ label = [] }) => label.length > 0).length;
    const [summary, goOn] = stderr.split('\n');
    expect(summary).toMatch(
      new RegExp(
        `^2,500 transactions of 200 users, ${anomalous} anomalous, in \\d+\\.\\d\\d s \\([\\d,]+ transactions/s\\)$`,
      ),
    );
    expect(goOn).toBe(
      'to go on with these users, add --seed=7 --start="2026-01-01 00:00:00" --from=2500 to the same command',
    );
  });

  test('what it says goes on behind what is there', async () => {
    const all = await produce(['--count=30', '--seed=7', '--out=-', '--quiet']);
    const first = await produce(['--count=20', '--seed=7', '--out=-']);
    const rest = await produce(['--count=10', '--seed=7', '--start=2026-01-01', '--from=20', '--out=-']);
    expect(first.stdout + rest.stdout).toBe(all.stdout);
    expect(all.stderr).toBe('');
  });

  test('--rate lets each line through a pipe as it comes', async () => {
    const slept: number[] = [];
    const { stdout } = await produce(['--count=3', '--rate=0.25', '--out=-'], { slept });
    expect(transactionsIn(stdout)).toHaveLength(3);
    expect(slept.length).toBeGreaterThan(1);
    expect(slept.every((milliseconds) => milliseconds > 0)).toBe(true);
  });

  test('ends without a word when its reader has seen enough, as head does', async () => {
    const host = new FakeHost();
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done(gone) }).on('error', () => undefined);
    const { stderr } = await produce(['--count=5000', '--out=-'], { host: Object.assign(host, { stdout }) });
    expect(stderr).toBe('');
    expect(host.listenerCount('exit')).toBe(0);
  });

  test('what cannot be written is said before anything is made, and leaves nothing', async () => {
    const { folder } = await temporaryFolder();
    await expect(produce([`--out=${folder}/no/file`])).rejects.toThrow(UsageError);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('onto the stream', () => {
  test('each user is a key, whose transactions keep their order', async () => {
    const { records } = await produce(['--count=2000', '--users=20', '--seed=7', '--rate=1000']);
    const { stdout } = await produce(['--count=2000', '--users=20', '--seed=7', '--start=2026-08-23', '--out=-']);
    const expected = transactionsIn(stdout);
    for (const key of new Set(records.map(({ partitionKey }) => partitionKey))) {
      const texts = records.filter((each) => each.partitionKey === key).map(({ data }) => Buffer.from(data).toString());
      expect(transactionsIn(texts.join('\n'))).toEqual(expected.filter(({ user }) => user === key));
    }
    expect(new Set(expected.map(({ user }) => user)).size).toBe(20);
  });

  test('goes at the rate, until it is stopped, and tells how to go on', async () => {
    const stopped = new AbortController();
    const memory = new MemoryEventStream();
    const slept: number[] = [];
    const stream: BatchStream = {
      putAll: async (records) => {
        await memory.putAll(records);
        if (memory.records.length === 3) stopped.abort();
      },
    };
    const { stderr } = await produce(['--rate=0.1', '--users=2'], { stream, stopped: stopped.signal, slept });
    const lines = memory.records.length;
    expect(slept.length).toBeGreaterThanOrEqual(3);
    expect(stderr).toContain(`${lines} transactions of 2 users, `);
    expect(stderr).toContain(`--seed=5 --start="2026-08-23 00:00:00" --from=${lines} `);
  });

  test('a stream that does not answer is asked again; what fails for good tells how far it came', async () => {
    const lost = Object.assign(new Error('socket hang up'), { $metadata: {} });
    const lasting = Object.assign(new Error('no such stream'), { $metadata: {}, $fault: 'client' });
    const outcomes = [lost, undefined, lasting];
    const stream: BatchStream = {
      putAll: async () => {
        const outcome = outcomes.shift();
        if (outcome !== undefined) throw outcome;
      },
    };
    const host = new FakeHost();
    await expect(produce(['--rate=1'], { stream, host })).rejects.toBe(lasting);
    expect(host.stderr.text).toMatch(
      /^the stream does not answer; trying again in 0\.5 s\nso far: 1 transaction; to go on /,
    );
    expect(host.listenerCount('exit')).toBe(0);
  });

  test('a terminal shows how far it is', async () => {
    const host = new FakeHost({ isTTY: true });
    await produce(['--count=40', '--rate=20'], { host });
    expect(host.stderr.text).toMatch(/%\s+\d+ transactions/);
  });
});

test.each([
  [['--users=0'], '--users must be a whole number from 1 to 1000000 (given "0")'],
  [['--count=1.5'], '--count must be a whole number from 1 to 1000000000000 (given "1.5")'],
  [['--seed=-1'], '--seed must be a whole number from 0 to 4294967295 (given "-1")'],
  [['--rate=0'], '--rate must be a number of transactions a second, more than 0 and below 1,000,000 (given "0")'],
  [['--anomaly-rate=2'], '--anomaly-rate must be a number from 0 to 1 with at most 6 decimals (given "2")'],
  [['--start=2026-02-30'], '--start must be a date, or a date and time, as YYYY-MM-DD HH:MM:SS (given "2026-02-30")'],
  [['--out=x', '--rate=5'], '--rate is for the stream and for --out=- (given --out=x)'],
  [['--out=x', '--stack=S'], '--out writes a file: --data and --stack, which name a system, cannot be given with it'],
])('%j is refused', (args, message) => {
  expect(() => requestOf(args)).toThrow(new UsageError(message));
});

test('the command writes files as it says', async () => {
  const host = new FakeHost();
  expect(await command.read(['--count=2', '--out=-', '--quiet'])(host)).toBe(0);
  expect(transactionsIn(host.stdout.text)).toHaveLength(2);
});
