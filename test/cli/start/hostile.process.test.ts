import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-kinesis';
import { ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { once } from 'node:events';
import { connect as connectHttp2, type IncomingHttpHeaders } from 'node:http2';
import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { askForStatus } from '../../../lib/local/control-client.ts';
import { buildCommandLine } from '../built-command-line.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { HOSTILE } from './hostile-requests.ts';
import { statusOf } from './raw-request.ts';
import { startSystem, type Started } from './started-system.ts';

const { program, remove } = buildCommandLine();
afterAll(remove);

/** All that a run stores: the items of its tables, the objects of its buckets, the records of its stream. */
async function contentOf({ clients, file }: Started): Promise<object> {
  const { TableNames: tables = [] } = await clients.dynamodb.send(new ListTablesCommand({}));
  const { Buckets: buckets = [] } = await clients.s3.send(new ListBucketsCommand({}));
  const items = tables.map(async (name) => (await clients.dynamodb.send(new ScanCommand({ TableName: name }))).Items);
  const objects = buckets.map(async ({ Name }) => {
    const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket: Name }));
    return Contents.map(({ Key, ETag }) => [Key, ETag]);
  });
  const StreamName = file.resources.stream;
  const { StreamDescriptionSummary: stream } = await clients.kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName }),
  );
  const { ShardIterator } = await clients.kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records = [] } = await clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));
  const records = Records.map(({ SequenceNumber }) => SequenceNumber);
  return {
    tables,
    items: await Promise.all(items),
    objects: await Promise.all(objects),
    shards: stream?.OpenShardCount,
    records,
  };
}

async function http2StatusOf(endpoint: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const session = connectHttp2(endpoint);
  const request = session.request({ ':method': 'POST', ':path': '/', ...headers });
  request.end('{}');
  const [answered] = (await once(request, 'response')) as [IncomingHttpHeaders & { ':status'?: number }];
  session.destroy();
  return answered[':status'] ?? 0;
}

test('hostile requests are refused, change nothing and end nothing', { timeout: 180_000 }, async () => {
  const system = await startSystem(program, (await temporaryFolder()).folder);
  const { child, file } = system;
  let complained = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (complained += String(chunk)));
  const endpoints: Readonly<Record<string, string>> = file.endpoints;
  const before = await contentOf(system);
  const portsOf = (addresses: readonly string[]) => new Set(addresses.map((address) => new URL(address).port));
  const tried = Object.keys(HOSTILE).map((server) => endpoints[server]!);
  expect(portsOf(tried)).toEqual(portsOf(Object.values(endpoints)));

  for (const [server, requests] of Object.entries(HOSTILE)) {
    const endpoint = endpoints[server]!;
    const statuses: [string, number][] = [];
    for (const [name, request] of Object.entries(requests)) statuses.push([name, await statusOf(endpoint, request)]);
    const expected = Object.entries(requests).map(([name, { status }]) => [name, status]);
    expect.soft(Object.fromEntries(statuses), server).toEqual(Object.fromEntries(expected));
  }
  const kinesis = endpoints['kinesis']!;
  expect(await http2StatusOf(kinesis, { ':authority': 'evil.example' })).toBe(421);
  expect(await http2StatusOf(kinesis, { origin: 'https://evil.example' })).toBe(403);

  expect(await contentOf(system)).toEqual(before);
  expect(child.exitCode).toBeNull();
  expect(await askForStatus(endpoints['lambda']!)).toMatchObject({ healthy: true });
  expect(complained).toBe('');
  expect(await (await fetch(`${endpoints['http']}/api/stats`)).json()).not.toHaveProperty('polluted');
});

test('every server listens on one address of this machine alone', { timeout: 180_000 }, async () => {
  const { file } = await startSystem(program, (await temporaryFolder()).folder);
  expect(Object.keys(file.endpoints).toSorted()).toEqual(
    ['dynamodb', 'http', 'kinesis', 'lambda', 's3', 'live', 'series'].toSorted(),
  );
  for (const endpoint of Object.values(file.endpoints)) {
    const { hostname, port } = new URL(endpoint);
    expect(hostname).toBe('127.0.0.1');
    // Who listens on all addresses would be found on this one, too.
    const [error] = (await once(connect(Number(port), '127.0.0.2'), 'error')) as [NodeJS.ErrnoException];
    expect(`${endpoint} ${error.code}`).toMatch(/ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT/);
  }
});
