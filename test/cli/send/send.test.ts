import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MemoryEventStream } from '../../../lib/adapters/stream/memory-event-stream.ts';
import type { EventStream, StreamRecord } from '../../../lib/adapters/stream/event-stream.ts';
import { findLog } from '../../../lib/cli/files/log-source.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { SEND_ARGUMENTS, SEND_OPTIONS } from '../../../lib/cli/send/options.ts';
import { readRequest } from '../../../lib/cli/send/request.ts';
import { runSend } from '../../../lib/cli/send/run-send.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { parseTransaction } from '../../../lib/core/transactions/parse-transaction.ts';
import { FakeHost } from '../fake-host.ts';
import { STREAM_LOG } from '../sample-logs.ts';
import { temporaryFolder } from '../temporary-folder.ts';

interface Sending {
  readonly stream?: EventStream;
  readonly host?: FakeHost;
  readonly slept?: number[];
}

async function send(args: readonly string[], { stream, host = new FakeHost(), slept = [] }: Sending = {}) {
  const request = readRequest(parseOptions(SEND_OPTIONS, args, SEND_ARGUMENTS));
  const memory = new MemoryEventStream();
  const code = await runSend(request, {
    host,
    log: await findLog(request.file, host),
    stream: stream ?? memory,
    openBatchStream: async () => memory,
    source: request.source ?? 's-1',
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  });
  return { code, records: memory.records, stderr: host.stderr.text };
}

function textsOf(records: readonly StreamRecord[]): string[] {
  return records.flatMap(({ data }) => readRecord(data).lines.map(({ text }) => text));
}

const lines = (count: number): string => Array.from({ length: count }, (_, line) => `{"line":${line}}\n`).join('');

test('puts the lines in one record, under the network as the key and with an envelope', async () => {
  const { put } = await temporaryFolder();
  const { code, records, stderr } = await send([await put('log.json', STREAM_LOG), '--network=shop']);
  expect(code).toBe(0);
  expect(records).toEqual([{ partitionKey: 'shop', data: expect.anything() as unknown }]);
  const envelope = '{"network":"shop","source":"s-1","offset":0}\n';
  expect(Buffer.from(records[0]!.data).toString()).toBe(`${envelope}${STREAM_LOG.trimEnd()}`);
  expect(stderr).toMatch(/^2 lines in 1 record in \d+\.\d\d s \(\d+ lines\/s\)\n$/);
});

test('unzips, reads standard input, and puts bad lines as they are', async () => {
  const { put } = await temporaryFolder();
  const zipped = await send([await put('log.json.gz', gzipSync('bad\n\n{"a":1}'))]);
  expect(textsOf(zipped.records)).toEqual(['bad', '{"a":1}']);
  expect(zipped.stderr).toMatch(/^3 lines in 1 record /);
  const piped = await send(['-', '--quiet'], { host: new FakeHost({ stdin: 'one\ntwo' }) });
  expect(textsOf(piped.records)).toEqual(['one', 'two']);
  expect(piped.stderr).toBe('');
});

test('what comes through a pipe goes at once, and is numbered through', async () => {
  const host = new FakeHost({ stdin: ['one\ntw', 'o\nthree\n', 'four'] });
  const { records } = await send(['-'], { host });
  expect(records.map(({ data }) => readRecord(data).envelope?.offset)).toEqual([0, 1, 3]);
  expect(textsOf(records)).toEqual(['one', 'two', 'three', 'four']);
});

test('a line that fits into no record is named, the others go, and the exit code tells', async () => {
  const { put } = await temporaryFolder();
  const path = await put('log.json', `one\n${'x'.repeat(1024 * 1024)}\nthree\n`);
  const { code, records, stderr } = await send([path]);
  expect(code).toBe(1);
  expect(textsOf(records)).toEqual(['one', 'three']);
  expect(records.map(({ data }) => readRecord(data).envelope?.offset)).toEqual([0, 2]);
  const [named, summary] = stderr.split('\n');
  expect(named).toBe(`${path}:2: left out, for it is longer than a record of the stream can be, 1 MiB`);
  expect(summary).toMatch(/^2 lines in 2 records, 1 left out in /);
});

test('--rate waits between records, which are then small', async () => {
  const { put } = await temporaryFolder();
  const slept: number[] = [];
  const { records } = await send([await put('log.json', lines(4)), '--rate=0.5'], { slept });
  expect(textsOf(records.slice(0, 1))).toEqual(['{"line":0}']);
  expect(records).toHaveLength(4);
  expect(slept.every((milliseconds) => milliseconds > 0)).toBe(true);
  // Each look at the clock is a second: after 4 lines at 2 s a line, 8 s have been waited for or gone by.
  expect(slept).toHaveLength(4);
});

