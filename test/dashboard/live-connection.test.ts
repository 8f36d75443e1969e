import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { LiveConnection, type LiveSocket, type LiveState } from '../../lib/dashboard/data/live-connection.ts';

/** The other end is the test. */
class HandSocket implements LiveSocket {
  readyState = 0;
  readonly said: unknown[] = [];
  readonly #listeners = new Map<string, (event: { readonly data: unknown }) => void>();

  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }

  send(text: string): void {
    this.said.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
    this.#listeners.get('close')?.({ data: undefined });
  }

  opens(): void {
    this.readyState = 1;
    this.#listeners.get('open')?.({ data: undefined });
  }

  hears(message: object): void {
    this.#listeners.get('message')?.({ data: JSON.stringify(message) });
  }
}

function aConnection(refused: Error[] = []) {
  const sockets: HandSocket[] = [];
  const states: LiveState[] = [];
  const open = vi.fn<() => Promise<HandSocket>>(async () => {
    const refusal = refused.shift();
    if (refusal !== undefined) throw refusal;
    const socket = new HandSocket();
    sockets.push(socket);
    return socket;
  });
  const connection = new LiveConnection({ open, isHidden: () => false });
  connection.watchState((state) => states.push(state));
  return { connection, sockets, states, open };
}

const aListener = () => ({ onItems: vi.fn<(items: readonly unknown[]) => void>(), onGap: vi.fn<() => void>() });
const settle = async (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

describe('a subscription', () => {
  test('asks for what came before it as soon as it is in force, and not earlier', async () => {
    const { connection, sockets, states } = aConnection();
    const listener = aListener();
    connection.subscribe('flagged', listener);
    await settle();
    const [socket] = sockets;
    socket!.opens();
    expect(states).toEqual(['live']);
    expect(socket!.said).toEqual([{ action: 'subscribe', topic: 'flagged' }]);
    await settle(5000);
    expect(listener.onGap).not.toHaveBeenCalled();
    socket!.hears({ subscribed: 'flagged' });
    expect(listener.onGap).toHaveBeenCalledTimes(1);
    socket!.hears({ topic: 'flagged', items: [1, 2] });
    socket!.hears({ topic: 'anomalies', items: [3] });
    expect(listener.onItems.mock.calls).toEqual([[[1, 2]]]);
  });

  test('that joins another is told of the gap before it, too', async () => {
    const { connection, sockets } = aConnection();
    const [first, second] = [aListener(), aListener()];
    connection.subscribe('flagged', first);
    await settle();
    sockets[0]!.opens();
    sockets[0]!.hears({ subscribed: 'flagged' });
    connection.subscribe('flagged', second);
    expect(sockets[0]!.said).toHaveLength(2);
    sockets[0]!.hears({ subscribed: 'flagged' });
    expect(second.onGap).toHaveBeenCalledTimes(1);
  });

  test('goes on when the end of an earlier one is carried out after its beginning', async () => {
    const { connection, sockets } = aConnection();
    const end = connection.subscribe('flagged', aListener());
    await settle();
    sockets[0]!.opens();
    end();
    sockets[0]!.hears({ unsubscribed: 'flagged' });
    connection.subscribe('flagged', aListener());
    sockets[0]!.hears({ unsubscribed: 'flagged' });
    const [subscribe, unsubscribe] = ['subscribe', 'unsubscribe'].map((action) => ({ action, topic: 'flagged' }));
    expect(sockets[0]!.said).toEqual([subscribe, unsubscribe, subscribe, subscribe]);
  });

  test('that the other end cannot carry out is tried again on another connection', async () => {
    const { connection, sockets } = aConnection();
    connection.subscribe('flagged', aListener());
    await settle();
    sockets[0]!.opens();
    sockets[0]!.hears({ message: 'Internal server error', connectionId: 'x', requestId: 'y' });
    await settle(1000);
    sockets[1]!.opens();
    expect(sockets[1]!.said).toEqual([{ action: 'subscribe', topic: 'flagged' }]);
  });
});

describe('a connection', () => {
  test('is opened once, with one ticket, however many wait for it', async () => {
    const { connection, open, sockets } = aConnection();
    for (const topic of ['flagged', 'anomalies', 'client:a']) connection.subscribe(topic, aListener());
    await settle();
    sockets[0]!.opens();
    expect(open).toHaveBeenCalledTimes(1);
    expect(sockets[0]!.said).toHaveLength(3);
  });

  test('that is lost is made again, with a ticket of its own, and more and more slowly', async () => {
    const { sockets, states, open } = aConnection();
    await settle();
    sockets[0]!.opens();
    sockets[0]!.close();
    expect(states).toEqual(['live', 'lost']);
    await settle(1000);
    expect(open).toHaveBeenCalledTimes(2);
    for (const socket of [1, 2, 3, 4, 5]) {
      sockets[socket]!.close();
      await settle(30_000);
    }
    expect(open.mock.calls.length).toBe(7);
  });

  test('that is refused a ticket is tried again; meanwhile the API is asked now and then', async () => {
    const refused = [new Error('nobody is signed in'), new Error('the API cannot be reached')];
    const { connection, states, sockets } = aConnection(refused);
    const listener = aListener();
    connection.subscribe('flagged', listener);
    await settle();
    expect(states).toEqual(['lost']);
    await settle(10_000);
    expect(listener.onGap).toHaveBeenCalledTimes(1);
    sockets[0]!.opens();
    expect(states.at(-1)).toBe('live');
    await settle(60_000);
    expect(listener.onGap).toHaveBeenCalledTimes(1);
  });

  test('says something every four minutes, before it would be closed', async () => {
    const { sockets } = aConnection();
    await settle();
    sockets[0]!.opens();
    await settle(4 * 60_000);
    expect(sockets[0]!.said).toEqual([{ action: 'ping' }]);
  });
});
