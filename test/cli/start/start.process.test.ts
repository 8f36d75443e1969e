import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { localClients, type Clients } from '../../../lib/local/clients.ts';
import { readRunFile, type RunFile } from '../../../lib/local/run-file.ts';
import { buildCommandLine } from '../built-command-line.ts';
import { BATCH_LOG, FLAGGED, STREAM_LOG } from '../sample-logs.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const PATIENCE = { timeout: 40_000, interval: 50 };

const { program, remove } = buildCommandLine();
afterAll(remove);

function flagstone(...args: string[]) {
  return spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
}

async function run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = flagstone(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

interface Started {
  readonly child: ChildProcess;
  readonly file: RunFile;
  readonly clients: Clients;
}

/** Comes back when everything answers. */
async function start(data: string): Promise<Started> {
  const child = flagstone('start', `--data=${data}`, '--port=0');
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  await vi.waitFor(() => {
    if (child.exitCode !== null) throw new Error(said);
    expect(said).toMatch(/Flagstone runs on/);
  }, PATIENCE);
  const file = await readRunFile(data);
  const clients = localClients(file!.endpoints);
  onTestFinished(() => Object.values(clients).forEach((client) => client.destroy()));
  return { child, file: file!, clients };
}

async function killed({ child }: Started): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function drop({ clients, file }: Started, key: string, content: string): Promise<void> {
  await clients.s3.send(new PutObjectCommand({ Bucket: file.resources.inputBucket, Key: key, Body: content }));
}

async function put({ clients, file }: Started, network: string, lines: string): Promise<void> {
  const record = `${JSON.stringify({ network, source: 'test', offset: 0 })}\n${lines}`;
  const data = new TextEncoder().encode(record);
  await clients.kinesis.send(
    new PutRecordCommand({ StreamName: file.resources.stream, PartitionKey: network, Data: data }),
  );
}

async function outputUnder({ clients, file }: Started, prefix: string): Promise<string> {
  const bucket = file.resources.outputBucket;
  const { Contents: contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
  );
  const bodies = contents.map(async ({ Key: key }) => {
    const { Body: body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return body!.transformToString();
  });
  return (await Promise.all(bodies)).join('');
}

test('the whole system, killed after each step, goes on as if nothing had happened', { timeout: 180_000 }, async () => {
  const data = path.join((await temporaryFolder()).folder, 'data');
  let system = await start(data);
  await drop(system, 'shop/batch_log.json', BATCH_LOG);
  await killed(system);

  system = await start(data);
  await vi.waitFor(
    async () => expect(await outputUnder(system, 'reports/')).toContain('"outcome": "loaded"'),
    PATIENCE,
  );
  await put(system, 'shop', STREAM_LOG);
  await killed(system);
  expect(await run('status', `--data=${data}`)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('nothing runs'),
  });

  system = await start(data);
  await vi.waitFor(async () => expect(await outputUnder(system, 'flagged/network=shop/')).toBe(FLAGGED), PATIENCE);
  const refused = await run('start', `--data=${data}`, '--port=0');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`process ${system.child.pid}`) });

  const status = await run('status', '--json', `--data=${data}`);
  expect(status.code).toBe(0);
  expect(JSON.parse(status.stdout)).toMatchObject({
    healthy: true,
    endpoints: system.file.endpoints,
    resources: { inputBucket: 'flagstone-input' },
    loads: [{ network: 'shop', phase: 'loaded', events: 4, users: 2 }],
  });
  const exit = once(system.child, 'exit');
  expect(await run('stop', `--data=${data}`)).toMatchObject({
    code: 0,
    stdout: `the local run on ${data} has stopped\n`,
  });
  expect(await exit).toEqual([0, null]);
  expect((await run('stop', `--data=${data}`)).code).toBe(3);
});
