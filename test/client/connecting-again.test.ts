import { once } from 'node:events';
import { expect, test } from 'vitest';
import { answersOf, connect, numbers, point, startServer } from './client-setup.ts';
import { FakeSeriesServer } from './fake-series-server.ts';
import { ManualClock } from './manual-clock.ts';

const MINUTE = 60_000;

test('a server that is not there yet is waited for, longer each time, and tells why', async () => {
  const gone = await FakeSeriesServer.start();
  const { url, port } = gone;
  await gone.stop();
  const clock = new ManualClock();
  const client = connect(url, { clock, random: () => 0.5 });
  const pauses: number[] = [];
  await client.send(point(1));
  for (let attempt = 1; attempt <= 9; attempt++) {
    const [told] = await once(client, 'reconnecting');
    expect(told).toMatchObject({ attempt, reason: expect.stringContaining('ECONNREFUSED') as string });
    pauses.push((told as { pause: number }).pause);
    if (attempt === 9) await startServer({}, port);
    clock.advance(pauses.at(-1)!);
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  await client.end();
});

test('what is unanswered goes again in its order, before anything new', async () => {
  const server = await startServer({ mischief: (message) => (message === 1 ? 'break' : 'none') });
  const client = connect(server.url);
  const answers = answersOf(client);
  await client.send(point(1));
  await once(client, 'answer');
  for (const value of [2, 3, 4]) await client.send(point(value));
  await client.end();
  const order = server.messages.map((message) => (JSON.parse(message) as { sequence: number }).sequence);
  expect(order).toEqual([1, 2, 2, 3, 4]);
  expect(answers.map(({ sequence }) => sequence)).toEqual(numbers(4));
  expect(server.requests).toHaveLength(2);
});

test.each([429, 500, 503])('a refusal with %i may pass', async (status) => {
  const server = await startServer({ refusal: (connection) => (connection === 0 ? { status } : undefined) });
  const client = connect(server.url);
  const reconnecting = once(client, 'reconnecting');
  await client.send(point(1));
  await client.end();
  expect(await reconnecting).toMatchObject([{ reason: `the server refuses to connect (${status}): Refused` }]);
});

test.each([
  [
    '{"error":"window must be an integer from 2 to 10000 (given 1)"}',
    'window must be an integer from 2 to 10000 (given 1)',
  ],
  ['{"message":"Forbidden"}', 'Forbidden'],
  ['no window', 'no window'],
  ['', 'Refused'],
])('a refusal with 400 is final, and says why: %s', async (body, reason) => {
  const server = await startServer({ refusal: () => ({ status: 400, body }) });
  const client = connect(server.url, { mostUnanswered: 1 });
  const closed = once(client, 'closed');
  await client.send(point(1));
  await expect(client.send(point(2))).rejects.toMatchObject({ name: 'SeriesClosed', reason: 'refused' });
  expect(await closed).toMatchObject([{ message: `the server refuses the client (400): ${reason}` }]);
  await expect(client.send(point(3))).rejects.toThrow('refuses');
  await expect(client.end()).rejects.toThrow('refuses');
  expect(server.requests).toHaveLength(1);
});

test('after a while without any progress it gives up', async () => {
  const clock = new ManualClock();
  const server = await startServer({ refusal: () => ({ status: 503 }) });
  const client = connect(server.url, { clock });
  const closed = once(client, 'closed');
  client.on('reconnecting', () => clock.advance(MINUTE));
  expect(await closed).toMatchObject([
    { reason: 'gave up', message: 'no answer for 360 s; at last, the server refuses to connect (503): Refused' },
  ]);
});