const TRANSACTION = {
  event_type: 'transaction',
  transaction_id: 't-1',
  user_id: 'u1',
  amount: '9.50',
  timestamp: '2026-01-01 10:00:00',
  location: 'DE',
  merchant_category: 'groceries',
  payment_method: 'debit_card',
};

function transaction(id: string, user: string): string {
  return JSON.stringify({ ...TRANSACTION, transaction_id: id, user_id: user });
}

function textsByKey(records: readonly StreamRecord[]): Record<string, string[]> {
  const byKey: Record<string, string[]> = {};
  for (const { partitionKey, data } of records) {
    (byKey[partitionKey] ??= []).push(...readableLines(data));
  }
  return byKey;
}

const readableLines = (data: Uint8Array): string[] => Buffer.from(data).toString().split('\n');

describe('transactions', () => {
  const [purchase, other] = STREAM_LOG.trimEnd().split('\n') as [string, string];

  test('go under their users, in their order, and the other events under the network', async () => {
    const { put } = await temporaryFolder();
    const log = [transaction('t1', 'a'), purchase, transaction('t2', 'b'), transaction('t3', 'a'), other, 'bad', ''];
    const { code, records, stderr } = await send([
      await put('log.json', `\ufeff${log.join('\r\n')}`),
      '--network=shop',
    ]);
    expect(code).toBe(0);
    expect(textsByKey(records)).toEqual({
      a: [`${log[0]}\r`, `${log[3]}\r`],
      b: [`${log[2]}\r`],
      shop: ['{"network":"shop","source":"s-1","offset":0}', `${purchase}\r`, `${other}\r`, 'bad\r'],
    });
    expect(stderr).toMatch(/^6 lines in 3 records in /);
  });

  test('that name no user, or are none, go with the other events, where they are rejected', async () => {
    const nameless = JSON.stringify({ ...TRANSACTION, user_id: '' });
    const quoting = '{"event_type":"purchase","id":"1","note":"\\"transaction\\""}';
    const broken = '{"event_type":"transaction"';
    const { records } = await send(['-'], { host: new FakeHost({ stdin: [nameless, quoting, broken].join('\n') }) });
    expect(records.flatMap(({ data }) => readableLines(data).slice(1))).toEqual([nameless, quoting, broken]);
    expect(new Set(records.map(({ partitionKey }) => partitionKey))).toEqual(new Set(['default']));
  });

  test('what comes through a pipe goes at once', async () => {
    const line = transaction('t1', 'a');
    const host = new FakeHost({
      stdin: [line.slice(0, 20), `${line.slice(20)}\n${transaction('t2', 'a')}\n`, transaction('t3', 'a')],
    });
    const { records } = await send(['-'], { host });
    expect(records.map(({ data }) => readableLines(data).length)).toEqual([2, 1]);
  });

  test('a line that fits into no record is left out, also where it says that it is one', async () => {
    const { put } = await temporaryFolder();
    const long = transaction('t1', 'a').replace('DE', 'D'.repeat(1_048_576));
    const path = await put('log.json', `${long}\n${transaction('t2', 'a')}\n${'x'.repeat(3_000_000)}\n${purchase}`);
    const { code, records } = await send([path]);
    expect(code).toBe(1);
    expect(textsByKey(records)).toMatchObject({
      a: [transaction('t2', 'a')],
      default: [expect.anything() as unknown, purchase],
    });
  });

  test('--rate lets them flow, and not come in heaps', async () => {
    const { put } = await temporaryFolder();
    const path = await put('log.json', Array.from({ length: 4 }, (_, n) => transaction(`t${n}`, 'a')).join('\n'));
    const slept: number[] = [];
    const { records } = await send([path, '--rate=0.5'], { slept });
    expect(records).toHaveLength(4);
    expect(slept.length).toBeGreaterThan(0);
  });

  test('of a CSV file become events, with quoted cells and labels; a row that is none is left out', async () => {
    const { put } = await temporaryFolder();
    const path = await put(
      'past.csv',
      'transaction_id,timestamp,user_id,amount,merchant_category,payment_method,location,merchant,is_fraud\n' +
        'x1,2019-01-01T00:03:12,0,76.55,fuel,other,MA,"Stroman, ""H"" and Erdman",0\n' +
        'x2,2019-01-01T00:04:12,0,1\n' +
        'x3,2019-01-01T00:05:12,,5,fuel,other,MA,,1\n' +
        'x4,2019-01-01T00:06:12,7,5,fuel,other,MA,,1\n',
    );
    const { code, records, stderr } = await send([path]);
    expect(code).toBe(1);
    expect(records.map(({ partitionKey }) => partitionKey)).toEqual(['0', '7']);
    const [first, second] = records.map(({ data }) => parseTransaction(Buffer.from(data).toString()));
    expect(first).toMatchObject({ ok: true, value: { id: 'x1', merchant: 'Stroman, "H" and Erdman', label: [] } });
    expect(second).toMatchObject({ ok: true, value: { id: 'x4', user: '7', amount: 5_000_000n, label: ['anomaly'] } });
    expect(stderr).toContain(`${path}:3: left out, for a row must have 9 cells, as the first (given 4)\n`);
    expect(stderr).toContain(`${path}:4: left out, for user_id is missing`);
  });
});

