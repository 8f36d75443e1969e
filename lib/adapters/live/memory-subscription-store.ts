import type { Topic } from '../../core/live/topic.ts';
import { MOST_TOPICS, type SubscriptionStore } from './subscription-store.ts';

/** The twin of DynamoSubscriptionStore: keeps the same contract, in memory. Nothing expires. */
export class MemorySubscriptionStore implements SubscriptionStore {
  readonly #topics = new Map<string, Set<Topic>>();

  async subscribe(connectionId: string, topic: Topic): Promise<'subscribed' | 'too many'> {
    const topics = this.#topics.get(connectionId) ?? new Set();
    if (!topics.has(topic) && topics.size === MOST_TOPICS) return 'too many';
    this.#topics.set(connectionId, topics.add(topic));
    return 'subscribed';
  }

  async unsubscribe(connectionId: string, topic: Topic): Promise<void> {
    this.#topics.get(connectionId)?.delete(topic);
  }

  async readTopics(connectionId: string): Promise<readonly Topic[]> {
    return Array.from(this.#topics.get(connectionId) ?? []);
  }

  async forget(connectionId: string): Promise<void> {
    this.#topics.delete(connectionId);
  }

  async readSubscribers(topic: Topic): Promise<readonly string[]> {
    return Array.from(this.#topics).flatMap(([id, topics]) => (topics.has(topic) ? id : []));
  }
}
