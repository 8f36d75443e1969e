import { paginateScan, paginateListTables } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { buildCommandLine } from '../built-command-line.ts';
import { PATIENCE, putRecord, startSystem, type Started } from '../start/started-system.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const { program, remove } = buildCommandLine();
afterAll(remove);

/** Ids that nothing else looks like. */
const VICTIM = 'victim-4711/ü';
const CLIENT = 'till-0815';

const STATE = 'flagstone-state';
const PROFILES = 'flagstone-profiles';
const JUDGED = 'flagstone-judged-transactions';
const CLIENTS = 'flagstone-clients';
const SUBSCRIPTIONS = 'flagstone-subscriptions';
const BUCKETS = ['flagstone-input', 'flagstone-journal', 'flagstone-output'];

const DAY = '2026-11-21 10:00:00';
const FRIENDS = { event_type: 'befriend', timestamp: DAY, id1: VICTIM, id2: 'ben' };
const BAD = { event_type: 'purchase', timestamp: 'never', id: VICTIM, amount: '1' };

function buys(id: string, amount: string): object {
  return { event_type: 'purchase', network: 'shop', timestamp: DAY, id, amount };
}

function pays(user: string, day: number, change: object = {}): object {
  const timestamp = new Date(Date.UTC(2026, 0, day, 10)).toISOString().slice(0, 19).replace('T', ' ');
  const kind = { location: 'DE', merchant_category: 'groceries', payment_method: 'card' };
  const id = { event_type: 'transaction', transaction_id: `${user.slice(0, 3)}-${day}`, user_id: user };
  return { ...id, amount: `${10 + (day % 5)}.00`, timestamp, ...kind, ...change };
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

async function drop({ clients, file }: Started, Key: string, events: readonly object[]): Promise<void> {
  await clients.s3.send(new PutObjectCommand({ Bucket: file.resources.inputBucket, Key, Body: jsonLines(events) }));
}

async function openSocket(url: string): Promise<{ socket: WebSocket; heard: string[] }> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  await once(socket, 'open');
  return { socket, heard };
}

/** The client sends points, and a page watches it. */
async function streamPoints({ file }: Started): Promise<WebSocket> {
  const { http, live, series } = file.endpoints as Record<string, string>;
  const ticket = await fetch(`${http}/api/live-tickets`, { method: 'POST' });
  const page = await openSocket(`${live}?ticket=${((await ticket.json()) as { ticket: string }).ticket}`);
  page.socket.send(JSON.stringify({ action: 'subscribe', topic: `client:${CLIENT}` }));
  await vi.waitFor(() => expect(page.heard.join()).toContain('subscribed'), PATIENCE);
  const client = await openSocket(`${series}?client_id=${CLIENT}&window=5`);
  const points = Array.from({ length: 40 }, (_, at) => ({ timestamp: at, value: at % 5 }));
  client.socket.send(JSON.stringify({ points }));
  await vi.waitFor(() => expect(client.heard.length).toBeGreaterThan(0), PATIENCE);
  return client.socket;
}

/** All that is stored: items of tables, and all versions of objects. */
async function everything({ clients: { dynamodb, s3 } }: Started): Promise<Place[]> {
  const found: Place[] = [];
  for await (const { TableNames: tables = [] } of paginateListTables({ client: dynamodb }, {})) {
    for (const TableName of tables) {
      for await (const { Items: items = [] } of paginateScan({ client: dynamodb }, { TableName })) {
        for (const item of items) found.push({ store: TableName, content: textIn(item) });
      }
    }
  }
  for (const { Name: Bucket } of (await s3.send(new ListBucketsCommand({}))).Buckets ?? []) {
    const { Versions: versions = [], IsTruncated } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(IsTruncated).toBe(false);
    for (const { Key, VersionId } of versions) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      found.push({ store: Bucket!, content: `${Key} ${VersionId} ${await Body?.transformToString()}` });
    }
  }
  return found;
}

/** All texts, numbers and bytes within a value. */
function textIn(value: unknown): string {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .flatMap(([name, within]) => [name, textIn(within)])
    .join(' ');
}

interface Place {
  /** A table or a bucket. */
  readonly store: string;
  readonly content: string;
}

async function placesNaming(id: string, system: Started): Promise<Place[]> {
  return (await everything(system)).filter(({ content }) => content.includes(id));
}

async function storesNaming(id: string, system: Started): Promise<string[]> {
  return [...new Set((await placesNaming(id, system)).map(({ store }) => store))].toSorted();
}

