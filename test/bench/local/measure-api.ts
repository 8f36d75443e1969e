import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ObjectStore } from '../../../lib/adapters/objects/s3-object-store.ts';
import type { RunFile } from '../../../lib/local/run-file.ts';
import { openApi } from '../../functions/api/api-setup.ts';
import { Detectors, memoryStores } from '../../functions/api/filled-stores.ts';
import { metered, storesOver } from '../../functions/api/metered-stores.ts';

/** What callers of a route saw, and what one request asked of the tables. */
export interface MeasuredRoute {
  readonly path: string;
  readonly asked: number;
  readonly answered: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** Of an answer, unzipped. */
  readonly bytes: number;
  readonly tableRequests: number;
  readonly readUnits: number;
}

const TRANSACTIONS = 100_000;
const AT_A_TIME = 5_000;
const RATE = 50;
const SECONDS = 5;
const MICROS = 1000;

const PATHS = [
  '/api/transactions',
  '/api/transactions?user=user-1',
  '/api/transactions?category=fuel',
  '/api/transactions?location=nowhere',
  '/api/anomalies',
  '/api/anomalies?severity=high',
  '/api/stats',
  '/api/users/user-1',
  '/api/flagged-purchases',
  '/api/networks/shop/flagged-purchases/1/0',
  '/api/networks',
  '/api/networks/shop/users/ann',
  '/api/clients',
  '/api/clients/meter',
  '/api/openapi.json',
];

const { endpoints, resources } = JSON.parse(process.argv[2] ?? '') as RunFile;
const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const client = new DynamoDBClient({ ...local, endpoint: endpoints.dynamodb });
const stores = storesOver(client, {
  ...resources,
  seriesTable: await seriesTable(),
  journal: new S3ObjectStore({
    client: new S3Client({ ...local, endpoint: endpoints.s3 }),
    bucket: resources.journalBucket,
  }),
});
await fill();
const meter = metered(client);
const api = openApi(stores, Date.now);
const measured: MeasuredRoute[] = [];
for (const path of PATHS) measured.push({ ...(await ask(path)), ...(await costOf(path)) });
console.log(JSON.stringify(measured));

async function seriesTable(): Promise<string> {
  const { TableNames: names = [] } = await client.send(new ListTablesCommand({}));
  return names.find((name) => name.endsWith('-clients')) ?? '';
}

/** Transactions are judged over users in memory, and none is looked up: it is reading that is measured. */
async function fill(): Promise<void> {
  const memory = memoryStores();
  const transactions = Object.assign(memory.transactions, {
    readOwners: async () => new Map(),
    write: async (written: Parameters<typeof stores.transactions.write>[0]) => stores.transactions.write(written),
  });
  const judging = new Detectors({ ...memory, transactions });
  for (let count = 0; count < TRANSACTIONS; count += AT_A_TIME) await judging.takeTransactions(AT_A_TIME);
  for await (const users of memory.users.listUsers()) {
    for (const head of (await memory.users.readUsers(users)).values()) {
      await stores.users.writeUser({ ...head, version: 1 });
    }
  }
  for (const tally of await memory.tallies.readAll()) await stores.tallies.write(tally, undefined);
  const detectors = new Detectors(stores);
  for (const network of ['shop', 'club']) {
    for (let part = 0; part < 5; part++) await detectors.takeEvents(network, 1000);
  }
  await detectors.takeSeries('meter', 10_000);
}

/** Asks at a steady rate, whether or not what was asked before is answered. */
async function ask(path: string): Promise<Omit<MeasuredRoute, 'tableRequests' | 'readUnits'>> {
  const latencies = createHistogram({ figures: 3 });
  const address = `${endpoints.http}${path}`;
  const asked = RATE * SECONDS;
  let answered = 0;
  let bytes = 0;
  // What is cold is not what is measured.
  await Promise.all(Array.from({ length: 8 }, async () => (await fetch(address)).text()));
  const start = performance.now();
  const requests: Promise<void>[] = [];
  for (let index = 0; index < asked; index++) {
    const due = start + (index * 1000) / RATE;
    await sleep(Math.max(0, due - performance.now()));
    requests.push(
      fetch(address).then(async (response) => {
        const text = await response.text();
        latencies.record(Math.max(1, Math.round((performance.now() - due) * MICROS)));
        answered += Number(response.ok);
        bytes = text.length;
      }),
    );
  }
  await Promise.all(requests);
  const milliseconds = (percentile: number): number => latencies.percentile(percentile) / MICROS;
  return {
    path,
    asked,
    answered,
    medianMs: milliseconds(50),
    p99Ms: milliseconds(99),
    longestMs: milliseconds(100),
    bytes,
  };
}

async function costOf(path: string): Promise<Pick<MeasuredRoute, 'tableRequests' | 'readUnits'>> {
  meter.operations.length = 0;
  meter.units = 0;
  const { status } = await api.ask(path);
  if (status !== 200) throw new Error(`${path} was answered with ${status}`);
  return { tableRequests: meter.operations.length, readUnits: meter.units };
}
