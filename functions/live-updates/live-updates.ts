import { quote } from '../../lib/core/events/event.ts';
import { readLiveRequest, type LiveRequest } from '../../lib/core/live/live-request.ts';
import { clientOf, type Topic } from '../../lib/core/live/topic.ts';
import { MOST_TOPICS, type SubscriptionStore } from '../../lib/adapters/live/subscription-store.ts';
import type { Connections } from '../../lib/adapters/sockets/connections.ts';
import { watchClient, type WatchOptions } from '../../lib/adapters/series/watch-client.ts';
import { textOf, type SocketEvent, type SocketResult } from '../../lib/adapters/sockets/socket-event.ts';

export interface LiveUpdatesOptions extends WatchOptions {
  readonly subscriptions: SubscriptionStore;
  readonly connections: Pick<Connections, 'post'>;
}

const DONE: SocketResult = { statusCode: 200 };
const TOO_MANY = `a connection can watch at most ${MOST_TOPICS} topics`;

/** The pages that watch: they connect, say what they want to see, and go. */
export class LiveUpdates {
  readonly #options: LiveUpdatesOptions;
  readonly #routes: Readonly<Record<string, (event: SocketEvent) => Promise<SocketResult>>> = {
    // Whoever only connects is told nothing, and leaves nothing behind.
    $connect: async () => DONE,
    $default: (event) => this.#receive(event),
    $disconnect: (event) => this.#disconnect(event),
  };

  constructor(options: LiveUpdatesOptions) {
    this.#options = options;
  }

  async handle(event: SocketEvent): Promise<SocketResult> {
    const { routeKey } = event.requestContext;
    const route = this.#routes[routeKey];
    if (route === undefined) throw new Error(`there is no route ${routeKey}`);
    return route(event);
  }

  async #receive(event: SocketEvent): Promise<SocketResult> {
    const { connectionId: id } = event.requestContext;
    const request = readLiveRequest(textOf(event));
    const answer = request.ok ? await this.#answerTo(id, request.value) : { error: request.reason };
    const { subscriptions, connections } = this.#options;
    if ((await connections.post(id, JSON.stringify(answer))) === 'gone') await subscriptions.forget(id);
    return DONE;
  }

  async #answerTo(id: string, request: LiveRequest): Promise<object> {
    if (request.action === 'ping') return this.#stay(id);
    if (request.action === 'subscribe') return this.#subscribe(id, request.topic);
    await this.#options.subscriptions.unsubscribe(id, request.topic);
    return { unsubscribed: request.topic };
  }

  async #subscribe(id: string, topic: Topic): Promise<object> {
    const { subscriptions } = this.#options;
    if ((await subscriptions.subscribe(id, topic)) === 'too many') {
      return { error: `${TOO_MANY} (given ${quote(topic)} as one more)` };
    }
    await this.#watch([topic]);
    return { subscribed: topic };
  }

  async #stay(id: string): Promise<object> {
    await this.#watch(await this.#options.subscriptions.readTopics(id));
    return { pong: true };
  }

  /** Clients hand over their points only for so long after somebody has asked for it. */
  async #watch(topics: readonly Topic[]): Promise<void> {
    const clients = topics.flatMap((topic) => clientOf(topic) ?? []);
    await Promise.all(clients.map((client) => watchClient(this.#options, client)));
  }

  async #disconnect(event: SocketEvent): Promise<SocketResult> {
    await this.#options.subscriptions.forget(event.requestContext.connectionId);
    return DONE;
  }
}
