import { decodeHead, encodeHead } from '../../core/cloud/head-codec.ts';
import type { Head, UserSpace } from '../../core/cloud/head.ts';
import { readStoredJson, type StoredJson } from '../../core/cloud/stored-json.ts';
import type { UserId } from '../../core/events/event.ts';
import type { UserState } from '../../core/network/network-detector.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { editFlags, flagItems, readFlag, readFlags, readFlagsOf } from './dynamo-flags.ts';
import { deleteSpread, inPartitions } from './delete-spread.ts';
import { DynamoRequests, type Condition, type DynamoRequestsOptions } from './dynamo-requests.ts';
import { DynamoUsers, type Concurrency } from './dynamo-users.ts';
import {
  headKey,
  loadKey,
  NETWORKS_PARTITION,
  networkKey,
  PROGRESS,
  progressKey,
  progressPrefix,
} from './item-keys.ts';
import type { ChangedUser, StoredUser } from '../../core/cloud/stored-user.ts';
import type { EditFlag, FlagPlace, FlagsOfCommit, LoadState, StateStore, StoredFlag } from './state-store.ts';

export interface DynamoStateStoreOptions extends DynamoRequestsOptions, Partial<Concurrency> {}

const FORMAT = 1;
const IF_NONE: Condition = { expression: 'attribute_not_exists(pk)' };

interface LoadDocument extends StoredJson, LoadState {}

interface ProgressDocument extends StoredJson {
  readonly lines: number;
}

/** The state in one table of DynamoDB, with the keys of item-keys.ts: `v` is a version, `t` a token, `d` a document. */
export class DynamoStateStore implements StateStore {
  readonly #requests: DynamoRequests;
  readonly #users: DynamoUsers;
  readonly #bulkWrites: number;

  constructor({ writes = 64, bulkWrites = 16, ...requests }: DynamoStateStoreOptions) {
    this.#requests = new DynamoRequests(requests);
    this.#users = new DynamoUsers(this.#requests, { writes, bulkWrites });
    this.#bulkWrites = bulkWrites;
  }

  async readHead(network: NetworkName): Promise<Head | undefined> {
    const text = await this.#readDocument(headKey(network));
    return text === undefined ? undefined : decodeHead(text);
  }

  async writeHead(head: Head): Promise<boolean> {
    const { network, version } = head;
    // Also with the second commit: who deletes a head may have taken the network off the list just after the first.
    if (version <= 2) await this.#listNetwork(network);
    const attributes = { v: { N: String(version) }, d: { S: encodeHead(head) } };
    return this.#requests.put({ ...headKey(network), attributes }, version === 1 ? IF_NONE : ifVersion(version - 1));
  }

  async readUsers(space: UserSpace, ids: readonly UserId[]): Promise<Map<UserId, StoredUser>> {
    return this.#users.read(space, ids);
  }

  async writeUsers(space: UserSpace, users: readonly ChangedUser[]): Promise<Map<UserId, number>> {
    return this.#users.write(space, users);
  }

  async createUsers(space: UserSpace, users: Iterable<UserState>): Promise<boolean> {
    return this.#users.create(space, users);
  }

  async deleteUsers(space: UserSpace): Promise<number> {
    return this.#users.delete(space);
  }

  async deleteGenerations(network: NetworkName, before: number): Promise<number> {
    return this.#users.deleteGenerations(network, before);
  }

  async deleteUser(space: UserSpace, id: UserId, version: number): Promise<boolean> {
    return this.#users.deleteUser(space, id, version);
  }

  async writeFlags(commit: FlagsOfCommit): Promise<void> {
    await this.#requests.putAll(flagItems(commit), this.#bulkWrites);
  }

  async readFlags(network: NetworkName, limit: number, before?: FlagPlace): Promise<StoredFlag[]> {
    return readFlags(this.#requests, network, { limit, before });
  }

  async readFlagsOf(network: NetworkName, version: number): Promise<StoredFlag[]> {
    return readFlagsOf(this.#requests, network, version);
  }

  async readFlag(network: NetworkName, place: FlagPlace): Promise<StoredFlag | undefined> {
    return readFlag(this.#requests, network, place);
  }

  async editFlags(network: NetworkName, upTo: number, edit: EditFlag): Promise<number> {
    return editFlags(this.#requests, { network, upTo, edit });
  }

  async deleteLoad(network: NetworkName, token: string): Promise<boolean> {
    return this.#requests.delete(loadKey(network), ifToken(token));
  }

  async deleteHead(network: NetworkName, version: number): Promise<boolean> {
    if (!(await this.#requests.delete(headKey(network), ifVersion(version)))) return false;
    // Whoever commits the first version lists the network before it, and may have done so just now.
    await this.#requests.deleteAll([networkKey(network)]);
    if ((await this.readHead(network)) !== undefined || (await this.readLoad(network)) !== undefined) {
      await this.#listNetwork(network);
    }
    return true;
  }

  async readLoad(network: NetworkName): Promise<LoadState | undefined> {
    const text = await this.#readDocument(loadKey(network));
    if (text === undefined) return undefined;
    const { format: _, ...load } = readStoredJson('state of a load', text, FORMAT) as LoadDocument;
    return load;
  }

  async writeLoad(load: LoadState, expectedToken: string | undefined): Promise<boolean> {
    const { network, token } = load;
    if (expectedToken === undefined) await this.#listNetwork(network);
    const document: LoadDocument = { format: FORMAT, ...load };
    const attributes = { t: { S: token }, d: { S: JSON.stringify(document) } };
    return this.#requests.put({ ...loadKey(network), attributes }, ifToken(expectedToken));
  }

  async readProgress(source: string): Promise<number | undefined> {
    const text = await this.#readDocument(progressKey(source));
    if (text === undefined) return undefined;
    return (readStoredJson('progress of a log', text, FORMAT) as ProgressDocument).lines;
  }

  async writeProgress(source: string, lines: number): Promise<void> {
    const document: ProgressDocument = { format: FORMAT, lines };
    await this.#requests.put({ ...progressKey(source), attributes: { d: { S: JSON.stringify(document) } } });
  }

  async deleteProgress(prefixes: readonly string[]): Promise<number> {
    const starts = prefixes.map(progressPrefix);
    return deleteSpread(this.#requests, inPartitions(PROGRESS), ({ pk }) =>
      starts.some((start) => pk.startsWith(start)),
    );
  }

  async listNetworks(): Promise<NetworkName[]> {
    const networks: NetworkName[] = [];
    for await (const { sk } of this.#requests.query(NETWORKS_PARTITION)) networks.push(sk as NetworkName);
    return networks;
  }

  async #readDocument(key: { pk: string; sk: string }): Promise<string | undefined> {
    return (await this.#requests.get(key))?.['d']?.S;
  }

  /** Comes before the first write of the network's own items, so that none is ever missing from the list. */
  async #listNetwork(network: NetworkName): Promise<void> {
    await this.#requests.put({ ...networkKey(network), attributes: { f: { N: String(FORMAT) } } });
  }
}

function ifVersion(version: number): Condition {
  return { expression: 'v = :v', values: { ':v': { N: String(version) } } };
}

function ifToken(token: string | undefined): Condition {
  return token === undefined ? IF_NONE : { expression: 't = :t', values: { ':t': { S: token } } };
}
