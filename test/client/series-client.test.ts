import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { answersOf, connect, numbers, point, startServer } from './client-setup.ts';

describe('a quiet day', () => {
  test('every point is sent once, numbered from 1, and answered in order', async () => {
    const server = await startServer();
    const client = connect(server.url);
    const answers = answersOf(client);
    for (const value of numbers(250)) expect(await client.send(point(value))).toBe(value);
    await client.end();
    expect(answers.map(({ sequence }) => sequence)).toEqual(numbers(250));
    expect(answers[0]).toEqual({
      sequence: 1,
      timestamp: 1_001,
      value: 1,
      anomaly: false,
      alert: false,
      late: false,
      duplicate: false,
      waited: expect.any(Number) as number,
    });
    expect(server.messages[0]).toBe('{"sequence":1,"timestamp":1001,"value":1}');
    expect(server.storedValues).toEqual(numbers(250));
  });

  test('the connection names the client, its window and the source of its numbers', async () => {
    const server = await startServer();
    const client = connect(`${server.url}?stage=x`, { clientId: 'a b&c', window: 50, source: 's-1', firstSequence: 7 });
    expect(await client.send(point(1))).toBe(7);
    await client.end();
    expect(server.requests).toEqual(['/series?stage=x&client_id=a+b%26c&window=50&source=s-1&first=7']);
  });

  test('an alert is told after its answer, with what the models say', async () => {
    const votes = { 'z-score': true, iqr: false };
    const server = await startServer({
      answer: () => ({ anomaly: true, alert: true, late: true, score: 0.75, votes }),
    });
    const client = connect(server.url);
    const told: string[] = [];
    client.on('answer', () => told.push('answer'));
    client.on('alert', () => told.push('alert'));
    const alert = once(client, 'alert');
    await client.send(point(1));
    expect(await alert).toMatchObject([{ sequence: 1, anomaly: true, alert: true, late: true, score: 0.75, votes }]);
    expect(told).toEqual(['answer', 'alert']);
  });

  test('a point that the server refuses is told in its place, and the others go on', async () => {
    const server = await startServer({ answer: ({ value }) => (value === 2 ? { error: 'bad timestamp' } : {}) });
    const client = connect(server.url);
    const answers = answersOf(client);
    const refused = once(client, 'refused');
    for (const value of numbers(3)) await client.send(point(value));
    await client.end();
    expect(await refused).toEqual([{ sequence: 2, ...point(2), reason: 'bad timestamp' }]);
    expect(answers.map(({ sequence }) => sequence)).toEqual([1, 3]);
  });
});

describe('back-pressure', () => {
  test('one message is under way, and the next one takes all points that have come meanwhile', async () => {
    const server = await startServer({ mischief: (message) => (message === 0 ? 'answer when told' : 'none') });
    const client = connect(server.url, { mostUnanswered: 1000 });
    await once(client, 'connected');
    for (const value of numbers(230)) await client.send(point(value));
    await vi.waitFor(() => expect(server.messages).toHaveLength(1));
    server.release();
    await client.end();
    expect(server.sizes).toEqual([1, 100, 100, 29]);
    expect(server.storedValues).toEqual(numbers(230));
  });

  test('a message stays small, however long the timestamps are', async () => {
    const server = await startServer();
    const client = connect(server.url);
    for (const value of numbers(6)) await client.send({ timestamp: '9'.repeat(1500), value });
    await client.end();
    expect(server.sizes).toEqual([2, 2, 2]);
  });

  test('no more points are unanswered than allowed, and those that wait go in their order', async () => {
    const server = await startServer({ mischief: (message) => (message < 2 ? 'answer when told' : 'none') });
    const client = connect(server.url, { mostUnanswered: 2 });
    const taken: number[] = [];
    const sending = numbers(4).map(async (value) => void taken.push(await client.send(point(value))));
    await vi.waitFor(() => expect(server.messages).not.toHaveLength(0));
    expect(taken).toEqual([1, 2]);
    expect(client.unanswered).toBe(2);
    const released = setInterval(() => server.release(), 5);
    await Promise.all(sending);
    clearInterval(released);
    await client.end();
    expect(taken).toEqual(numbers(4));
    expect(server.storedValues).toEqual(numbers(4));
  });

  test('a value that is no number is refused at once', async () => {
    const client = connect((await startServer()).url);
    await expect(client.send(point(NaN))).rejects.toThrow('a value must be a finite number (given NaN)');
    expect(client.unanswered).toBe(0);
  });
});

describe('closing', () => {
  test('one that is taken over does not come back', async () => {
    const server = await startServer();
    const client = connect(server.url);
    await once(client, 'connected');
    const closed = once(client, 'closed');
    server.sockets[0]!.send('{"error":"another connection has taken over","code":"taken-over"}');
    expect(await closed).toMatchObject([{ reason: 'taken over', message: 'another connection has taken over' }]);
    expect(server.requests).toHaveLength(1);
  });

  test('close leaves what has no answer, also before it is open', async () => {
    const server = await startServer({ mischief: () => 'lose the answer' });
    const client = connect(server.url, { mostUnanswered: 1 });
    const closed = once(client, 'closed');
    await client.send(point(1));
    const waiting = client.send(point(2));
    client.close();
    await expect(waiting).rejects.toMatchObject({ reason: 'ended' });
    expect(await closed).toMatchObject([{ reason: 'ended' }]);
    client.close();
    await client.end();
  });

  test('after end nothing more is taken', async () => {
    const server = await startServer();
    const client = connect(server.url);
    await client.send(point(1));
    const ending = client.end();
    await expect(client.send(point(2))).rejects.toMatchObject({ reason: 'ended' });
    await ending;
    expect(server.messages).toHaveLength(1);
  });
});
