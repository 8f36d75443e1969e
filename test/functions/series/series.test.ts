import { describe, expect, test } from 'vitest';
import type { SocketEvent } from '../../../lib/adapters/sockets/socket-event.ts';
import { SeriesDetector } from '../../../lib/core/series/series-detector.ts';
import { pointCount } from '../../../lib/core/series-cloud/series-head.ts';
import { clock, connect, connections, DAY_MS, event, sandbox, send, store } from './series-setup.ts';

const signed = (id: string, userArn: string): SocketEvent => ({
  ...event('$connect', id, { queryStringParameters: { client_id: 'a', window: '5' } }),
  requestContext: { routeKey: '$connect', connectionId: id, connectedAt: clock.now, identity: { userArn } },
});

describe('a client', () => {
  test('connects, sends, and goes', async () => {
    const routes = sandbox();
    expect(await connect(routes, 'c1')).toEqual({ statusCode: 200 });
    expect(await send(routes, 'c1', { timestamp: 1, value: 2 })).toMatchObject({ timestamp: 1, anomaly: false });
    await routes.handle(event('$disconnect', 'c1'));
    const state = await store.readClient('a');
    expect(state?.head).toMatchObject({ connection: { id: 'c1', isGone: true }, tail: [{ value: 2 }] });
  });

  test.each([
    [{ client_id: '' }, /^client_id must be/],
    [{ window: '1' }, /^window must be an integer from 2 to 10,000 \(given "1"\)/],
  ])('is refused with 400 for %j', async (query, reason) => {
    const { statusCode, body = '' } = await connect(sandbox(), 'c1', query);
    expect([statusCode, (JSON.parse(body) as { error: string }).error]).toEqual([400, expect.stringMatching(reason)]);
  });

  test('is told what is wrong with a message, and its connection stays', async () => {
    const routes = sandbox();
    await connect(routes, 'c1');
    expect(await send(routes, 'c1', { timestamp: 1 })).toEqual({ error: 'value is missing', timestamp: 1 });
    expect(await send(routes, 'c1', { ping: true })).toEqual({ pong: true });
    const binary = event('$default', 'c1', {
      body: Buffer.from('{"ping":true}').toString('base64'),
      isBase64Encoded: true,
    });
    await routes.handle(binary);
    expect(connections.heard.get('c1')).toHaveLength(3);
    expect(connections.closed).toEqual([]);
  });

  test('goes on with its window when it comes back, in a sandbox that knows nothing', async () => {
    const values = Array.from({ length: 100 }, (_, place) => ((place * 7) % 11) + (place === 90 ? 1000 : 0));
    const plain = new SeriesDetector({ window: 5, limits: 'textbook' });
    for (const [place, value] of values.entries()) {
      const routes = sandbox();
      if (place % 10 === 0) await connect(routes, `c${place}`);
      const answer = await send(routes, `c${place - (place % 10)}`, { timestamp: place, value });
      const { anomaly, alert } = plain.score(value);
      expect(answer).toMatchObject({ timestamp: place, anomaly, alert });
      plain.learn(value);
    }
    expect(pointCount((await store.readClient('a'))!.head)).toBe(100);
  });

  test('is answered in order of its numbers, also those that wait in the store', async () => {
    await connect(sandbox(), 'c1', { source: 's' });
    for (const sequence of [3, 2, 5, 1, 4]) await send(sandbox(), 'c1', { sequence, timestamp: sequence, value: 1 });
    expect(connections.heard.get('c1')).toMatchObject([1, 2, 3, 4, 5].map((sequence) => ({ sequence })));
    expect(await store.readParked('a')).toEqual([]);
  });

  test('is told of a number that is too far ahead', async () => {
    await connect(sandbox(), 'c1');
    expect(await send(sandbox(), 'c1', { sequence: 5000, timestamp: 1, value: 1 })).toMatchObject({
      error: 'sequence 5000 is too far ahead of the next, 1: at most 1000 wait for it',
    });
  });

  test('is answered from what is stored when it sends again after a failure', async () => {
    const routes = sandbox();
    await connect(routes, 'c1', { source: 's' });
    connections.failures = 1;
    await expect(send(routes, 'c1', { sequence: 1, timestamp: 1, value: 1 })).rejects.toThrow('could not be sent');
    // Somebody may be answering still.
    expect(await send(sandbox(), 'c1', { sequence: 1, timestamp: 1, value: 1 })).toBeUndefined();
    clock.now += 5000;
    await send(sandbox(), 'c1', { sequence: 2, timestamp: 2, value: 1 });
    expect(connections.heard.get('c1')).toMatchObject([
      { sequence: 1 },
      { sequence: 2 },
      { sequence: 1, duplicate: true },
    ]);
    expect((await store.readClient('a'))?.head.tail).toHaveLength(2);
  });

  test('finds an old point again among the full chunks, late ones too', async () => {
    const routes = sandbox();
    await connect(routes, 'c1');
    for (let place = 0; place < 200; place++) await send(routes, 'c1', { timestamp: place * 10, value: place });
    await send(routes, 'c1', { timestamp: 55, value: 7 });
    for (let place = 200; place < 240; place++) await send(routes, 'c1', { timestamp: place * 10, value: place });
    for (const message of [
      { timestamp: 0, value: 0 },
      { timestamp: 1230, value: 123 },
      { timestamp: 55, value: 7 },
    ]) {
      expect(await send(sandbox(), 'c1', message)).toMatchObject({ duplicate: true });
    }
    expect(await send(sandbox(), 'c1', { timestamp: 55, value: 8 })).toMatchObject({ late: true });
  });
});

