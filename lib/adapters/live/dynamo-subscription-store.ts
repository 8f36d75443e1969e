import {
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Topic } from '../../core/live/topic.ts';
import { Backoff } from '../state/backoff.ts';
import { DynamoRequests, type DynamoRequestsOptions } from '../state/dynamo-requests.ts';
import type { ItemKey } from '../state/item-keys.ts';
import { MOST_TOPICS, type SubscriptionStore } from './subscription-store.ts';

export interface DynamoSubscriptionStoreOptions extends DynamoRequestsOptions {
  readonly client: DynamoDBClient;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Longer than any connection lives. */
const KEPT_MS = 3 * 60 * 60 * 1000;

/** As ADD and DELETE change a set in one request, whoever else changes it. */
const ADD_TOPIC = 'ADD t :topics SET x = :expires';
const DELETE_TOPIC = 'DELETE t :topics';
const IF_ROOM = 'attribute_not_exists(t) OR contains(t, :topic) OR size(t) < :most';

/**
 * The subscriptions in a table of DynamoDB: each connection's topics as a set in one item, from which `$disconnect` knows what
 * to end; and each topic's connections as items of a partition, which are read at once.
 */
export class DynamoSubscriptionStore implements SubscriptionStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #backoff: Backoff;
  readonly #requests: DynamoRequests;
  readonly #now: () => number;

  constructor({ now, ...options }: DynamoSubscriptionStoreOptions) {
    this.#client = options.client;
    this.#table = options.table;
    this.#backoff = new Backoff(options);
    this.#requests = new DynamoRequests(options);
    this.#now = now;
  }

  async subscribe(connectionId: string, topic: Topic): Promise<'subscribed' | 'too many'> {
    const expires: AttributeValue = { N: String(Math.ceil((this.#now() + KEPT_MS) / 1000)) };
    const values = { ':topic': { S: topic }, ':most': { N: String(MOST_TOPICS) }, ':expires': expires };
    if (!(await this.#change(connectionId, topic, { update: ADD_TOPIC, condition: IF_ROOM, values })))
      return 'too many';
    await this.#requests.put({ ...subscriberKey(topic, connectionId), attributes: { x: expires } });
    return 'subscribed';
  }

  async unsubscribe(connectionId: string, topic: Topic): Promise<void> {
    await this.#requests.deleteAll([subscriberKey(topic, connectionId)]);
    await this.#change(connectionId, topic, { update: DELETE_TOPIC, condition: 'attribute_exists(pk)' });
  }

  async readTopics(connectionId: string): Promise<readonly Topic[]> {
    const attributes = await this.#requests.get(connectionKey(connectionId));
    return (attributes?.['t']?.SS ?? []) as Topic[];
  }

  async forget(connectionId: string): Promise<void> {
    const topics = await this.readTopics(connectionId);
    // The set goes last: as long as it is there, it is known what is still to be ended.
    await this.#requests.deleteAll(topics.map((topic) => subscriberKey(topic, connectionId)));
    await this.#requests.deleteAll([connectionKey(connectionId)]);
  }

  async readSubscribers(topic: Topic): Promise<readonly string[]> {
    const connections: string[] = [];
    for await (const { sk } of this.#requests.query(topicPartition(topic))) connections.push(sk);
    return connections;
  }

  /** Changes a connection's set of topics; false if the condition does not hold. */
  async #change(connectionId: string, topic: Topic, { update, condition, values }: Change): Promise<boolean> {
    const { pk, sk } = connectionKey(connectionId);
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: update,
      ConditionExpression: condition,
      ExpressionAttributeValues: { ':topics': { SS: [topic] }, ...values },
    });
    try {
      await this.#backoff.whileThrottled('a write', () => this.#client.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

interface Change {
  readonly update: string;
  readonly condition: string;
  readonly values?: Readonly<Record<string, AttributeValue>>;
}

function connectionKey(id: string): ItemKey {
  return { pk: `connection/${id}`, sk: 't' };
}

function topicPartition(topic: Topic): string {
  return `topic/${topic}`;
}

function subscriberKey(topic: Topic, connectionId: string): ItemKey {
  return { pk: topicPartition(topic), sk: connectionId };
}
