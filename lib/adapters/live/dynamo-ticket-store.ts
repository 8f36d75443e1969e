import { DynamoRequests, type DynamoRequestsOptions } from '../state/dynamo-requests.ts';
import type { ItemKey } from '../state/item-keys.ts';
import type { TicketStore } from './ticket-store.ts';

/** The tickets in the table of the subscriptions, each an item. What nobody takes goes by itself, some time after its own. */
export class DynamoTicketStore implements TicketStore {
  readonly #requests: DynamoRequests;

  constructor(options: DynamoRequestsOptions) {
    this.#requests = new DynamoRequests(options);
  }

  async put(hash: string, expiresAt: number): Promise<void> {
    const attributes = { e: { N: String(expiresAt) }, x: { N: String(Math.ceil(expiresAt / 1000)) } };
    await this.#requests.put({ ...ticketKey(hash), attributes });
  }

  async take(hash: string, now: number): Promise<boolean> {
    return this.#requests.delete(ticketKey(hash), { expression: 'e > :now', values: { ':now': { N: String(now) } } });
  }
}

function ticketKey(hash: string): ItemKey {
  return { pk: `ticket/${hash}`, sk: 't' };
}
