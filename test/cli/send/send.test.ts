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
