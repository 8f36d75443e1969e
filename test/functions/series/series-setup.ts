import { beforeEach } from 'vitest';
import { SeriesRoutes, type SeriesOptions } from '../../../functions/series/series.ts';
import type { SocketEvent, SocketResult } from '../../../lib/adapters/sockets/socket-event.ts';
import type { Connections } from '../../../lib/adapters/sockets/connections.ts';
import { MemorySeriesStore } from '../../../lib/adapters/series/memory-series-store.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** Connections that note what they are told. */
class NotedConnections implements Connections {
  readonly heard = new Map<string, object[]>();
  readonly closed: string[] = [];
  readonly gone = new Set<string>();
  failures = 0;

  async post(id: string, text: string): Promise<'sent' | 'gone'> {
    if (this.failures-- > 0) throw new Error('the answer could not be sent');
    if (this.gone.has(id)) return 'gone';
    this.heard.set(id, [...(this.heard.get(id) ?? []), JSON.parse(text) as object]);
    return 'sent';
  }

  async close(id: string): Promise<void> {
    this.closed.push(id);
  }
}

export let store: MemorySeriesStore;
export let connections: NotedConnections;
export const clock = { now: 0 };
let tokens: number;

beforeEach(() => {
  store = new MemorySeriesStore();
  connections = new NotedConnections();
  clock.now = Date.UTC(2026, 0, 1);
  tokens = 0;
});

export function sandbox(change: Partial<SeriesOptions> = {}): SeriesRoutes {
  return new SeriesRoutes({
    store,
    connections,
    limits: 'textbook',
    keptMs: DAY_MS,
    mostValues: 1e6,
    now: () => clock.now,
    sleep: async () => undefined,
    newToken: () => String(++tokens).padStart(8, '0'),
    ...change,
  });
}

export function event(routeKey: string, id: string, rest: Partial<SocketEvent> = {}): SocketEvent {
  return { requestContext: { routeKey, connectionId: id, connectedAt: clock.now }, isBase64Encoded: false, ...rest };
}

export function connect(routes: SeriesRoutes, id: string, query: Record<string, string> = {}): Promise<SocketResult> {
  const queryStringParameters = { client_id: 'a', window: '5', ...query };
  return routes.handle(event('$connect', id, { queryStringParameters }));
}

export async function send(routes: SeriesRoutes, id: string, message: object): Promise<object | undefined> {
  await routes.handle(event('$default', id, { body: JSON.stringify(message) }));
  return connections.heard.get(id)?.at(-1);
}
