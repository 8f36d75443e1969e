import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type AttributeValue,
  type KeysAndAttributes,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { Backoff, type BackoffOptions } from './backoff.ts';
import type { DynamoClient } from './dynamo-client.ts';
import { eachAtOnce, inChunks } from './each-at-once.ts';
import type { ItemKey } from './item-keys.ts';

/** An item's attributes, its key aside. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface Item extends ItemKey {
  readonly attributes: Attributes;
}

/** What must hold of the stored item for it to be replaced. */
export interface Condition {
  readonly expression: string;
  readonly values?: Record<string, AttributeValue>;
}

export interface DynamoRequestsOptions extends BackoffOptions {
  readonly client: DynamoClient;
  readonly table: string;
}

const MOST_KEYS_READ = 100;
const MOST_ITEMS_WRITTEN = 25;
const READS_AT_ONCE = 16;

/** The requests that are made of the table: strongly consistent, and repeated while they are throttled. */
export class DynamoRequests {
  readonly #client: DynamoClient;
  readonly #table: string;
  readonly #backoff: Backoff;

  constructor({ client, table, ...backoff }: DynamoRequestsOptions) {
    this.#client = client;
    this.#table = table;
    this.#backoff = new Backoff(backoff);
  }

  async get(key: ItemKey): Promise<Attributes | undefined> {
    const input = { TableName: this.#table, Key: marshalKey(key), ConsistentRead: true };
    const { Item } = await this.#backoff.whileThrottled('a read', () => this.#client.send(new GetItemCommand(input)));
    return Item;
  }

  /** Replaces an item; false if the condition does not hold. */
  async put({ pk, sk, attributes }: Item, condition?: Condition): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: { ...marshalKey({ pk, sk }), ...attributes },
      ConditionExpression: condition?.expression,
      ExpressionAttributeValues: condition?.values,
    });
    try {
      await this.#backoff.whileThrottled('a write', () => this.#client.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** The items among those asked for that there are, in no order. Keys must be different. */
  async getAll(keys: readonly ItemKey[]): Promise<Item[]> {
    const found: Item[] = [];
    await eachAtOnce(inChunks(keys, MOST_KEYS_READ), READS_AT_ONCE, async (chunk) => {
      found.push(...(await this.#getChunk(chunk)));
    });
    return found;
  }

  /** Writes items in bulk, whatever there is. Gives whether each request was answered the first time. */
  async putAll(items: Iterable<Item>, atOnce: number): Promise<boolean> {
    return this.#writeAll(items, atOnce, ({ pk, sk, attributes }) => {
      return { PutRequest: { Item: { ...marshalKey({ pk, sk }), ...attributes } } };
    });
  }

  async deleteAll(keys: Iterable<ItemKey>, atOnce = 1): Promise<void> {
    await this.#writeAll(keys, atOnce, (key) => ({ DeleteRequest: { Key: marshalKey(key) } }));
  }

  /** The items of a partition in the order of their sort keys, or in reverse; read as they are asked for. */
  async *query(partition: string, { newestFirst = false, pageSize }: QueryOptions = {}): AsyncGenerator<Item> {
    const input = {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partition } },
      ConsistentRead: true,
      ScanIndexForward: !newestFirst,
      Limit: pageSize,
    };
    let start: Record<string, AttributeValue> | undefined;
    do {
      const command = new QueryCommand({ ...input, ExclusiveStartKey: start });
      const page = await this.#backoff.whileThrottled('a query', () => this.#client.send(command));
      yield* (page.Items ?? []).map(unmarshal);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }

  /** The keys of a part of the table that start with a prefix, page by page. */
  async *scanKeys(prefix: string, segment: { number: number; of: number }): AsyncGenerator<ItemKey[]> {
    const input = {
      TableName: this.#table,
      FilterExpression: 'begins_with(pk, :prefix)',
      ExpressionAttributeValues: { ':prefix': { S: prefix } },
      ProjectionExpression: 'pk, sk',
      ConsistentRead: true,
      Segment: segment.number,
      TotalSegments: segment.of,
    };
    let start: Record<string, AttributeValue> | undefined;
    do {
      const command = new ScanCommand({ ...input, ExclusiveStartKey: start });
      const page = await this.#backoff.whileThrottled('a scan', () => this.#client.send(command));
      yield (page.Items ?? []).map(unmarshal);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }

  async #getChunk(keys: readonly ItemKey[]): Promise<Item[]> {
    const found: Item[] = [];
    let request: KeysAndAttributes = { Keys: keys.map(marshalKey), ConsistentRead: true };
    await this.#backoff.untilNothingIsLeft('reads', async () => {
      const command = new BatchGetItemCommand({ RequestItems: { [this.#table]: request } });
      const { Responses, UnprocessedKeys } = await this.#client.send(command);
      found.push(...(Responses?.[this.#table] ?? []).map(unmarshal));
      const left = UnprocessedKeys?.[this.#table]?.Keys ?? [];
      request = { Keys: left, ConsistentRead: true };
      return left.length;
    });
    return found;
  }

  async #writeAll<Written>(
    items: Iterable<Written>,
    atOnce: number,
    requestOf: (item: Written) => WriteRequest,
  ): Promise<boolean> {
    let areAllAnswered = true;
    await eachAtOnce(inChunks(items, MOST_ITEMS_WRITTEN), atOnce, async (chunk) => {
      let requests = chunk.map(requestOf);
      await this.#backoff.untilNothingIsLeft('writes', async () => {
        const command = new BatchWriteItemCommand({ RequestItems: { [this.#table]: requests } });
        const { UnprocessedItems, $metadata } = await this.#client.send(command);
        if (($metadata?.attempts ?? 1) > 1) areAllAnswered = false;
        requests = UnprocessedItems?.[this.#table] ?? [];
        return requests.length;
      });
    });
    return areAllAnswered;
  }
}

export interface QueryOptions {
  readonly newestFirst?: boolean;
  readonly pageSize?: number;
}

function marshalKey({ pk, sk }: ItemKey): Record<string, AttributeValue> {
  return { pk: { S: pk }, sk: { S: sk } };
}

function unmarshal({ pk, sk, ...attributes }: Record<string, AttributeValue>): Item {
  return { pk: pk?.S ?? '', sk: sk?.S ?? '', attributes };
}
