import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type AttributeValue,
  type KeysAndAttributes,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Backoff } from './backoff.ts';
import type { DynamoClient } from './dynamo-client.ts';
import { eachAtOnce, inChunks } from './each-at-once.ts';

/** An item, or its key, with all of its attributes. */
export type RawItem = Readonly<Record<string, AttributeValue>>;

export interface DynamoBatchesOptions {
  readonly client: DynamoClient;
  readonly table: string;
  readonly backoff: Backoff;
}

const MOST_KEYS_READ = 100;
const MOST_ITEMS_WRITTEN = 25;
const READS_AT_ONCE = 16;

/** Reads and writes many items of a table, by as many at a time as DynamoDB takes, until all are done. */
export class DynamoBatches {
  readonly #client: DynamoClient;
  readonly #table: string;
  readonly #backoff: Backoff;

  constructor({ client, table, backoff }: DynamoBatchesOptions) {
    this.#client = client;
    this.#table = table;
    this.#backoff = backoff;
  }

  /** The items among those asked for that there are, in no order; strongly consistent. Keys must be different. */
  async getAll(
    keys: Iterable<RawItem>,
    projection: Pick<KeysAndAttributes, 'ProjectionExpression'> = {},
  ): Promise<RawItem[]> {
    const found: RawItem[] = [];
    await eachAtOnce(inChunks(keys, MOST_KEYS_READ), READS_AT_ONCE, async (chunk) => {
      let request: KeysAndAttributes = { Keys: chunk, ConsistentRead: true, ...projection };
      await this.#backoff.untilNothingIsLeft('reads', async () => {
        const command = new BatchGetItemCommand({ RequestItems: { [this.#table]: request } });
        const { Responses, UnprocessedKeys } = await this.#client.send(command);
        found.push(...(Responses?.[this.#table] ?? []));
        const left = UnprocessedKeys?.[this.#table]?.Keys ?? [];
        request = { ...request, Keys: left };
        return left.length;
      });
    });
    return found;
  }

  /** Puts and deletes items, whatever there is. Gives whether each request was answered the first time. */
  async writeAll(writes: Iterable<WriteRequest>, atOnce: number): Promise<boolean> {
    let areAllAnswered = true;
    await eachAtOnce(inChunks(writes, MOST_ITEMS_WRITTEN), atOnce, async (chunk) => {
      let requests = chunk;
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
