import { decodeErasure, encodeErasure, type Erasure } from '../../core/erasure/erasure.ts';
import { DynamoRequests, type DynamoRequestsOptions } from '../state/dynamo-requests.ts';
import type { ItemKey } from '../state/item-keys.ts';
import type { ErasureStore, NamedErasure } from './erasure-store.ts';

/** No network's partition: their names hold no `#`. */
const PARTITION = '#erasures';

/** The removals in a partition of the table of the networks' state: `d` is the document. */
export class DynamoErasureStore implements ErasureStore {
  readonly #requests: DynamoRequests;

  constructor(options: DynamoRequestsOptions) {
    this.#requests = new DynamoRequests(options);
  }

  async read(name: string): Promise<Erasure | undefined> {
    const attributes = await this.#requests.get(keyOf(name));
    return attributes && decodeErasure(attributes['d']?.S ?? '');
  }

  async readAll(): Promise<NamedErasure[]> {
    const erasures: NamedErasure[] = [];
    for await (const { sk, attributes } of this.#requests.query(PARTITION)) {
      erasures.push({ name: sk, erasure: decodeErasure(attributes['d']?.S ?? '') });
    }
    return erasures;
  }

  async write(name: string, erasure: Erasure): Promise<void> {
    await this.#requests.put({ ...keyOf(name), attributes: { d: { S: encodeErasure(erasure) } } });
  }

  async delete(name: string): Promise<void> {
    await this.#requests.deleteAll([keyOf(name)]);
  }
}

function keyOf(name: string): ItemKey {
  return { pk: PARTITION, sk: name };
}
