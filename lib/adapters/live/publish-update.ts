import { updateMessages, type Update } from '../../core/live/update-messages.ts';
import type { Topic } from '../../core/live/topic.ts';
import type { Connections } from '../sockets/connections.ts';
import { eachAtOnce } from '../state/each-at-once.ts';
import type { SubscriptionStore } from './subscription-store.ts';

export interface PublishOptions {
  readonly subscriptions: SubscriptionStore;
  readonly connections: Pick<Connections, 'post'>;
}

/** What came of it, for the metrics. */
export interface Published {
  readonly messages: number;
  /** Connections that were not there any more. */
  readonly gone: number;
}

const CONNECTIONS_AT_ONCE = 50;

/**
 * Tells a topic's subscribers what is new; where there are none, the one query for them is all that happens. Sending again is
 * harmless, since pages know items by their ids.
 * @throws AggregateError once everybody else has been told, if somebody could not be
 */
export async function publishUpdate<Of extends Update>(
  { subscriptions, connections }: PublishOptions,
  topic: Of['topic'] & Topic,
  readItems: () => Promise<Of['items']>,
): Promise<Published> {
  const subscribers = await subscriptions.readSubscribers(topic);
  if (subscribers.length === 0) return { messages: 0, gone: 0 };
  const messages = updateMessages({ topic, items: await readItems() } as Of);
  const failures: unknown[] = [];
  let gone = 0;
  await eachAtOnce(subscribers, CONNECTIONS_AT_ONCE, async (id) => {
    try {
      if (await tell(connections, id, messages)) return;
      gone++;
      // By hand as well: a subscription that came in while its connection ended is in no set.
      await subscriptions.unsubscribe(id, topic);
      await subscriptions.forget(id);
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} connections could not be told`);
  return { messages: messages.length * (subscribers.length - gone), gone };
}

/** Sends the messages in order; false if nobody listens any more. */
async function tell(
  connections: PublishOptions['connections'],
  id: string,
  messages: readonly string[],
): Promise<boolean> {
  for (const message of messages) if ((await connections.post(id, message)) === 'gone') return false;
  return true;
}
