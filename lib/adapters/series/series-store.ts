import type { ParkedEntry } from '../../core/series-cloud/entry.ts';
import type { Chunk } from '../../core/series-cloud/full-chunks.ts';
import type { Checkpoint } from '../../core/series-cloud/restore-detector.ts';
import type { SeriesHead } from '../../core/series-cloud/series-head.ts';

/**
 * What is kept of the clients of the series detector. Every read is strongly consistent. What is written goes by itself some
 * time after `expires`, in milliseconds since 1970: at any moment, or late.
 */
export interface SeriesStore {
  readConnection(id: string): Promise<ConnectionRecord | undefined>;
  writeConnection(connection: ConnectionRecord, expires: number): Promise<void>;

  /** The client's head with what waits beside it; undefined for a client that is not known. */
  readClient(client: string): Promise<ClientState | undefined>;
  /**
   * Replaces the head by one of the next version, if the stored one is still `before` (undefined: if there is none); false if
   * it is not. A lost reply shows as an error, or as false after the head was in fact written.
   */
  writeHead(head: SeriesHead, before: SeriesHead | undefined, expires: number): Promise<boolean>;
  /** Notes that the answers of a version, and so those of all before, are sent. Never goes back within a series. */
  markAnswered(head: SeriesHead, version: number, expires: number): Promise<void>;

  park(client: string, parked: ParkedEntry, expires: number): Promise<void>;
  readParked(client: string): Promise<ParkedEntry[]>;
  unpark(client: string, keys: readonly string[]): Promise<void>;

  /** Writes a full chunk; again is the same. */
  writeChunk(head: SeriesHead, chunk: Chunk, expires: number): Promise<void>;
  readChunk(head: SeriesHead, index: number): Promise<Chunk | undefined>;
  /** The chunks before an index, the newest first, read as they are asked for: so many at a time, if that is known. */
  readChunksBefore(head: SeriesHead, index: number, atATime?: number): AsyncIterable<Chunk>;
  /** Replaces a checkpoint by a later one. */
  writeCheckpoint(head: SeriesHead, checkpoint: Checkpoint, expires: number): Promise<void>;
  readCheckpoint(head: SeriesHead): Promise<Checkpoint | undefined>;

  /** Deletes a client's head, and what waits beside it, if it still is that head; false if it is not. */
  deleteHead(head: SeriesHead): Promise<boolean>;
  /**
   * Deletes what there is of a client beside its head: connections, and all series of its name but that of the head given.
   * Gives how many items it deleted.
   */
  deleteClient(client: string, kept: SeriesHead | undefined): Promise<number>;

  /** Notes that a client is there, and whether it may be connected: its head tells whether it is. */
  listClient(client: string, listing: Listing, expires: number): Promise<void>;
  unlistActive(client: string): Promise<void>;
  /** The heads of all clients, or of those connected, in the order of their names; those behind a name, if one is given. */
  readHeads(listing: Listing, after?: string): AsyncIterable<SeriesHead>;
}

export type Listing = 'all' | 'active';

/** What a message does not say. */
export interface ConnectionRecord {
  readonly id: string;
  readonly client: string;
  /** What its numbers belong to. */
  readonly source: string;
}

export interface ClientState {
  readonly head: SeriesHead;
  /** Up to which version answers are sent; 0 before the first. */
  readonly answered: number;
  readonly parked: readonly ParkedEntry[];
}
