import { ConditionalCheckFailedException, DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Backoff } from '../state/backoff.ts';
import { DynamoRequests, type DynamoRequestsOptions } from '../state/dynamo-requests.ts';
import type { ItemKey } from '../state/item-keys.ts';
import type { TicketStore } from './ticket-store.ts';

interface DynamoTicketStoreOptions extends DynamoRequestsOptions {
  readonly client: DynamoDBClient;
}

const IF_VALID = 'e > :now';

/** The tickets in the table of the subscriptions, each an item. What nobody takes goes by itself, some time after its own. */
export class DynamoTicketStore implements TicketStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #backoff: Backoff;
  readonly #requests: DynamoRequests;

  constructor(options: DynamoTicketStoreOptions) {
    this.#client = options.client;
    this.#table = options.table;
    this.#backoff = new Backoff(options);
    this.#requests = new DynamoRequests(options);
  }

  async put(hash: string, expiresAt: number): Promise<void> {
    const attributes = { e: { N: String(expiresAt) }, x: { N: String(Math.ceil(expiresAt / 1000)) } };
    await this.#requests.put({ ...ticketKey(hash), attributes });
  }

  async take(hash: string, now: number): Promise<boolean> {
    const { pk, sk } = ticketKey(hash);
    const command = new DeleteItemCommand({
      TableName: this.#table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConditionExpression: IF_VALID,
      ExpressionAttributeValues: { ':now': { N: String(now) } },
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

function ticketKey(hash: string): ItemKey {
  return { pk: `ticket/${hash}`, sk: 't' };
}
