import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  CreateTableCommand,
  PutItemCommand,
  ScanCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { startServices, type LocalServices } from '../../../lib/local/services/start-services.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tellClients } from './running-services.ts';

const Bucket = 'killed';
const StreamName = 'killed';
const TableName = 'killed';

interface Clients {
  readonly s3: S3Client;
  readonly kinesis: KinesisClient;
  readonly dynamodb: DynamoDBClient;
}

function plainClients(): Clients {
  return { s3: new S3Client({}), kinesis: new KinesisClient({}), dynamodb: new DynamoDBClient({}) };
}

interface ServingProcess {
  readonly clients: Clients;
  /** As `kill -9`. */
  readonly kill: () => Promise<void>;
}

async function serve(folder: string): Promise<ServingProcess> {
  const script = new URL('serve.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  tellClients(JSON.parse(line) as LocalServices['endpoints']);
  // A killed server is not worth three attempts.
  process.env['AWS_MAX_ATTEMPTS'] = '1';
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { clients: plainClients(), kill };
}

async function prepare({ s3, kinesis, dynamodb }: Clients): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const [pk] = [{ AttributeName: 'pk', AttributeType: 'S' as const }];
  const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' as const }];
  const BillingMode = 'PAY_PER_REQUEST';
  await dynamodb.send(new CreateTableCommand({ TableName, BillingMode, AttributeDefinitions: [pk], KeySchema }));
  const times = { minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 };
  await waitUntilTableExists({ client: dynamodb, ...times }, { TableName });
}

/** Puts one after the other until the server is gone; gives what was acknowledged. */
async function putUntilGone(run: number, put: (text: string) => Promise<unknown>): Promise<string[]> {
  const acknowledged: string[] = [];
  try {
    for (let count = 0; ; count += 1) {
      await put(`${run}:${count}`);
      acknowledged.push(`${run}:${count}`);
    }
  } catch {
    return acknowledged;
  }
}

function contentOf(text: string): string {
  return text.repeat(5000);
}

function putObject(s3: S3Client, text: string) {
  return s3.send(new PutObjectCommand({ Bucket, Key: text, Body: contentOf(text) }));
}

function putRecord(kinesis: KinesisClient, text: string) {
  return kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'key', Data: Buffer.from(text) }));
}

function putItem(dynamodb: DynamoDBClient, text: string) {
  return dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: text } } }));
}

test('what was acknowledged before kill -9 is there after it, whole and in order, and is told again', async () => {
  const folder = await temporaryFolder();
  const acknowledged = {
    objects: [] as string[],
    replaced: [] as string[],
    records: [] as string[],
    items: [] as string[],
  };
  for (let run = 0; run < 3; run += 1) {
    const { clients, kill } = await serve(folder);
    if (run === 0) await prepare(clients);
    const { s3, kinesis, dynamodb } = clients;
    const putting = Promise.all([
      putUntilGone(run, (text) => putObject(s3, text)),
      putUntilGone(run, (text) => s3.send(new PutObjectCommand({ Bucket, Key: 'replaced', Body: contentOf(text) }))),
      putUntilGone(run, (text) => putRecord(kinesis, text)),
      putUntilGone(run, (text) => putItem(dynamodb, text)),
    ]);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    await kill();
    const [objects, replaced, records, items] = await putting;
    acknowledged.objects.push(...objects);
    acknowledged.replaced.push(...replaced);
    acknowledged.records.push(...records);
    acknowledged.items.push(...items);
  }
  for (const list of Object.values(acknowledged)) expect(list.length).toBeGreaterThan(3);

  const services = await startServices({ folder });
  onTestFinished(() => services.stop());
  tellClients(services.endpoints);
  const { s3, kinesis, dynamodb } = plainClients();

  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const keys = Contents!.map(({ Key }) => Key!);
  expect(keys).toEqual(expect.arrayContaining(acknowledged.objects));
  const read = async (Key: string): Promise<string> =>
    (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
  for (const key of keys.filter((key) => key !== 'replaced')) expect((await read(key)) === contentOf(key)).toBe(true);
  const replaced = await read('replaced');
  const [, text] = /^(\d+:\d+?)(?:\1)+$/.exec(replaced) ?? [];
  const [, count] = acknowledged.replaced.at(-1)!.split(':');
  expect([acknowledged.replaced.at(-1), `2:${Number(count) + 1}`]).toContain(text);

  const told: string[] = [];
  const sequencers: string[] = [];
  services.onObjectCreated(({ detail: { object } }) => {
    told.push(object.key);
    sequencers.push(object.sequencer);
  });
  expect(told).toEqual(expect.arrayContaining(acknowledged.objects));
  expect(sequencers).toEqual([...new Set(sequencers)].toSorted());

  const scanned = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
  expect(scanned.Items!.map(({ pk }) => pk!.S)).toEqual(expect.arrayContaining(acknowledged.items));

  await putRecord(kinesis, 'after');
  const shard = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const;
  const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(shard));
  const { Records } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  const texts = Records!.map(({ Data }) => Buffer.from(Data!).toString());
  const known = new Set(acknowledged.records);
  expect(texts.filter((record) => known.has(record))).toEqual(acknowledged.records);
  // One record a run may have been written without its reply.
  expect(texts.length).toBeLessThanOrEqual(acknowledged.records.length + 4);
  expect(texts.at(-1)).toBe('after');
  const numbers = Records!.map(({ SequenceNumber }) => BigInt(SequenceNumber!));
  expect(numbers.every((number, index) => index === 0 || number > numbers[index - 1]!)).toBe(true);
});
