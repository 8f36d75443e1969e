import type { ParkedEntry } from '../../core/series-cloud/entry.ts';
import type { Chunk } from '../../core/series-cloud/full-chunks.ts';
import type { Checkpoint } from '../../core/series-cloud/restore-detector.ts';
import { isConnected, type SeriesHead } from '../../core/series-cloud/series-head.ts';
import type { ClientState, ConnectionRecord, Listing, SeriesStore } from './series-store.ts';

interface MemoryClient {
  head: SeriesHead;
  answered: { readonly born: string; readonly version: number };
}

/** The twin of DynamoSeriesStore: keeps the same contract, in memory. Nothing expires. */
export class MemorySeriesStore implements SeriesStore {
  readonly #connections = new Map<string, ConnectionRecord>();
  readonly #clients = new Map<string, MemoryClient>();
  readonly #parked = new Map<string, Map<string, ParkedEntry>>();
  readonly #chunks = new Map<string, Map<number, Chunk>>();
  readonly #checkpoints = new Map<string, Checkpoint>();
  /** Whose each series is. */
  readonly #owners = new Map<string, string>();
  readonly #lists = { all: new Set<string>(), active: new Set<string>() };

  async readConnection(id: string): Promise<ConnectionRecord | undefined> {
    return this.#connections.get(id);
  }

  async writeConnection(connection: ConnectionRecord): Promise<void> {
    this.#connections.set(connection.id, structuredClone(connection));
  }

  async readClient(client: string): Promise<ClientState | undefined> {
    const stored = this.#clients.get(client);
    if (stored === undefined) return undefined;
    const { head, answered } = stored;
    const parked = await this.readParked(client);
    return { head, answered: answered.born === head.born ? answered.version : 0, parked };
  }

  async writeHead(head: SeriesHead, before: SeriesHead | undefined): Promise<boolean> {
    const stored = this.#clients.get(head.client);
    if (stored?.head.version !== before?.version || stored?.head.born !== before?.born) return false;
    const answered = stored?.answered ?? { born: head.born, version: 0 };
    this.#clients.set(head.client, { head: structuredClone(head), answered });
    return true;
  }

  async markAnswered({ client, born }: SeriesHead, version: number): Promise<void> {
    const stored = this.#clients.get(client);
    if (stored === undefined || (stored.answered.born === born && stored.answered.version >= version)) return;
    stored.answered = { born, version };
  }

  async park(client: string, parked: ParkedEntry): Promise<void> {
    const waiting = this.#parked.get(client) ?? new Map<string, ParkedEntry>();
    this.#parked.set(client, waiting.set(parked.key, structuredClone(parked)));
  }

  async readParked(client: string): Promise<ParkedEntry[]> {
    return Array.from(this.#parked.get(client)?.values() ?? []);
  }

  async unpark(client: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#parked.get(client)?.delete(key);
  }

  async writeChunk({ born, client }: SeriesHead, chunk: Chunk): Promise<void> {
    this.#owners.set(born, client);
    const chunks = this.#chunks.get(born) ?? new Map<number, Chunk>();
    this.#chunks.set(born, chunks.set(chunk.index, structuredClone(chunk)));
  }

  async readChunk({ born }: SeriesHead, index: number): Promise<Chunk | undefined> {
    return this.#chunks.get(born)?.get(index);
  }

  async *readChunksBefore({ born }: SeriesHead, index: number): AsyncGenerator<Chunk> {
    const chunks = this.#chunks.get(born);
    for (let place = index - 1; place >= 0; place--) {
      const chunk = chunks?.get(place);
      if (chunk !== undefined) yield chunk;
    }
  }

  async writeCheckpoint({ born, client }: SeriesHead, checkpoint: Checkpoint): Promise<void> {
    this.#owners.set(born, client);
    const { place = -1 } = this.#checkpoints.get(born) ?? {};
    if (checkpoint.place >= place) this.#checkpoints.set(born, structuredClone(checkpoint));
  }

  async readCheckpoint({ born }: SeriesHead): Promise<Checkpoint | undefined> {
    return this.#checkpoints.get(born);
  }

  async deleteHead({ client, version, born }: SeriesHead): Promise<boolean> {
    const head = this.#clients.get(client)?.head;
    if (head?.version !== version || head.born !== born) return false;
    this.#deleteBeside(client);
    return true;
  }

  async deleteClient(client: string, kept: SeriesHead | undefined): Promise<number> {
    if (kept === undefined) this.#deleteBeside(client);
    const connections = Array.from(this.#connections.values()).filter((one) => !kept && one.client === client);
    for (const { id } of connections) this.#connections.delete(id);
    let deleted = connections.length;
    for (const [born, owner] of this.#owners) {
      if (owner !== client || born === kept?.born) continue;
      deleted += (this.#chunks.get(born)?.size ?? 0) + Number(this.#checkpoints.delete(born));
      this.#chunks.delete(born);
    }
    return deleted;
  }

  #deleteBeside(client: string): void {
    this.#clients.delete(client);
    this.#parked.delete(client);
    for (const list of Object.values(this.#lists)) list.delete(client);
  }

  async listClient(client: string, listing: Listing): Promise<void> {
    this.#lists[listing].add(client);
  }

  async unlistActive(client: string): Promise<void> {
    this.#lists.active.delete(client);
  }

  async *readHeads(listing: Listing, after = ''): AsyncGenerator<SeriesHead> {
    for (const client of Array.from(this.#lists[listing]).toSorted()) {
      if (client <= after) continue;
      const head = this.#clients.get(client)?.head;
      if (head !== undefined && (listing === 'all' || isConnected(head))) yield head;
    }
  }
}
