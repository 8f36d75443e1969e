import { once } from 'node:events';
import { expect, test } from 'vitest';
import { USUAL_TIMING } from '../../lib/client/timing.ts';
import { connect, point, startServer } from './client-setup.ts';
import type { FakeSeriesServer } from './fake-series-server.ts';
import { ManualClock } from './manual-clock.ts';

const { beat, idle, renewAfter } = USUAL_TIMING;

/** Lets the time pass beat by beat, so that pings are answered in between. */
async function pass(clock: ManualClock, milliseconds: number, server: FakeSeriesServer): Promise<void> {
  for (let left = milliseconds; left > 0; left -= beat) {
    const socket = server.sockets.at(-1)!;
    const pinged = new Promise((resolve) => socket.once('ping', resolve).once('close', resolve));
    clock.advance(Math.min(beat, left));
    await pinged;
    // What was sent last has arrived when a ping of the server is answered.
    if (socket.readyState === socket.OPEN) {
      const answered = once(socket, 'pong');
      socket.ping();
      await answered;
    }
  }
}

test('one that says nothing sends a message from time to time', async () => {
  const server = await startServer();
  const clock = new ManualClock();
  const client = connect(server.url, { clock });
  await once(client, 'connected');
  await pass(clock, idle, server);
  expect(server.messages).toEqual([]);
  await pass(clock, idle + beat, server);
  expect(server.messages).toEqual(['{"ping":true}']);
});

test('a connection is renewed before it is too old, when nothing is under way', async () => {
  const server = await startServer();
  const clock = new ManualClock();
  const client = connect(server.url, { clock });
  const told: string[] = [];
  client.on('reconnecting', () => told.push('reconnecting'));
  await once(client, 'connected');
  const again = once(client, 'connected');
  const passed = pass(clock, renewAfter + beat, server);
  await again;
  await passed;
  await client.send(point(1));
  await client.end();
  expect(server.requests).toHaveLength(2);
  expect(told).toEqual([]);
});

test('a server that gives no sign of life is left', async () => {
  const server = await startServer();
  const clock = new ManualClock();
  const client = connect(server.url, { clock });
  await once(client, 'connected');
  server.sockets[0]!.pause();
  const reconnecting = once(client, 'reconnecting');
  clock.advance(beat);
  clock.advance(beat);
  expect(await reconnecting).toMatchObject([{ reason: 'the server gives no sign of life' }]);
});

test('a server that lives but does not answer is left', async () => {
  const server = await startServer({ mischief: (message) => (message === 0 ? 'lose the answer' : 'none') });
  const clock = new ManualClock();
  const client = connect(server.url, { clock });
  await once(client, 'connected');
  await client.send(point(1));
  const reconnecting = once(client, 'reconnecting');
  void pass(clock, 4 * beat, server);
  expect(await reconnecting).toMatchObject([{ reason: 'there was no answer for 45 s' }]);
  clock.advance(1);
  await client.end();
});
