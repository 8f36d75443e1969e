import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { runCommandLine } from '../../../lib/cli/command-line.ts';
import { newHead, nextHead } from '../../../lib/core/cloud/commits.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import type { Clients } from '../../../lib/local/clients.ts';
import { FakeHost } from '../fake-host.ts';
import { FLAGGED, STREAM_LOG } from '../sample-logs.ts';
import { standIns } from './stand-ins.ts';

/** The commands, through the protocols of AWS. */

async function run(args: readonly string[], stdin = '') {
  const host = new FakeHost({ stdin });
  const code = await runCommandLine(args, host);
  return { code, stdout: host.stdout.text, stderr: host.stderr.text };
}

async function recordsOf({ kinesis }: Clients): Promise<{ readonly key: string | undefined; readonly text: string }[]> {
  const shard = { StreamName: 'events', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const;
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(shard));
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map(({ PartitionKey: key, Data: data = [] }) => ({ key, text: Buffer.from(data).toString() }));
}

async function flag({ s3 }: Clients, version: number): Promise<void> {
  const key = `flagged/network=shop/load=000000/${String(version).padStart(12, '0')}.json`;
  await s3.send(new PutObjectCommand({ Bucket: 'output', Key: key, Body: FLAGGED }));
}

test('send puts records on the stream', async () => {
  const { data, clients } = await standIns();
  expect(await run(['send', '-', '--network=shop', `--data=${data}`, '--quiet'], STREAM_LOG)).toMatchObject({
    code: 0,
  });
  const [{ key, text } = { key: '', text: '' }, ...others] = await recordsOf(clients);
  expect(others).toEqual([]);
  expect(key).toBe('shop');
  expect(text).toMatch(/^\{"network":"shop","source":"s-[0-9a-f]{12}","offset":0\}\n/);
  expect(text.slice(text.indexOf('\n') + 1)).toBe(STREAM_LOG.trimEnd());
});

test('parameters lists and changes what the table holds', async () => {
  const { data, clients } = await standIns();
  const state = new DynamoStateStore({ client: clients.dynamodb, table: 'state' });
  const head = newHead('shop' as NetworkName, { degrees: 2, tracked: 50 }, 50);
  await state.writeHead(nextHead(head, '~token', {}));
  const { code, stdout } = await run(['parameters', '--network=shop', '--degrees=3', '--json', `--data=${data}`]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ network: 'shop', degrees: 3, tracked: 50, kept: 50, version: 2, load: 0 });
  const refused = await run(['parameters', '--network=shop', '--tracked=51', `--data=${data}`]);
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('at most the 50') as string });
});

test('flagged reads the output bucket, and in a process of its own follows it until Ctrl-C', async () => {
  const { data, clients } = await standIns();
  await flag(clients, 1);
  const following = ['--import', 'tsx', 'bin/flagstone.ts', 'flagged', '--network=shop', '--follow', `--data=${data}`];
  const child = spawn(process.execPath, following, { cwd: join(import.meta.dirname, '../../..'), stdio: 'pipe' });
  const exit = once(child, 'exit');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  await expect.poll(() => output, { timeout: 30_000 }).toBe(FLAGGED);
  await flag(clients, 2);
  await expect.poll(() => output, { timeout: 30_000 }).toBe(FLAGGED + FLAGGED);
  child.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
  expect(errors).toBe('');
});

test.each([[['flagged']], [['parameters']], [['parameters', '--degrees=2', '--json']]])(
  '%j where the run has crashed ends with 3 and says how to start it',
  async (args) => {
    const { data, crash } = await standIns();
    await crash();
    const stderr = `flagstone: nothing runs on ${data}; start it with: npx flagstone start --data=${data}\n`;
    expect(await run([...args, `--data=${data}`])).toEqual({ code: 3, stdout: '', stderr });
  },
);

test.each([[['send', '-']], [['flagged']], [['parameters']]])(
  '%j where nothing runs ends with 3 and says how to start it',
  async (args) => {
    const stderr = 'flagstone: nothing runs on /nowhere; start it with: npx flagstone start --data=/nowhere\n';
    expect(await run([...args, '--data=/nowhere'])).toEqual({ code: 3, stdout: '', stderr });
  },
);
