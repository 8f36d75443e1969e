import type { Topic } from '../../core/live/topic.ts';

/**
 * Who watches what. Every read is strongly consistent: whatever is published after a subscription was answered reaches it.
 * Connections are forgotten by themselves some time after they must have ended.
 */
export interface SubscriptionStore {
  /** Again is the same. 'too many': the connection has as many topics as it may have. */
  subscribe(connectionId: string, topic: Topic): Promise<'subscribed' | 'too many'>;
  unsubscribe(connectionId: string, topic: Topic): Promise<void>;
  /** What a connection watches. */
  readTopics(connectionId: string): Promise<readonly Topic[]>;
  /** Ends all subscriptions of a connection that is gone. */
  forget(connectionId: string): Promise<void>;
  /** The connections that watch a topic. */
  readSubscribers(topic: Topic): Promise<readonly string[]>;
}

/** So many topics can a connection watch: that bounds what a page can leave behind. */
export const MOST_TOPICS = 20;
