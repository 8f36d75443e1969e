import { beforeEach, expect, test } from 'vitest';
import { MOST_TOPICS, type SubscriptionStore } from '../../lib/adapters/live/subscription-store.ts';
import { clientTopic } from '../../lib/core/live/topic.ts';

/** What every store of subscriptions has to keep to. */
export function describeSubscriptionStore(open: () => Promise<SubscriptionStore>): void {
  let store: SubscriptionStore;
  beforeEach(async () => {
    store = await open();
  });

  test('who watches a topic is known, and what a connection watches', async () => {
    for (const id of ['b=', 'a/1']) expect(await store.subscribe(id, 'flagged')).toBe('subscribed');
    await store.subscribe('a/1', clientTopic('till 7'));
    expect((await store.readSubscribers('flagged')).toSorted()).toEqual(['a/1', 'b=']);
    expect(await store.readSubscribers(clientTopic('till 7'))).toEqual(['a/1']);
    expect(await store.readSubscribers('anomalies')).toEqual([]);
    expect((await store.readTopics('a/1')).toSorted()).toEqual(['client:till 7', 'flagged']);
    expect(await store.readTopics('nobody')).toEqual([]);
  });

  test('whoever subscribes again is told once', async () => {
    for (let time = 0; time < 2; time++) expect(await store.subscribe('a', 'flagged')).toBe('subscribed');
    expect(await store.readSubscribers('flagged')).toEqual(['a']);
    expect(await store.readTopics('a')).toEqual(['flagged']);
  });

  test('a subscription ends, and others stay', async () => {
    for (const topic of ['flagged', 'anomalies'] as const) await store.subscribe('a', topic);
    await store.subscribe('b', 'flagged');
    for (let time = 0; time < 2; time++) await store.unsubscribe('a', 'flagged');
    await store.unsubscribe('nobody', 'flagged');
    expect(await store.readSubscribers('flagged')).toEqual(['b']);
    expect(await store.readTopics('a')).toEqual(['anomalies']);
    await store.unsubscribe('a', 'anomalies');
    expect([await store.readTopics('a'), await store.readTopics('nobody')]).toEqual([[], []]);
    expect(await store.subscribe('a', 'flagged')).toBe('subscribed');
  });

  test('a connection that is gone watches nothing', async () => {
    for (const topic of ['flagged', 'anomalies', clientTopic('c')] as const) await store.subscribe('a', topic);
    await store.subscribe('b', 'flagged');
    for (let time = 0; time < 2; time++) await store.forget('a');
    expect(await store.readTopics('a')).toEqual([]);
    const left = await Promise.all(
      (['flagged', 'anomalies', clientTopic('c')] as const).map((topic) => store.readSubscribers(topic)),
    );
    expect(left).toEqual([['b'], [], []]);
  });

  test('a connection has so many topics at most, also if it asks for all at once', async () => {
    const topics = Array.from({ length: MOST_TOPICS + 5 }, (_, place) => clientTopic(`c${place}`));
    const outcomes = await Promise.all(topics.map((topic) => store.subscribe('a', topic)));
    expect(outcomes.filter((outcome) => outcome === 'too many')).toHaveLength(5);
    const watched = await store.readTopics('a');
    expect(watched).toHaveLength(MOST_TOPICS);
    expect(await store.subscribe('a', watched[0]!)).toBe('subscribed');
    await store.unsubscribe('a', watched[0]!);
    expect(await store.subscribe('a', 'flagged')).toBe('subscribed');
    expect(await store.subscribe('b', 'flagged')).toBe('subscribed');
  });

  test('a crowd that watches one topic is read whole', async () => {
    const ids = Array.from({ length: 150 }, (_, place) => `connection-${String(place).padStart(3, '0')}=`);
    for (const id of ids) await store.subscribe(id, 'anomalies');
    expect((await store.readSubscribers('anomalies')).toSorted()).toEqual(ids);
  });
}
