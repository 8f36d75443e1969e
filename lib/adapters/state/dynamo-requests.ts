import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type AttributeValue,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { Backoff, type BackoffOptions } from './backoff.ts';
import { DynamoBatches } from './dynamo-batches.ts';
import type { DynamoClient } from './dynamo-client.ts';
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

/** The requests that are made of the table: strongly consistent, and repeated while they are throttled. */
export class DynamoRequests {
  readonly #client: DynamoClient;
  readonly #table: string;
  readonly #backoff: Backoff;
  readonly #batches: DynamoBatches;

  constructor({ client, table, ...backoff }: DynamoRequestsOptions) {
    this.#client = client;
    this.#table = table;
    this.#backoff = new Backoff(backoff);
    this.#batches = new DynamoBatches({ client, table, backoff: this.#backoff });
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
    return ifHolds(this.#backoff.whileThrottled('a write', () => this.#client.send(command)));
  }

  /** Deletes an item; false if the condition does not hold. */
  async delete(key: ItemKey, condition: Condition): Promise<boolean> {
    const command = new DeleteItemCommand({
      TableName: this.#table,
      Key: marshalKey(key),
      ConditionExpression: condition.expression,
      ExpressionAttributeValues: condition.values,
    });
    return ifHolds(this.#backoff.whileThrottled('a write', () => this.#client.send(command)));
  }

  /** The items among those asked for that there are, in no order. Keys must be different. */
  async getAll(keys: readonly ItemKey[]): Promise<Item[]> {
    return (await this.#batches.getAll(keys.map(marshalKey))).map(unmarshal);
  }

  /** Writes items in bulk, whatever there is. Gives whether each request was answered the first time. */
  async putAll(items: Iterable<Item>, atOnce: number): Promise<boolean> {
    return this.#batches.writeAll(mapped(items, putRequestOf), atOnce);
  }

  async deleteAll(keys: Iterable<ItemKey>, atOnce = 1): Promise<void> {
    await this.#batches.writeAll(
      mapped(keys, (key) => ({ DeleteRequest: { Key: marshalKey(key) } })),
      atOnce,
    );
  }

  /** The items of a partition in the order of their sort keys, or in reverse; read as they are asked for. */
  async *query(partition: string, { newestFirst = false, pageSize, where }: QueryOptions = {}): AsyncGenerator<Item> {
    const input = {
      TableName: this.#table,
      KeyConditionExpression: where === undefined ? 'pk = :pk' : `pk = :pk AND ${where.expression}`,
      ExpressionAttributeValues: { ':pk': { S: partition }, ...where?.values },
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

  /** The keys of those items in a part of the table that something holds of, page by page. */
  async *scanKeys(where: Condition, segment: { number: number; of: number }): AsyncGenerator<ItemKey[]> {
    const input = {
      TableName: this.#table,
      FilterExpression: where.expression,
      ExpressionAttributeValues: where.values,
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
}

export interface QueryOptions {
  readonly newestFirst?: boolean;
  readonly pageSize?: number | undefined;
  /** What must hold of the sort key. */
  readonly where?: Condition | undefined;
}

/** True once it is written; false if its condition does not hold. */
export async function ifHolds(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function* mapped<From, To>(values: Iterable<From>, change: (value: From) => To): Generator<To> {
  for (const value of values) yield change(value);
}

function putRequestOf({ pk, sk, attributes }: Item): WriteRequest {
  return { PutRequest: { Item: { ...marshalKey({ pk, sk }), ...attributes } } };
}

function marshalKey({ pk, sk }: ItemKey): Record<string, AttributeValue> {
  return { pk: { S: pk }, sk: { S: sk } };
}

function unmarshal({ pk, sk, ...attributes }: Record<string, AttributeValue>): Item {
  return { pk: pk?.S ?? '', sk: sk?.S ?? '', attributes };
}
