import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { LiveUpdates } from '../../../functions/live-updates/live-updates.ts';
import { SeriesRoutes } from '../../../functions/series/series.ts';
import { MemorySubscriptionStore } from '../../../lib/adapters/live/memory-subscription-store.ts';
import { MemorySeriesStore } from '../../../lib/adapters/series/memory-series-store.ts';
import type { PlacedPoints } from '../../../lib/adapters/series/series-session.ts';
import type { SocketEvent, SocketResult } from '../../../lib/adapters/sockets/socket-event.ts';
import type { SeriesHead } from '../../../lib/core/series-cloud/series-head.ts';
import { seeded } from '../../seeded.ts';
import { NotedConnections } from './noted-connections.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

let subscriptions: MemorySubscriptionStore;
let connections: NotedConnections;
let series: MemorySeriesStore;
let now: number;
let tokens: number;

const world = {
  now: () => now,
  sleep: async () => undefined,
  newToken: () => String(++tokens),
};

beforeEach(() => {
  subscriptions = new MemorySubscriptionStore();
  connections = new NotedConnections();
  series = new MemorySeriesStore();
  now = Date.UTC(2026, 10, 21);
  tokens = 0;
});

function liveUpdates(): LiveUpdates {
  return new LiveUpdates({ ...world, subscriptions, connections, series, keptMs: DAY_MS });
}

function event(routeKey: string, connectionId: string, body?: string): SocketEvent {
  return {
    requestContext: { routeKey, connectionId, connectedAt: now },
    isBase64Encoded: false,
    ...(body !== undefined && { body }),
  };
}

async function say(id: string, message: unknown): Promise<object | undefined> {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  expect(await liveUpdates().handle(event('$default', id, text))).toEqual({ statusCode: 200 });
  return connections.last(id);
}

/** What is stored of the client. */
async function head(): Promise<SeriesHead> {
  return (await series.readClient('till 7'))!.head;
}

describe('a page', () => {
  test('connects, says what it wants to see, and goes', async () => {
    expect(await liveUpdates().handle(event('$connect', 'p1'))).toEqual({ statusCode: 200 });
    expect(await say('p1', { action: 'subscribe', topic: 'flagged' })).toEqual({ subscribed: 'flagged' });
    expect(await say('p1', { action: 'subscribe', topic: 'anomalies' })).toEqual({ subscribed: 'anomalies' });
    expect(await say('p1', { action: 'unsubscribe', topic: 'flagged' })).toEqual({ unsubscribed: 'flagged' });
    expect(await say('p1', { action: 'ping' })).toEqual({ pong: true });
    expect(await subscriptions.readTopics('p1')).toEqual(['anomalies']);
    expect(await liveUpdates().handle(event('$disconnect', 'p1'))).toEqual({ statusCode: 200 });
    expect(await subscriptions.readSubscribers('anomalies')).toEqual([]);
  });

  test('is told what is wrong with a message, and its connection stays', async () => {
    expect(await say('p1', 'hello')).toMatchObject({ error: expect.stringMatching(/^a message must be/) as string });
    expect(await say('p1', { action: 'subscribe', topic: 'x' })).toEqual({
      error: 'topic must be flagged, anomalies or client:ID (given "x")',
    });
    for (let place = 0; place < 20; place++) await say('p1', { action: 'subscribe', topic: `client:${place}` });
    expect(await say('p1', { action: 'subscribe', topic: 'flagged' })).toEqual({
      error: 'a connection can watch at most 20 topics (given "flagged" as one more)',
    });
  });

  test('that is gone before its answer leaves nothing behind', async () => {
    connections.gone.add('p1');
    await say('p1', { action: 'subscribe', topic: 'flagged' });
    expect(await subscriptions.readSubscribers('flagged')).toEqual([]);
  });

  test('can say anything, and breaks nothing', async () => {
    const words = fc.constantFrom('subscribe', 'unsubscribe', 'ping', 'flagged', 'anomalies', 'client:a');
    const objects = fc.record({ action: fc.oneof(words, fc.jsonValue()), topic: fc.oneof(words, fc.jsonValue()) });
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      objects.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, isBase64Encoded) => {
        const body = isBase64Encoded ? Buffer.from(text).toString('base64') : text;
        await liveUpdates().handle({ ...event('$default', 'p1', body), isBase64Encoded });
        expect(Object.keys(connections.last('p1') ?? {})[0]).toMatch(/^(?:error|subscribed|unsubscribed|pong)$/);
      }),
      seeded(500),
    );
  });

  test('has no other routes', async () => {
    await expect(liveUpdates().handle(event('other', 'p1'))).rejects.toThrow('there is no route other');
  });
});

