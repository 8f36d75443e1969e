import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { buildCommandLine } from '../built-command-line.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { PATIENCE, putRecord, startSystem } from './started-system.ts';

const { program, remove } = buildCommandLine();
afterAll(remove);

interface LiveMessage {
  readonly topic?: string;
  readonly items?: readonly Readonly<Record<string, unknown>>[];
}

type Endpoints = Readonly<Record<string, string>>;

interface Page {
  readonly say: (message: object) => void;
  readonly heard: LiveMessage[];
}

/** A plain WebSocket, as any browser has. */
async function open(url: string): Promise<Page> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const heard: LiveMessage[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as LiveMessage));
  await once(socket, 'open');
  return { say: (message) => socket.send(JSON.stringify(message)), heard };
}

/** Where a page can connect, once: the API gives it a ticket for that. */
async function addressWithTicket({ live, http }: Endpoints): Promise<string> {
  const response = await fetch(`${http}/api/live-tickets`, { method: 'POST' });
  expect([response.status, response.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const { ticket, expires_in: seconds } = (await response.json()) as { ticket: string; expires_in: number };
  expect(seconds).toBe(60);
  return `${live}?ticket=${ticket}`;
}

/** 101 if one is let in, else the status that one is refused with. */
async function knock(url: string): Promise<number> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  socket.on('error', () => undefined);
  const refused = once(socket, 'unexpected-response') as Promise<[unknown, IncomingMessage]>;
  return Promise.race([once(socket, 'open').then(() => 101), refused.then(([, { statusCode = 0 }]) => statusCode)]);
}

/** What has come on a topic. */
function itemsOf({ heard }: Page, topic: string): Readonly<Record<string, unknown>>[] {
  return heard.filter((message) => message.topic === topic).flatMap(({ items = [] }) => items);
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}

function purchase(id: string, amount: string): object {
  return { event_type: 'purchase', network: 'shop', timestamp: '2026-11-21 10:00:00', id, amount };
}

function transaction(day: number, change: Readonly<Record<string, string>> = {}): object {
  const timestamp = new Date(Date.UTC(2026, 0, day, 10)).toISOString().slice(0, 19).replace('T', ' ');
  return {
    event_type: 'transaction',
    transaction_id: `t-${day}`,
    user_id: 'ann',
    amount: `${10 + (day % 5)}.00`,
    timestamp,
    location: 'DE',
    merchant_category: 'groceries',
    payment_method: 'card',
    ...change,
  };
}

test('a flagged purchase, an anomaly and a point reach a page that watches', { timeout: 180_000 }, async () => {
  const system = await startSystem(program, path.join((await temporaryFolder()).folder, 'data'));
  const endpoints = system.file.endpoints as Endpoints;
  const { series, http } = endpoints;
  const client = await open(`${series}?client_id=till-7&window=5`);
  const page = await open(await addressWithTicket(endpoints));
  const topics = ['flagged', 'anomalies', 'client:till-7'];
  for (const topic of topics) page.say({ action: 'subscribe', topic });
  const subscribed = topics.map((topic) => ({ subscribed: topic }));
  await vi.waitFor(() => expect(page.heard).toEqual(expect.arrayContaining(subscribed)), PATIENCE);

  client.say({ timestamp: 1, value: 1.5 });
  const friends = { event_type: 'befriend', network: 'shop', timestamp: '2026-11-21 10:00:00', id1: '1', id2: '2' };
  const purchases = [purchase('2', '10.00'), purchase('2', '10.50'), purchase('1', '1000.00')];
  await putRecord(system, 'shop', jsonLines([friends, ...purchases]));
  const usual = Array.from({ length: 60 }, (_, index) => transaction(index + 1));
  const unusual = transaction(61, { amount: '90000.00', location: 'BR', merchant_category: 'jewellery' });
  await putRecord(system, 'ann', jsonLines([...usual, unusual]));

  await vi.waitFor(() => {
    expect(itemsOf(page, 'client:till-7')).toMatchObject([{ position: 0, timestamp: 1, value: 1.5 }]);
    expect(itemsOf(page, 'flagged')).toMatchObject([{ network: 'shop', user: '1', amount: '1000.00', mean: '10.25' }]);
    expect(itemsOf(page, 'anomalies').map(({ transaction_id: id }) => id)).toContain('t-61');
  }, PATIENCE);
  const asked = { flagged: 'flagged-purchases', anomalies: 'anomalies', 'client:till-7': 'clients/till-7' };
  for (const [topic, route] of Object.entries(asked)) {
    // Anomalies are announced a moment before the table has them.
    await vi.waitFor(async () => {
      const { items } = (await (await fetch(`${http}/api/${route}`)).json()) as Required<LiveMessage>;
      expect(items).toEqual(itemsOf(page, topic).toReversed());
    }, PATIENCE);
  }
});

test('a page connects with a ticket alone, and with each ticket once', { timeout: 180_000 }, async () => {
  const system = await startSystem(program, path.join((await temporaryFolder()).folder, 'data'));
  const endpoints = system.file.endpoints as Endpoints;
  const { live = '' } = endpoints;
  expect(await knock(live)).toBe(401);
  expect(await knock(`${live}?ticket=`)).toBe(401);
  expect(await knock(`${live}?ticket=${'x'.repeat(43)}`)).toBe(403);
  const address = await addressWithTicket(endpoints);
  expect(await knock(address)).toBe(101);
  expect(await knock(address)).toBe(403);
  const contested = await addressWithTicket(endpoints);
  const statuses = await Promise.all(Array.from({ length: 5 }, () => knock(contested)));
  expect(statuses.toSorted((one, other) => one - other)).toEqual([101, 403, 403, 403, 403]);
});
