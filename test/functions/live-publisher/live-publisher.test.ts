import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test, vi } from 'vitest';
import { LivePublisher } from '../../../functions/live-publisher/live-publisher.ts';
import { MemorySubscriptionStore } from '../../../lib/adapters/live/memory-subscription-store.ts';
import { connectWatchedPoints, type WatchedPoints } from '../../../lib/adapters/live/watched-points.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { MemoryStateStore } from '../../../lib/adapters/state/memory-state-store.ts';
import { answerFlag } from '../../../lib/core/api/answer-flag.ts';
import { answerTransaction } from '../../../lib/core/api/answer-transaction.ts';
import { flaggedKey } from '../../../lib/core/cloud/object-keys.ts';
import { clientTopic } from '../../../lib/core/live/topic.ts';
import { outputsOf } from '../../../lib/core/transactions-cloud/output-objects.ts';
import { storedIn } from '../../../lib/core/transactions-cloud/user-head.ts';
import { flagsOf, SHOP } from '../../contracts/state-samples.ts';
import { quietPoint } from '../../core/series-cloud/stored-points.ts';
import { committed, lineOf } from '../../core/transactions-cloud/sample-transactions.ts';
import { NotedConnections } from '../live-updates/noted-connections.ts';

const FLAGGED = flaggedKey(SHOP, 1, 7);

function refuse(): never {
  throw new Error('nobody has asked for that');
}

let subscriptions: MemorySubscriptionStore;
let connections: NotedConnections;
let state: MemoryStateStore;
let output: MemoryObjectStore;
let publisher: LivePublisher;

beforeEach(() => {
  subscriptions = new MemorySubscriptionStore();
  connections = new NotedConnections();
  state = new MemoryStateStore();
  output = new MemoryObjectStore();
  publisher = new LivePublisher({ subscriptions, connections, state, output });
});

test('flagged purchases are told as the API answers them', async () => {
  for (const version of [6, 7, 8]) await state.writeFlags(flagsOf(SHOP, version, 3));
  for (const id of ['p1', 'p2']) await subscriptions.subscribe(id, 'flagged');
  await subscriptions.subscribe('p3', 'anomalies');
  expect(await publisher.publish({ key: FLAGGED })).toEqual({ messages: 2, gone: 0 });
  const { flagged, parameters } = flagsOf(SHOP, 7, 3);
  const items = flagged.map((flag, index) => answerFlag(SHOP, { ...flag, version: 7, index, parameters }));
  expect(items.map(({ flag_id: id }) => id)).toEqual(['shop/7/0', 'shop/7/1', 'shop/7/2']);
  for (const id of ['p1', 'p2']) expect(connections.heard.get(id)).toEqual([{ topic: 'flagged', items }]);
  expect(connections.heard.has('p3')).toBe(false);
});

test('anomalies are told as the API answers them', async () => {
  const head = committed(lineOf('id-1', {}, { amount: '1000.50' }));
  const { key, text } = outputsOf(head)[0]!;
  await output.put(key, text);
  await subscriptions.subscribe('p1', 'anomalies');
  await publisher.publish({ key });
  const items = storedIn(head.commit!).map(answerTransaction);
  expect(connections.heard.get('p1')).toEqual([{ topic: 'anomalies', items }]);
});

test('points are told to who watches their client', async () => {
  const lambda = mockClient(LambdaClient).on(InvokeCommand).resolves({ StatusCode: 202 });
  await connectWatchedPoints('publisher').put('till 7', [[40, quietPoint(41, { alert: true })]]);
  const { input } = lambda.commandCalls(InvokeCommand)[0]!.args[0];
  expect(input).toMatchObject({ FunctionName: 'publisher', InvocationType: 'Event' });
  for (const client of ['till 7', 'till 8']) await subscriptions.subscribe(client, clientTopic(client));
  await publisher.publish(JSON.parse(input.Payload as string) as WatchedPoints);
  expect(Array.from(connections.heard.values())).toEqual([
    [
      {
        topic: 'client:till 7',
        items: [
          { position: 40, timestamp: 41, time: 41_000, value: 41, anomaly: false, alert: true, late: false, score: 0 },
        ],
      },
    ],
  ]);
});

test('where nobody watches, nothing is read', async () => {
  publisher = new LivePublisher({
    subscriptions,
    connections,
    state: { readFlagsOf: refuse },
    output: { get: refuse },
  });
  const asked = vi.spyOn(subscriptions, 'readSubscribers');
  for (const key of [FLAGGED, 'anomalies/date=2026-11-21/x.json']) {
    expect(await publisher.publish({ key })).toEqual({ messages: 0, gone: 0 });
  }
  expect(asked).toHaveBeenCalledTimes(2);
});

test('what is too long for a message comes in several, in order', async () => {
  await state.writeFlags(flagsOf(SHOP, 7, 1_000));
  await subscriptions.subscribe('p1', 'flagged');
  const { messages } = await publisher.publish({ key: FLAGGED });
  const heard = connections.heard.get('p1') as { items: { flag_id: string }[] }[];
  expect(messages).toBe(heard.length);
  expect(messages).toBeGreaterThan(1);
  expect(heard.flatMap(({ items }) => items.map(({ flag_id: id }) => id))).toEqual(
    Array.from({ length: 1_000 }, (_, index) => `shop/7/${index}`),
  );
});

test('who is gone is forgotten', async () => {
  await state.writeFlags(flagsOf(SHOP, 7, 1));
  for (const id of ['p1', 'p2']) await subscriptions.subscribe(id, 'flagged');
  await subscriptions.subscribe('p1', 'anomalies');
  connections.gone.add('p1');
  expect(await publisher.publish({ key: FLAGGED })).toEqual({ messages: 1, gone: 1 });
  expect(await subscriptions.readSubscribers('flagged')).toEqual(['p2']);
  expect(await subscriptions.readSubscribers('anomalies')).toEqual([]);
});

test('one who cannot be told keeps nobody else from it, and is told again', async () => {
  await state.writeFlags(flagsOf(SHOP, 7, 1));
  for (const id of ['p1', 'p2', 'p3']) await subscriptions.subscribe(id, 'flagged');
  connections.failing.add('p2');
  await expect(publisher.publish({ key: FLAGGED })).rejects.toThrow('1 connections could not be told');
  expect(Array.from(connections.heard.keys())).toEqual(['p1', 'p3']);
  connections.failing.clear();
  await publisher.publish({ key: FLAGGED });
  expect(connections.heard.get('p2')).toHaveLength(1);
});

test('another object is a mistake', async () => {
  await expect(publisher.publish({ key: 'reports/x.json' })).rejects.toThrow(
    'reports/x.json holds neither flagged purchases nor anomalies',
  );
});
