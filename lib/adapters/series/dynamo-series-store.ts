import type { ParkedEntry } from '../../core/series-cloud/entry.ts';
import type { Chunk } from '../../core/series-cloud/full-chunks.ts';
import type { Checkpoint } from '../../core/series-cloud/restore-detector.ts';
import { isConnected, type SeriesHead } from '../../core/series-cloud/series-head.ts';
import { deleteSpread } from '../state/delete-spread.ts';
import { DynamoRequests, type DynamoRequestsOptions, type Item } from '../state/dynamo-requests.ts';
import {
  answeredItem,
  checkpointItem,
  checkpointKey,
  checkpointOf,
  chunkItem,
  chunkKey,
  chunkOf,
  chunkPartition,
  clientPartition,
  clientStateOf,
  connectionItem,
  connectionKey,
  expiring,
  headItem,
  headKey,
  headOf,
  IF_NONE,
  isOfClient,
  ifAnsweredLess,
  ifNoLaterCheckpoint,
  ifHead,
  listPartition,
  ofClient,
  parkedItem,
  parkedKey,
  parkedOf,
  PARKED_ONLY,
} from './series-items.ts';
import type { ClientState, ConnectionRecord, Listing, SeriesStore } from './series-store.ts';

const HEADS_AT_ONCE = 100;
const LISTINGS = ['all', 'active'] as const satisfies readonly Listing[];

/** The clients in a table of DynamoDB, as items of series-items.ts. */
export class DynamoSeriesStore implements SeriesStore {
  readonly #requests: DynamoRequests;

  constructor(options: DynamoRequestsOptions) {
    this.#requests = new DynamoRequests(options);
  }

  async readConnection(id: string): Promise<ConnectionRecord | undefined> {
    const attributes = await this.#requests.get(connectionKey(id));
    if (attributes === undefined) return undefined;
    return { id, client: attributes['c']?.S ?? '', source: attributes['s']?.S ?? '' };
  }

  async writeConnection(connection: ConnectionRecord, expires: number): Promise<void> {
    await this.#put(connectionItem(connection), expires);
  }

  async readClient(client: string): Promise<ClientState | undefined> {
    return clientStateOf(await collected(this.#requests.query(clientPartition(client))));
  }

  async writeHead(head: SeriesHead, before: SeriesHead | undefined, expires: number): Promise<boolean> {
    const { attributes, ...key } = headItem(head);
    const condition = before === undefined ? IF_NONE : ifHead(before);
    return this.#requests.put({ ...key, attributes: expiring(attributes, expires) }, condition);
  }

  async markAnswered(head: SeriesHead, version: number, expires: number): Promise<void> {
    const { attributes, ...key } = answeredItem(head, version);
    await this.#requests.put({ ...key, attributes: expiring(attributes, expires) }, ifAnsweredLess(head, version));
  }

  async park(client: string, parked: ParkedEntry, expires: number): Promise<void> {
    await this.#put(parkedItem(client, parked), expires);
  }

  async readParked(client: string): Promise<ParkedEntry[]> {
    const items = await collected(this.#requests.query(clientPartition(client), { where: PARKED_ONLY }));
    return items.map(parkedOf);
  }

  async unpark(client: string, keys: readonly string[]): Promise<void> {
    await this.#requests.deleteAll(keys.map((key) => parkedKey(client, key)));
  }

  async writeChunk(head: SeriesHead, chunk: Chunk, expires: number): Promise<void> {
    await this.#put(chunkItem(head, chunk), expires);
  }

  async readChunk(head: SeriesHead, index: number): Promise<Chunk | undefined> {
    const key = chunkKey(head, index);
    const attributes = await this.#requests.get(key);
    return attributes && chunkOf({ ...key, attributes });
  }

  async *readChunksBefore(head: SeriesHead, index: number, atATime?: number): AsyncGenerator<Chunk> {
    const where = { expression: 'sk < :sk', values: { ':sk': { S: chunkKey(head, index).sk } } };
    for await (const item of this.#requests.query(chunkPartition(head), {
      newestFirst: true,
      pageSize: atATime,
      where,
    })) {
      yield chunkOf(item);
    }
  }

  async writeCheckpoint(head: SeriesHead, checkpoint: Checkpoint, expires: number): Promise<void> {
    const { attributes, ...key } = checkpointItem(head, checkpoint);
    await this.#requests.put({ ...key, attributes: expiring(attributes, expires) }, ifNoLaterCheckpoint(checkpoint));
  }

  async readCheckpoint(head: SeriesHead): Promise<Checkpoint | undefined> {
    const attributes = await this.#requests.get(checkpointKey(head));
    return attributes && checkpointOf(attributes);
  }

  async deleteHead(head: SeriesHead): Promise<boolean> {
    if (!(await this.#requests.delete(headKey(head.client), ifHead(head)))) return false;
    await this.#deleteBeside(head.client);
    return true;
  }

  async deleteClient(client: string, kept: SeriesHead | undefined): Promise<number> {
    if (kept === undefined) await this.#deleteBeside(client);
    return deleteSpread(this.#requests, ofClient(client), (key) => isOfClient(key, client, kept));
  }

  /** Answers, messages that wait, and the client's names in lists. */
  async #deleteBeside(client: string): Promise<void> {
    const beside = await collected(this.#requests.query(clientPartition(client)));
    const listed = LISTINGS.map((listing) => ({ pk: listPartition(listing), sk: client }));
    await this.#requests.deleteAll([...beside, ...listed]);
  }

  async listClient(client: string, listing: Listing, expires: number): Promise<void> {
    await this.#put({ pk: listPartition(listing), sk: client, attributes: {} }, expires);
  }

  async unlistActive(client: string): Promise<void> {
    await this.#requests.deleteAll([{ pk: listPartition('active'), sk: client }]);
  }

  async *readHeads(listing: Listing, after?: string): AsyncGenerator<SeriesHead> {
    const where = after === undefined ? undefined : { expression: 'sk > :sk', values: { ':sk': { S: after } } };
    const listed = this.#requests.query(listPartition(listing), { pageSize: HEADS_AT_ONCE, where });
    for await (const chunk of inAsyncChunks(listed, HEADS_AT_ONCE)) {
      const heads = (await this.#requests.getAll(chunk.map(({ sk }) => headKey(sk)))).map((item) =>
        headOf(item.attributes),
      );
      const byClient = new Map(heads.map((head) => [head.client, head]));
      for (const { sk: client } of chunk) {
        const head = byClient.get(client);
        if (head !== undefined && (listing === 'all' || isConnected(head))) yield head;
      }
    }
  }

  async #put({ attributes, ...key }: Item, expires: number): Promise<void> {
    await this.#requests.put({ ...key, attributes: expiring(attributes, expires) });
  }
}

async function* inAsyncChunks<Value>(values: AsyncIterable<Value>, size: number): AsyncGenerator<Value[]> {
  let chunk: Value[] = [];
  for await (const value of values) {
    chunk.push(value);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function collected<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}