describe('a stream that fails', () => {
  const passing = Object.assign(new Error('slow down'), {
    name: 'ThrottlingException',
    $metadata: {},
    $fault: 'client',
  });
  const lost = Object.assign(new Error('socket hang up'), { $metadata: {} });
  const lasting = Object.assign(new Error('no such stream'), { $metadata: {}, $fault: 'client' });

  function failing(failures: readonly (Error | undefined)[]): EventStream & { records: StreamRecord[] } {
    const left = [...failures];
    const records: StreamRecord[] = [];
    const put = async (record: StreamRecord): Promise<void> => {
      const failure = left.shift();
      if (failure === undefined || failure === lost) records.push(record);
      if (failure !== undefined) throw failure;
    };
    return { put, records };
  }

  test('gets the same record again, until it has it', async () => {
    const { put } = await temporaryFolder();
    const stream = failing([passing, lost, undefined]);
    const slept: number[] = [];
    const { code, stderr } = await send([await put('log.json', STREAM_LOG)], { stream, slept });
    expect(code).toBe(0);
    expect(slept).toEqual([500, 1000]);
    expect(stream.records).toHaveLength(2);
    expect(stream.records[1]).toEqual(stream.records[0]);
    expect(stderr).toMatch(
      /^slow down; trying again in 0\.5 s\nthe stream does not answer; trying again in 1 s\n2 lines in 1 record /,
    );
  });

  test('for good ends it, and says how to go on', async () => {
    const { put } = await temporaryFolder();
    const path = await put('log.json', lines(2));
    const host = new FakeHost();
    const sending = send([path, '--rate=1', '--source=s-7'], { stream: failing([undefined, lasting]), host });
    await expect(sending).rejects.toBe(lasting);
    expect(host.stderr.text).toBe(
      `on the stream so far: 1 line of ${path}; to put the rest, add --source=s-7 to the same command\n`,
    );
    expect(host.listenerCount('exit')).toBe(0);
  });

  test('again and again ends it after a while', async () => {
    const { put } = await temporaryFolder();
    const slept: number[] = [];
    const stream = failing(Array.from({ length: 99 }, () => passing));
    await expect(send([await put('log.json', 'a')], { stream, slept })).rejects.toBe(passing);
    expect(slept.reduce((sum, milliseconds) => sum + milliseconds)).toBe(55_500);
  });
});

test('a terminal shows how far it is, and an interruption what is on the stream', async () => {
  const { put } = await temporaryFolder();
  const host = new FakeHost({ isTTY: true });
  const path = await put('log.json', lines(3));
  const stream: EventStream = {
    put: async () => {
      if (host.stderr.text.includes('line')) host.emit('exit');
    },
  };
  await send([path, '--rate=1'], { stream, host });
  expect(host.stderr.text).toContain('1 line   ');
  expect(host.stderr.text).toContain('on the stream so far: 1 line of ');
});

test.each([
  [[], 'missing FILE'],
  [['log', '--rate=0'], '--rate must be a number of lines a second, more than 0 (given "0")'],
  [['log', '--rate=fast'], '--rate must be a number of lines a second, more than 0 (given "fast")'],
  [['log', '--network='], '--network needs a value: --network=NAME'],
  [['log', '--network=a/b'], '--network must be 1 to 64 letters, digits, ".", "_" or "-" (given "a/b")'],
  [
    ['log', '--source=__proto__'],
    '--source must be what an earlier send has said, such as s-1a2b3c4d (given "__proto__")',
  ],
])('%j is refused', async (args, message) => {
  await expect(send(args)).rejects.toThrow(new UsageError(message));
});
