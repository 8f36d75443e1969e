import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { startServices, type LocalServices } from '../../../lib/local/services/start-services.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { tellClients } from './running-services.ts';

async function start(folder: string): Promise<LocalServices> {
  const services = await startServices({ folder });
  onTestFinished(() => services.stop().catch(() => undefined));
  return services;
}

function portOf(endpoint: string): number {
  return Number(new URL(endpoint).port);
}

/** Linux tells who it is: here, this very process. */
function knownHolder(): string {
  if (process.platform !== 'linux') return '';
  const command = readFileSync('/proc/self/cmdline', 'utf8').replaceAll('\0', ' ').trim();
  return ` (process ${process.pid}, ${command.slice(0, 80)})`;
}

test.each(['s3', 'dynamodb', 'kinesis'] as const)(
  'a port that is taken is named, with its service: %s',
  async (service) => {
    const { endpoints } = await start(await temporaryFolder());
    const port = portOf(endpoints[service]);
    const name = { s3: 'S3', dynamodb: 'DynamoDB', kinesis: 'Kinesis' }[service];
    const folder = await temporaryFolder();
    await expect(startServices({ folder, ports: { [service]: port } })).rejects.toMatchObject({
      name: 'ServiceNotStarted',
      message: `${name} cannot listen on port ${port} of 127.0.0.1: another program uses it${knownHolder()}`,
    });
    // And nothing else was left running.
    await start(folder);
  },
);

test('a folder that another run has is not opened', async () => {
  const folder = await temporaryFolder();
  await start(folder);
  await expect(startServices({ folder })).rejects.toMatchObject({
    name: 'StoreNotOpened',
    message: `DynamoDB cannot open ${path.join(folder, 'dynamodb')}: another program may be using it`,
  });
});

test('a damaged folder is named', async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 's3'));
  await writeFile(path.join(folder, 's3', 'ledger.jsonl'), '{"do":"count","next":1}\nnonsense\n');
  await expect(startServices({ folder })).rejects.toMatchObject({
    name: 'StoreNotOpened',
    message: `S3 cannot start: ${path.join(folder, 's3', 'ledger.jsonl')}, line 2 is damaged`,
  });
});

test('the services listen on the ports they are given, and on the loopback address', async () => {
  const folder = await temporaryFolder();
  const first = await startServices({ folder });
  await first.stop();
  const { s3, dynamodb, kinesis } = first.endpoints;
  const ports = { s3: portOf(s3), dynamodb: portOf(dynamodb), kinesis: portOf(kinesis) };
  const second = await startServices({ folder, ports });
  await second.stop();
  expect(second.endpoints).toEqual(first.endpoints);
  expect(Object.values(second.endpoints).every((endpoint) => endpoint.startsWith('http://127.0.0.1:'))).toBe(true);
});

test('a table whose making a kill broke off is there', async () => {
  const folder = await temporaryFolder();
  const first = await startServices({ folder });
  tellClients(first.endpoints);
  const AttributeDefinitions = [{ AttributeName: 'pk', AttributeType: 'S' as const }];
  const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' as const }];
  const table = { TableName: 'half-made', BillingMode: 'PAY_PER_REQUEST' as const, AttributeDefinitions, KeySchema };
  await new DynamoDBClient({}).send(new CreateTableCommand(table));
  await first.stop();
  await breakOff(path.join(folder, 'dynamodb'), 'half-made');
  const second = await start(folder);
  tellClients(second.endpoints);
  const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName: 'half-made' }));
  expect(Table!.TableStatus).toBe('ACTIVE');
});

interface Database {
  get(key: string): Promise<object>;
  put(key: string, value: object): Promise<void>;
  close(): Promise<void>;
}

/** Puts the table into the state that dynalite leaves when it is killed while making it. */
async function breakOff(folder: string, table: string): Promise<void> {
  const fromDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  const { Level } = fromDynalite('level') as { Level: new (folder: string, options: object) => Database };
  const database = new Level(folder, { valueEncoding: 'json' });
  await database.put(`table~${table}`, { ...(await database.get(`table~${table}`)), TableStatus: 'CREATING' });
  await database.close();
}