describe('a connection', () => {
  test('is taken over by a later one: the earlier is told and closed', async () => {
    const routes = sandbox();
    await connect(routes, 'c1');
    clock.now += 10;
    await connect(routes, 'c2');
    expect(connections.heard.get('c1')).toEqual([expect.objectContaining({ code: 'taken-over' })]);
    expect(connections.closed).toEqual(['c1']);
  });

  test('is refused with 409 if a later one is there', async () => {
    await connect(sandbox(), 'c2');
    clock.now -= 10;
    expect((await connect(sandbox(), 'c1')).statusCode).toBe(409);
  });

  test('is refused with 403 if the client is somebody else’s', async () => {
    const routes = sandbox();
    const session = (name: string): string => `arn:aws:sts::111122223333:assumed-role/Meters/${name}`;
    expect((await routes.handle(signed('c1', session('monday')))).statusCode).toBe(200);
    expect((await routes.handle(signed('c2', session('tuesday')))).statusCode).toBe(200);
    for (const other of [session('x').replace('Meters', 'Metersx'), 'arn:aws:iam::111122223333:user/bob', '']) {
      expect((await routes.handle(signed('c3', other))).statusCode).toBe(403);
    }
  });

  test('takes over a client that was there before anybody was asked who they are', async () => {
    const routes = sandbox();
    expect((await connect(routes, 'c1')).statusCode).toBe(200);
    expect((await routes.handle(signed('c2', 'arn:aws:iam::111122223333:user/ann'))).statusCode).toBe(200);
    expect((await routes.handle(signed('c3', 'arn:aws:iam::111122223333:user/bob'))).statusCode).toBe(403);
    expect((await connect(routes, 'c4')).statusCode).toBe(403);
  });

  test('that is gone fails nothing, and its client is not active any more', async () => {
    const routes = sandbox();
    await connect(routes, 'c1');
    connections.gone.add('c1');
    await send(routes, 'c1', { timestamp: 1, value: 1 });
    expect((await store.readClient('a'))?.head).toMatchObject({ tail: [{ value: 1 }], connection: { isGone: true } });
  });

  test('that nobody knows is sent away', async () => {
    await send(sandbox(), 'c9', { timestamp: 1, value: 1 });
    expect(connections.closed).toEqual(['c9']);
    await sandbox().handle(event('$disconnect', 'c9'));
  });

  test('late news of its end do not end a later one', async () => {
    await connect(sandbox(), 'c1');
    await connect(sandbox(), 'c2');
    await sandbox().handle(event('$disconnect', 'c1'));
    expect((await store.readClient('a'))?.head.connection).toEqual({ id: 'c2', at: clock.now });
  });
});

test('a client of whom nothing was heard for too long begins anew', async () => {
  const routes = sandbox();
  await connect(routes, 'c1');
  await send(routes, 'c1', { timestamp: 1, value: 1 });
  const born = (await store.readClient('a'))?.head.born;
  clock.now += 2 * DAY_MS;
  await connect(routes, 'c2');
  const { head } = (await store.readClient('a'))!;
  expect(head.born).not.toBe(born);
  expect(head.tail).toEqual([]);
});

test('what the window needs is kept as long as the client', async () => {
  const written: number[] = [];
  const writeChunk = store.writeChunk.bind(store);
  store.writeChunk = async (...chunk) => {
    written.push(chunk[1].index);
    await writeChunk(...chunk);
  };
  const routes = sandbox();
  await connect(routes, 'c1');
  for (let place = 0; place < 40; place++) {
    clock.now += DAY_MS / 4;
    await send(routes, 'c1', { timestamp: place, value: place });
  }
  expect(written.length).toBeGreaterThan(1);
  expect(new Set(written)).toEqual(new Set([0]));
});

test('a sandbox forgets the clients that it has not heard of for longest', async () => {
  const routes = sandbox({ mostValues: 4000 });
  for (const client of ['a', 'b', 'c']) await connect(routes, `c-${client}`, { client_id: client });
  for (const client of ['a', 'b', 'c', 'a']) {
    expect(
      await send(routes, `c-${client}`, { timestamp: client.charCodeAt(0) + (clock.now % 7), value: 1 }),
    ).toMatchObject({
      anomaly: false,
    });
  }
});

test('a route that is not there is a mistake', async () => {
  await expect(sandbox().handle(event('$other', 'c1'))).rejects.toThrow('there is no route $other');
});