/** Whose purchases the flagged purchase of a user was judged against, as the dashboard reads it. */
async function whyOf(user: string, { file }: Started): Promise<string[]> {
  const { http } = file.endpoints as Record<string, string>;
  const read = async <Answer>(route: string) => (await (await fetch(`${http}/api/${route}`)).json()) as Answer;
  const { items } = await read<{ items: { user: string; flag_id: string }[] }>('flagged-purchases');
  expect(items.map((item) => item.user)).toEqual([user]);
  const [network, version, index] = items[0]!.flag_id.split('/');
  const why = await read<{ against: { user: string }[] }>(`networks/${network}/flagged-purchases/${version}/${index}`);
  return why.against.map((purchase) => purchase.user);
}

interface Told {
  readonly removed: Readonly<Record<string, number>>;
  readonly left: readonly { readonly what: string }[];
}

async function run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
  child.stdin.end();
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, stdout, stderr };
}

/** Of the two logs and the two records a line each. */
const REJECTED = 4;

test('nothing of a deleted user or client is left in a run but what is told', { timeout: 180_000 }, async () => {
  const data = path.join((await temporaryFolder()).folder, 'data');
  const system = await startSystem(program, data);
  const amounts = ['10.00', '10.50', '11.00'];
  await drop(system, 'shop/batch_log.json', [
    { D: '2', T: '50' },
    FRIENDS,
    ...amounts.map((amount) => buys(VICTIM, amount)),
    BAD,
  ]);
  const client = await streamPoints(system);
  await vi.waitFor(async () => expect((await placesNaming('"loaded"', system)).length).toBeGreaterThan(0), PATIENCE);
  await drop(system, 'shop/stream_log.json', [buys(VICTIM, '10.20'), BAD]);
  const flagged = [buys('ben', '10.00'), buys('ben', '11.00'), buys('ben', '1000.00'), buys(VICTIM, '9000.00')];
  await putRecord(system, VICTIM, jsonLines([...flagged, { ...BAD, network: 'shop' }]));
  const usual = Array.from({ length: 60 }, (_, day) => pays(VICTIM, day + 1));
  const unusual = pays(VICTIM, 61, { amount: '90000.00', location: 'BR', merchant_category: 'jewellery' });
  await putRecord(system, VICTIM, jsonLines([...usual, unusual, pays('ann', 1), pays(VICTIM, 62, { amount: 'much' })]));
  await vi.waitFor(async () => {
    const places = (await everything(system)).map(({ content }) => content);
    const keys = places.map((content) => content.slice(0, 200)).join('\n');
    for (const kind of ['flagged/', 'shop-stream_log', 'anomalies/']) expect(keys).toContain(kind);
    // What comes later is told as left, and only looked for again an hour after.
    const rejected = places.filter((content) => content.startsWith('rejected/')).join('');
    expect(rejected.split('"reason"')).toHaveLength(1 + REJECTED);
  }, PATIENCE);
  const whereBefore = await Promise.all([VICTIM, CLIENT].map((id) => storesNaming(id, system)));
  expect(whereBefore).toEqual([[PROFILES, STATE, ...BUCKETS, JUDGED].toSorted(), [CLIENTS, SUBSCRIPTIONS]]);

  const targets = [`--user=${VICTIM}`, `--client=${CLIENT}`];
  const runs = await Promise.all(targets.map((target) => run('delete', target, '--yes', '--json', `--data=${data}`)));
  expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(runs.map(() => ({ code: 0, stderr: '' })));
  const [ofUser, ofClient] = runs.map(({ stdout }) => JSON.parse(stdout) as Told);
  expect(ofUser?.removed).toMatchObject({ transactions: 61, anomalies: 1, 'versions of dropped logs': 2 });
  expect(ofUser?.left.map(({ what }) => what)).toContain('the id, with places in the stream');
  expect(ofClient?.removed).toMatchObject({ subscriptions: 1 });
  expect(ofClient?.left.map(({ what }) => what)).toContain('the id, in the note of this removal');
  client.close();
  await once(client, 'close');

  // The bare id: holding nothing, it holds off what the stream still has.
  const left = await placesNaming(VICTIM, system);
  expect(left.map(({ store }) => store)).toEqual([PROFILES, STATE, STATE]);
  for (const { content } of left) expect(content).not.toMatch(/ben|vic-|\d\.\d\d|groceries|card/);
  expect(await storesNaming(CLIENT, system)).toEqual([STATE]);
  expect(new Set(await whyOf('ben', system))).toEqual(new Set(['']));
});
