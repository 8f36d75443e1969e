import { readStoredJson, type StoredJson } from '../../core/cloud/stored-json.ts';
import { decodeTally, encodeTally, type StoredTally } from '../../core/cloud/tally-codec.ts';
import type { ShardTally } from '../../core/transactions-cloud/shard-tally.ts';
import { DynamoRequests, type Attributes, type DynamoRequestsOptions } from '../state/dynamo-requests.ts';
import { TALLIES_PARTITION, tallyKey } from '../state/item-keys.ts';
import type { TallyStore } from './tally-store.ts';

const FORMAT = 1;

interface TallyDocument extends StoredJson, StoredTally {}

/** The tallies in the table of the networks' state: `s` is the position, `d` the rest. */
export class DynamoTallyStore implements TallyStore {
  readonly #requests: DynamoRequests;

  constructor(options: DynamoRequestsOptions) {
    this.#requests = new DynamoRequests(options);
  }

  async read(shard: string): Promise<ShardTally | undefined> {
    const attributes = await this.#requests.get(tallyKey(shard));
    return attributes && tallyIn(shard, attributes);
  }

  async write({ shard, position, tally }: ShardTally, before: string | undefined): Promise<boolean> {
    const document: TallyDocument = { format: FORMAT, ...encodeTally(tally) };
    const attributes = { s: { S: position }, d: { S: JSON.stringify(document) } };
    return this.#requests.put(
      { ...tallyKey(shard), attributes },
      before === undefined
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: 's = :s', values: { ':s': { S: before } } },
    );
  }

  async readAll(): Promise<ShardTally[]> {
    const tallies: ShardTally[] = [];
    for await (const { sk, attributes } of this.#requests.query(TALLIES_PARTITION)) {
      tallies.push(tallyIn(sk, attributes));
    }
    return tallies;
  }
}

function tallyIn(shard: string, { s, d }: Attributes): ShardTally {
  const document = readStoredJson('tally of a shard', d?.S ?? '', FORMAT) as TallyDocument;
  return { shard, position: s?.S ?? '', tally: decodeTally(document) };
}
