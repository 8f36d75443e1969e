import { connect, endTakenOver, type Connected, type ConnectOptions } from '../../lib/adapters/series/connect.ts';
import { disconnect } from '../../lib/adapters/series/disconnect.ts';
import { SeriesSession, type SeriesSessionOptions } from '../../lib/adapters/series/series-session.ts';
import type { ConnectionRecord } from '../../lib/adapters/series/series-store.ts';
import { readConnectRequest } from '../../lib/core/series-cloud/connect-request.ts';
import { entryOf } from '../../lib/core/series-cloud/entry.ts';
import { readMessage } from '../../lib/core/series-cloud/message.ts';
import { errorText } from '../../lib/core/series-cloud/series.ts';
import { Recent } from './recent.ts';
import { callerOf, textOf, type SocketEvent, type SocketResult } from '../../lib/adapters/sockets/socket-event.ts';

export interface SeriesOptions extends SeriesSessionOptions, ConnectOptions {
  /** Values of windows in memory at most. */
  readonly mostValues: number;
  readonly openSession?: (client: string, options: SeriesSessionOptions) => SeriesSession;
}

const MOST_CONNECTIONS = 1000;
/** What a client takes in memory beside its window, in values. */
const CLIENT_WEIGHT = 2000;

const DONE: SocketResult = { statusCode: 200 };

const REFUSALS: Readonly<Record<Exclude<Connected, 'connected'>, SocketResult>> = {
  'of another owner': refusal(403, 'client_id is somebody else’s'),
  'later one is there': refusal(409, 'a later connection of this client is there already'),
};

/** The clients of the series detector: they connect, send points, and go. One per sandbox: it remembers what it has read. */
export class SeriesRoutes {
  readonly #options: SeriesOptions;
  readonly #connections = new Recent<ConnectionRecord>(MOST_CONNECTIONS, () => 1);
  readonly #sessions: Recent<SeriesSession>;
  readonly #routes: Readonly<Record<string, (event: SocketEvent) => Promise<SocketResult>>> = {
    $connect: (event) => this.#connect(event),
    $default: (event) => this.#receive(event),
    $disconnect: (event) => this.#disconnect(event),
  };

  constructor(options: SeriesOptions) {
    this.#options = options;
    this.#sessions = new Recent<SeriesSession>(options.mostValues, ({ weight }) => weight + CLIENT_WEIGHT);
  }

  async handle(event: SocketEvent): Promise<SocketResult> {
    const { routeKey } = event.requestContext;
    const route = this.#routes[routeKey];
    if (route === undefined) throw new Error(`there is no route ${routeKey}`);
    return route(event);
  }

  async #connect(event: SocketEvent): Promise<SocketResult> {
    const request = readConnectRequest(event.queryStringParameters ?? {});
    if (!request.ok) return refusal(400, request.reason);
    const { connectionId: id, connectedAt: at } = event.requestContext;
    const connected = await connect(this.#options, {
      ...request.value,
      connection: { id, at },
      owner: callerOf(event),
    });
    return connected === 'connected' ? DONE : REFUSALS[connected];
  }

  async #receive(event: SocketEvent): Promise<SocketResult> {
    const { connectionId: id } = event.requestContext;
    const message = readMessage(textOf(event));
    if (message.kind === 'ping') return this.#answer(id, '{"pong":true}');
    if (message.kind === 'bad' && message.sequence === undefined) {
      return this.#answer(id, errorText(message));
    }
    const connection = await this.#connectionOf(id);
    if (connection === undefined) return this.#sendAway(id);
    const session = this.#sessionOf(connection.client);
    const isKnown = await session.receive(entryOf(message, { to: id, source: connection.source }));
    this.#sessions.trim();
    if (!isKnown) return this.#sendAway(id);
    const current = session.connectionId;
    if (current !== undefined && current !== id) await endTakenOver(this.#options, id);
    return DONE;
  }

  async #disconnect(event: SocketEvent): Promise<SocketResult> {
    const { connectionId: id } = event.requestContext;
    const connection = await this.#connectionOf(id);
    if (connection !== undefined) await disconnect(this.#options, connection.client, id);
    return DONE;
  }

  async #answer(id: string, text: string): Promise<SocketResult> {
    await this.#options.connections.post(id, text);
    return DONE;
  }

  /** Whoever is not known has to connect again. */
  async #sendAway(id: string): Promise<SocketResult> {
    await this.#answer(id, JSON.stringify({ error: 'this connection is not known any more; connect again' }));
    await this.#options.connections.close(id);
    return DONE;
  }

  async #connectionOf(id: string): Promise<ConnectionRecord | undefined> {
    const known = this.#connections.get(id) ?? (await this.#options.store.readConnection(id));
    if (known !== undefined) this.#connections.set(id, known);
    this.#connections.trim();
    return known;
  }

  #sessionOf(client: string): SeriesSession {
    const { openSession = (name, options) => new SeriesSession(name, options) } = this.#options;
    const session = this.#sessions.get(client) ?? openSession(client, this.#options);
    this.#sessions.set(client, session);
    return session;
  }
}

function refusal(statusCode: number, error: string): SocketResult {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) };
}
