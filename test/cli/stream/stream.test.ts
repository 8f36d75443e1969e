import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findLog } from '../../../lib/cli/files/log-source.ts';
import { parseOptions } from '../../../lib/cli/options.ts';
import { STREAM_ARGUMENTS, STREAM_OPTIONS } from '../../../lib/cli/stream/options.ts';
import { readRequest } from '../../../lib/cli/stream/request.ts';
import { findSigner } from '../../../lib/cli/stream/find-signer.ts';
import { runStream, type StreamContext } from '../../../lib/cli/stream/run-stream.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { FakeSeriesServer, type FakeServerOptions, type ReceivedPoint } from '../../client/fake-series-server.ts';
import { FakeHost } from '../fake-host.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const PRICES = 'Date,Open,Close\n2020-01-01,1,10\n2020-01-02,2,20\n2020-01-03,3,30\n';

type Context = Partial<StreamContext>;

async function setUp(options: FakeServerOptions = {}) {
  const server = await FakeSeriesServer.start(options);
  onTestFinished(() => server.stop());
  const { folder, put } = await temporaryFolder();
  const logs = path.join(folder, 'logs');
  let sources = 0;
  const stream = async (args: readonly string[], host = new FakeHost(), { sign }: Pick<Context, 'sign'> = {}) => {
    const usual = ['--client-id=acme', '--window=5', `--url=${server.url}`, `--logs=${logs}`];
    const request = readRequest(parseOptions(STREAM_OPTIONS, [...usual, ...args], STREAM_ARGUMENTS));
    const code = await runStream(request, {
      host,
      log: await findLog(request.file, host),
      url: server.url,
      sign,
      newSource: () => `s-${++sources}`,
      now: () => new Date(0),
      sleep: async (_, signal) => {
        if (host.listenerCount('slept') === 0) return;
        host.emit('slept', signal);
        await new Promise(setImmediate);
      },
    });
    return { code, stdout: host.stdout.text, stderr: host.stderr.text };
  };
  const logged = async (kind: 'sent' | 'received'): Promise<Record<string, unknown>[]> => {
    const text = await readFile(path.join(logs, `acme.${kind}.jsonl`), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  return { server, folder, logs, put, stream, logged };
}

test('streams the file, and keeps what was sent and received', async () => {
  const { server, put, stream, logged } = await setUp();
  const file = await put('prices.csv', PRICES);
  const { code, stdout, stderr } = await stream([file]);
  expect(code).toBe(0);
  expect([...server.stored.values()]).toEqual([
    { sequence: 1, timestamp: '2020-01-01', value: 10 },
    { sequence: 2, timestamp: '2020-01-02', value: 20 },
    { sequence: 3, timestamp: '2020-01-03', value: 30 },
  ]);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^3 points answered, 0 anomalies, 0 alerts, 0 late, 0 reconnects in \d+\.\d\d s \(\d+ points\/s\); half of the answers within [\d.]+ ms, 99 % within [\d.]+ ms\n$/,
  );
  expect(server.requests).toEqual(['/series?client_id=acme&window=5&source=s-1&first=1']);
  const sent = await logged('sent');
  expect(sent.map(({ event, sequence }) => event ?? sequence)).toEqual(['begin', 1, 2, 3, 'end']);
  expect((await logged('received'))[1]).toMatchObject({ source: 's-1', sequence: 2, value: 20, anomaly: false });
});

const alertAtTwenty = ({ value }: ReceivedPoint): object =>
  value === 20 ? { anomaly: true, alert: true, score: 0.8, votes: { zScore: true, iqr: false, ewma: true } } : {};

test('alerts go to standard output, for people on a terminal', async () => {
  const { put, stream } = await setUp({ answer: alertAtTwenty });
  const file = await put('prices.csv', PRICES);
  const piped = await stream([file, '--quiet']);
  expect(JSON.parse(piped.stdout)).toMatchObject({ sequence: 2, timestamp: '2020-01-02', value: 20, alert: true });
  expect(piped.stderr).toBe('');
  const shown = await stream([file], new FakeHost({ isTTY: true }));
  expect(shown.stdout).toContain('2020-01-02');
  expect(shown.stdout).toContain('(score 0.800; zScore, ewma)');
  expect(shown.stderr).toContain('3 points answered, 1 anomaly, 1 alert');
});

test('rows that are no points are named and skipped, and standard input and .gz are read', async () => {
  const { server, put, stream } = await setUp();
  const zipped = await stream([await put('p.csv.gz', gzipSync('time,value\n1,x\n2,5\n'))]);
  expect(zipped.stderr).toMatch(/p\.csv\.gz:2: skipped, for value must be a decimal number \(given "x"\)\n/);
  expect(zipped.stderr).toContain('1 point answered, 0 anomalies, 0 alerts, 0 late, 1 row skipped');
  const piped = await stream(['-'], new FakeHost({ stdin: ['time,va', 'lue\n7,8\n'] }));
  expect(piped.code).toBe(0);
  expect(server.messages.at(-1)).toBe('{"sequence":1,"timestamp":"7","value":8}');
});

test('of many bad rows, the first are told and the others counted', async () => {
  const { put, stream } = await setUp();
  const { stderr } = await stream([await put('p.csv', `time,value\n${'1,x\n'.repeat(50)}`)]);
  expect(stderr.match(/skipped, for/g)).toHaveLength(20);
  expect(stderr).toContain('further rows that are skipped are only counted');
  expect(stderr).toContain('0 points answered, 0 anomalies, 0 alerts, 0 late, 50 rows skipped');
});

test('a point that the server refuses is told with its line, and the exit code tells', async () => {
  const { put, stream } = await setUp({ answer: ({ value }) => (value === 20 ? { error: 'no twenties' } : {}) });
  const { code, stderr } = await stream([await put('p.csv', PRICES)]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/p\.csv:3: refused by the server: no twenties\n/);
  expect(stderr).toContain('2 points answered, 0 anomalies, 0 alerts, 0 late, 1 refused');
});

test('--rate waits between points', async () => {
  const { put, stream } = await setUp();
  const host = new FakeHost();
  let slept = 0;
  host.on('slept', () => slept++);
  await stream([await put('p.csv', PRICES), '--rate=0.1'], host);
  expect(slept).toBe(2);
});

describe('goes on where it ended', () => {
  /** A server that takes two points, and then refuses to connect. */
  const twoPoints: FakeServerOptions = {
    mischief: (message) => (message === 2 ? 'lose the point' : 'none'),
  };

  test('after an interruption, and streams each point once', async () => {
    const { server, put, stream, logged } = await setUp(twoPoints);
    const file = await put('p.csv', PRICES);
    const host = new FakeHost();
    const first = stream([file], host);
    await vi.waitFor(() => expect(server.messages).toHaveLength(3));
    host.emit('SIGINT');
    expect(await first).toMatchObject({ code: 130 });
    expect(host.stderr.text).toContain('interrupted; waiting for 1 answer, Ctrl-C again does not\n');
    expect(host.stderr.text).toContain('; the same command goes on from here\n');
    expect(host.listenerCount('SIGINT')).toBe(0);

    const second = await stream([file]);
    expect(second.stderr).toContain('going on after 2 points that were answered before; --restart begins anew\n');
    expect(second.stderr).toContain('1 point answered');
    expect(server.requests.at(-1)).toBe('/series?client_id=acme&window=5&source=s-1&first=3');
    expect((await logged('received')).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(server.storedValues).toEqual([10, 20, 30]);

    await stream([file]);
    expect(server.requests.at(-1)).toContain('source=s-2&first=1');
  });

  async function interrupted() {
    const all = await setUp(twoPoints);
    const file = await all.put('p.csv', PRICES);
    const host = new FakeHost();
    const first = all.stream([file], host);
    await vi.waitFor(() => expect(all.server.messages).toHaveLength(3));
    host.emit('SIGTERM');
    expect(await first).toMatchObject({ code: 143 });
    return { ...all, file };
  }

  test('with a file that has grown, and after half a line in the logs', async () => {
    const { server, logs, file, stream, logged } = await interrupted();
    await appendFile(file, '2020-01-04,4,40\n');
    await appendFile(path.join(logs, 'acme.received.jsonl'), '{"source":"s-1","sequence":99');
    await stream([file]);
    expect((await logged('received')).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(server.storedValues).toEqual([10, 20, 30, 40]);
  });

  test('but not with another file, other columns, or --restart', async () => {
    const { server, put, file, stream } = await interrupted();
    for (const args of [[file, '--restart'], [file, '--value-column=Open'], [await put('q.csv', PRICES)]]) {
      await stream(args);
      expect(server.requests.at(-1)).toContain('first=1');
    }
    expect(server.requests.map((request) => /source=([^&]*)/.exec(request)?.[1])).toEqual(['s-1', 's-2', 's-3', 's-4']);
  });

  test.each([
    [PRICES.replace('2,20', '2,21'), /p\.csv:3 is not what was streamed as point 2 before/],
    ['Date,Close\n2020-01-01,10\n', /p\.csv has only 1 points, and 2 were streamed before/],
  ])('but not with a file that has changed: %j', async (content, message) => {
    const { file, stream } = await interrupted();
    await writeFile(file, content);
    await expect(stream([file])).rejects.toThrow(message);
    await expect(stream([file])).rejects.toBeInstanceOf(UsageError);
  });
});

describe('a connection that', () => {
  test('breaks comes back, and is told of', async () => {
    const { server, put, stream } = await setUp({ mischief: (message) => (message === 1 ? 'close' : 'none') });
    const { code, stderr } = await stream([await put('p.csv', PRICES)]);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^the server closed the connection \(1001\); connecting again in 0\.\d s\n3 points answered/,
    );
    expect(stderr).toContain('1 reconnect in');
    expect(server.storedValues).toEqual([10, 20, 30]);
  });

  test('is refused is something to put right', async () => {
    const { put, stream } = await setUp({ refusal: () => ({ status: 400, body: '{"error":"window must be …"}' }) });
    await expect(stream([await put('p.csv', PRICES)])).rejects.toThrow(
      new UsageError('the server refuses the client (400): window must be …'),
    );
  });

  test('is taken over ends it, also while it waits for its input', async () => {
    const { server, stream } = await setUp();
    const waiting = new FakeHost();
    Object.assign(waiting, {
      stdin: (async function* () {
        yield Buffer.from('time,value\n1,2\n');
        await new Promise(() => undefined);
      })(),
    });
    const streaming = stream(['-'], waiting);
    await vi.waitFor(() => expect(server.messages).toHaveLength(1));
    server.sockets[0]!.send('{"error":"another connection has taken over","code":"taken-over"}');
    await expect(streaming).rejects.toThrow('another connection has taken over');
    expect(waiting.stderr.text).toContain('; the same command goes on from here');
  });
});

test.each([
  [['--client-id=', '--window=5', 'f'], '--client-id needs a value: --client-id=CLIENT'],
  [['--client-id=a', 'f'], 'missing --window=W'],
  [['--client-id=a', '--window=5'], 'missing FILE'],
  [['--client-id=a', '--window=1', 'f'], 'window must be an integer from 2 to 10,000 (given "1")'],
  [
    ['--client-id=a', '--window=5', '--rate=0', 'f'],
    '--rate must be a number of points a second, more than 0 (given "0")',
  ],
  [
    ['--client-id=a', '--window=5', '--url=http://x', 'f'],
    '--url must be the address of a WebSocket, such as ws://127.0.0.1:3000/series (given "http://x")',
  ],
  [
    ['--client-id=a', '--window=5', '--url=ws://x', '--data=d', 'f'],
    'only one of --url, --data and --stack can be given',
  ],
])('%j is refused', (args, message) => {
  expect(() => readRequest(parseOptions(STREAM_OPTIONS, args, STREAM_ARGUMENTS))).toThrow(new UsageError(message));
});

describe('a connection that has to be signed', () => {
  const signed = { sign: async (url: string) => `${url}&signature=s` };

  test('is', async () => {
    const { server, put, stream } = await setUp();
    expect((await stream([await put('p.csv', PRICES)], new FakeHost(), signed)).code).toBe(0);
    expect(server.requests).toEqual([expect.stringContaining('client_id=acme') as string]);
    expect(server.requests[0]).toMatch(/&signature=s$/);
  });

  test('and is refused all the same, tells what AWS asks for', async () => {
    const why = 'User: arn:aws:iam::1:user/ann is not authorized to perform: execute-api:Invoke on resource: r';
    const { put, stream } = await setUp({ refusal: () => ({ status: 403, body: JSON.stringify({ Message: why }) }) });
    await expect(stream([await put('p.csv', PRICES)], new FakeHost(), signed)).rejects.toThrow(
      new UsageError(
        `the server refuses the client (403): ${why}; your AWS credentials need the right execute-api:Invoke on this API, and acme must not be a series of another user or role`,
      ),
    );
  });
});

describe('who signs', () => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

  test.each([
    'ws://127.0.0.1:3000/series',
    'wss://example.com/series',
    'wss://x.execute-api.eu.amazonaws.com.evil.com/',
  ])('for %s nobody does', async (url) => {
    expect(await findSigner(url, { credentials })).toBeUndefined();
  });

  test.each([
    ['wss://abc.execute-api.eu-west-1.amazonaws.com/series', 'eu-west-1'],
    ['wss://abc.execute-api.cn-north-1.amazonaws.com.cn/series', 'cn-north-1'],
  ])('for %s one does, in its region', async (url, region) => {
    const sign = await findSigner(url, { credentials });
    expect(new URL(await sign!(url)).searchParams.get('X-Amz-Credential')).toMatch(
      new RegExp(`^AKIDEXAMPLE/\\d{8}/${region}/execute-api/aws4_request$`),
    );
  });

  test('without credentials, that is told at once', async () => {
    const none = async () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' }));
    await expect(findSigner('wss://abc.execute-api.eu-west-1.amazonaws.com/s', { credentials: none })).rejects.toThrow(
      'none',
    );
  });
});