describe('a client', () => {
  let shown: { client: string; points: PlacedPoints }[];
  let routes: SeriesRoutes;

  beforeEach(async () => {
    shown = [];
    routes = new SeriesRoutes({
      ...world,
      store: series,
      connections: new NotedConnections(),
      limits: 'textbook',
      keptMs: DAY_MS,
      mostValues: 1e6,
      onWatched: async (client, points) => void shown.push({ client, points }),
    });
    const queryStringParameters = { client_id: 'till 7', window: '5' };
    await routes.handle({ ...event('$connect', 'c1'), queryStringParameters });
  });

  function send(timestamp: number): Promise<SocketResult> {
    return routes.handle(event('$default', 'c1', JSON.stringify({ timestamp, value: 1 })));
  }

  test('that nobody watches hands over nothing, and has nothing more to write', async () => {
    for (const timestamp of [1, 2]) await send(timestamp);
    await say('p1', { action: 'subscribe', topic: 'client:another' });
    await send(3);
    expect(shown).toEqual([]);
    expect(Object.keys(await head())).not.toContain('watchedUntil');
  });

  test('hands over each point once, with its place, as soon as somebody watches', async () => {
    for (const timestamp of [1, 2]) await send(timestamp);
    expect(await say('p1', { action: 'subscribe', topic: 'client:till 7' })).toEqual({ subscribed: 'client:till 7' });
    for (let timestamp = 3; timestamp <= 70; timestamp++) await send(timestamp);
    expect(shown.map(({ client }) => client)).toEqual(Array(68).fill('till 7'));
    const points = shown.flatMap((each) => each.points);
    expect(points.map(([place, { timestamp }]) => [place, timestamp])).toEqual(
      Array.from({ length: 68 }, (_, index) => [index + 2, index + 3]),
    );
  });

  test('hands over no fault and no duplicate', async () => {
    await say('p1', { action: 'subscribe', topic: 'client:till 7' });
    await send(1);
    await send(1);
    await routes.handle(event('$default', 'c1', '{"timestamp":2}'));
    expect(shown).toHaveLength(1);
  });

  test('is watched as long as a page pings, and not much longer', async () => {
    await say('p1', { action: 'subscribe', topic: 'client:till 7' });
    for (let ping = 1; ping <= 5; ping++) {
      now += 4 * MINUTE_MS;
      await say('p1', { action: 'ping' });
      await send(ping);
    }
    expect(shown).toHaveLength(5);
    now += 6 * MINUTE_MS;
    await send(6);
    expect(shown).toHaveLength(5);
  });

  test('is written once for pages that come at about the same time', async () => {
    await say('p1', { action: 'subscribe', topic: 'client:till 7' });
    const { version } = await head();
    await say('p2', { action: 'subscribe', topic: 'client:till 7' });
    await say('p1', { action: 'ping' });
    expect((await head()).version).toBe(version);
  });

  test('goes on being watched when it comes back', async () => {
    await say('p1', { action: 'subscribe', topic: 'client:till 7' });
    await routes.handle(event('$disconnect', 'c1'));
    const queryStringParameters = { client_id: 'till 7', window: '9' };
    await routes.handle({ ...event('$connect', 'c1'), queryStringParameters });
    await send(1);
    expect(shown).toHaveLength(1);
  });

  test('that is not known can be watched: its points come once it is there and the page has said that it still is', async () => {
    expect(await say('p1', { action: 'subscribe', topic: 'client:new' })).toEqual({ subscribed: 'client:new' });
    await routes.handle({ ...event('$connect', 'c1'), queryStringParameters: { client_id: 'new', window: '5' } });
    await say('p1', { action: 'ping' });
    expect((await series.readClient('new'))!.head.watchedUntil).toBeGreaterThan(now);
  });

  test('that commits all the time is marked nevertheless, or the page is not answered', async () => {
    let conflicts = 3;
    const writeHead = series.writeHead.bind(series);
    series.writeHead = async (next, before) => {
      if (conflicts-- > 0) return false;
      return writeHead(next, before);
    };
    await say('p1', { action: 'subscribe', topic: 'client:till 7' });
    expect((await head()).watchedUntil).toBeGreaterThan(now);
    conflicts = Infinity;
    now += 5 * MINUTE_MS;
    await expect(say('p1', { action: 'ping' })).rejects.toThrow('others committed first 100 times in a row');
  });
});
