import { formatTable } from '../table.ts';
import { Cloud, ShardOfEvents } from './cloud.ts';

/** Prints what a user with 100,000 friends asks of AWS: when loaded, and for single events, cold and warm. */

const FRIENDS = 100_000;
const HUB = 'hub';

/** One event, stored at once; the number makes names that are new. */
const EVENTS: Readonly<Record<string, (number: number) => string>> = {
  'a purchase of the hub': () => purchaseOf(HUB),
  'a purchase of a friend of the hub': (number) => purchaseOf(`friend-${number}`),
  'the hub befriends somebody new': (number) => changeOf('befriend', HUB, `new-${number}`),
  'the hub and a friend part': (number) => changeOf('unfriend', HUB, `friend-${1000 + number}`),
};

const HEADINGS = [
  '',
  'requests',
  'read units',
  'write units',
  'MB in',
  'MB out',
  'largest item, KB',
  'seconds',
  'MB memory',
];

const cloud = new Cloud({ flushEvery: 1 });
const shard = new ShardOfEvents();
const rows = [await row('loading them', () => load())];
for (const [name, eventOf] of Object.entries(EVENTS)) {
  const sandbox = cloud.sandbox();
  rows.push(await row(`${name}, cold`, () => sandbox.handle(shard.batchOf([eventOf(1)], 1))));
  await sandbox.handle(shard.batchOf([eventOf(2)], 1));
  rows.push(await row(`${name}, warm`, () => sandbox.handle(shard.batchOf([eventOf(3)], 1))));
}
console.log(formatTable([HEADINGS, ...rows]));

async function row(name: string, action: () => Promise<unknown>): Promise<string[]> {
  const { meter } = cloud;
  meter.reset();
  const before = process.memoryUsage.rss();
  const start = performance.now();
  await action();
  const seconds = (performance.now() - start - meter.simulationMs) / 1000;
  const memory = Math.max(0, process.memoryUsage.rss() - before);
  const s3 = meter.requestsOf('S3 put') + meter.requestsOf('S3 get');
  return [
    name,
    String(meter.dynamoRequests + s3),
    String(meter.readUnits),
    String(meter.writeUnits),
    (meter.bytesIn / 1e6).toFixed(2),
    (meter.bytesOut / 1e6).toFixed(2),
    (meter.largestItem / 1024).toFixed(1),
    seconds.toFixed(2),
    (memory / 1e6).toFixed(0),
  ];
}

async function load(): Promise<void> {
  const lines = Array.from({ length: FRIENDS }, (_, number) => [
    changeOf('befriend', HUB, `friend-${number}`),
    purchaseOf(`friend-${number}`),
  ]);
  await cloud.input.put('batch_log.json', Buffer.from(['{"D":"2", "T":"50"}', ...lines.flat()].join('\n')));
  await cloud.load('batch_log.json');
}

function purchaseOf(user: string): string {
  return `{"event_type":"purchase", "timestamp":"2026-11-21 11:33:01", "id": "${user}", "amount": "16.83"}`;
}

function changeOf(type: string, user: string, other: string): string {
  return `{"event_type":"${type}", "timestamp":"2026-11-21 11:33:01", "id1": "${user}", "id2": "${other}"}`;
}
