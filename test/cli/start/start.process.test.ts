import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test, vi } from 'vitest';
import { buildCommandLine } from '../built-command-line.ts';
import { BATCH_LOG, FLAGGED, STREAM_LOG } from '../sample-logs.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { PATIENCE, putRecord, startSystem, type Started } from './started-system.ts';

const { program, remove } = buildCommandLine();
afterAll(remove);

async function start(data: string): Promise<Started> {
  return startSystem(program, data);
}

async function run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

async function killed({ child }: Started): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function drop({ clients, file }: Started, key: string, content: string): Promise<void> {
  await clients.s3.send(new PutObjectCommand({ Bucket: file.resources.inputBucket, Key: key, Body: content }));
}

async function put(system: Started, network: string, lines: string): Promise<void> {
  await putRecord(system, network, `${JSON.stringify({ network, source: 'test', offset: 0 })}\n${lines}`);
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

/** Of all that a status tells, some: a deployed system's has the same names. */
const COMPONENTS = ['live-events', 'transactions', 'series', 'api', 'train'].concat(
  ['stream to live-events', 'stream to transactions', '/api', '/series', '/live'],
  ['stream', 'output bucket', 'state table', 'transaction table', 'profile table', 'model', 'given up on'],
);

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
    components: expect.arrayContaining(COMPONENTS.map((name) => expect.objectContaining({ name, healthy: true }))),
    lag: { 'live-events': { records: 0, milliseconds: 0 }, transactions: { records: 0, milliseconds: 0 } },
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
