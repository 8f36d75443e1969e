import { loadOfGeneration } from '../../core/cloud/commits.ts';
import type { Head, UserSpace } from '../../core/cloud/head.ts';
import type { UserId } from '../../core/events/event.ts';
import type { UserState } from '../../core/network/network-detector.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { MemoryUsers } from './memory-users.ts';
import type { ChangedUser, StoredUser } from '../../core/cloud/stored-user.ts';
import type { EditFlag, FlagPlace, FlagsOfCommit, LoadState, StateStore, StoredFlag } from './state-store.ts';

/** The twin of DynamoStateStore: keeps the same contract, in memory. */
export class MemoryStateStore implements StateStore {
  readonly #heads = new Map<NetworkName, Head>();
  readonly #loads = new Map<NetworkName, LoadState>();
  readonly #generations = new Map<string, MemoryUsers>();
  readonly #flags = new Map<NetworkName, Map<number, StoredFlag[]>>();
  readonly #progress = new Map<string, number>();

  async readHead(network: NetworkName): Promise<Head | undefined> {
    return this.#heads.get(network);
  }

  async writeHead(head: Head): Promise<boolean> {
    if (head.version !== (this.#heads.get(head.network)?.version ?? 0) + 1) return false;
    this.#heads.set(head.network, structuredClone(head));
    return true;
  }

  async readUsers(space: UserSpace, ids: readonly UserId[]): Promise<Map<UserId, StoredUser>> {
    const users = this.#usersOf(space);
    const found = new Map<UserId, StoredUser>();
    for (const id of ids) {
      const user = users.read(id);
      if (user !== undefined) found.set(id, user);
    }
    return found;
  }

  async writeUsers(space: UserSpace, changed: readonly ChangedUser[]): Promise<Map<UserId, number>> {
    const users = this.#usersOf(space);
    const buckets = changed.map((user) => [user.state.id, users.write(user)] as const);
    return new Map(buckets.filter(([, friendBuckets]) => friendBuckets > 0));
  }

  async createUsers(space: UserSpace, created: Iterable<UserState>): Promise<boolean> {
    const users = this.#usersOf(space);
    for (const user of created) users.create(user);
    return true;
  }

  async deleteUsers(space: UserSpace): Promise<number> {
    const { itemCount } = this.#usersOf(space);
    this.#generations.delete(nameOf(space));
    return itemCount;
  }

  async deleteGenerations(network: NetworkName, before: number): Promise<number> {
    const names = Array.from(this.#generations.keys()).filter((name) => name.startsWith(`${network}/`));
    const generations = names.map((name) => name.slice(network.length + 1));
    const old = generations.filter((generation) => loadOfGeneration(generation) < before);
    const counts = await Promise.all(old.map((generation) => this.deleteUsers({ network, generation })));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async deleteUser(space: UserSpace, id: UserId, version: number): Promise<boolean> {
    return this.#usersOf(space).delete(id, version);
  }

  async writeFlags({ network, load, version, parameters, flagged }: FlagsOfCommit): Promise<void> {
    const flags = flagged.map((flag, index) => ({ load, version, index, parameters, ...structuredClone(flag) }));
    const commits = this.#flags.get(network) ?? new Map<number, StoredFlag[]>();
    this.#flags.set(network, commits.set(version, flags));
  }

  async readFlags(network: NetworkName, limit: number, before?: FlagPlace): Promise<StoredFlag[]> {
    const commits = Array.from(this.#flags.get(network) ?? []).toSorted(([a], [b]) => b - a);
    return commits
      .flatMap(([, flags]) => flags.toReversed())
      .filter((flag) => before === undefined || isBefore(flag, before))
      .slice(0, Math.max(0, limit));
  }

  async readFlagsOf(network: NetworkName, version: number): Promise<StoredFlag[]> {
    return [...(this.#flags.get(network)?.get(version) ?? [])];
  }

  async readFlag(network: NetworkName, { version, index }: FlagPlace): Promise<StoredFlag | undefined> {
    return this.#flags
      .get(network)
      ?.get(version)
      ?.find((flag) => flag.index === index);
  }

  async editFlags(network: NetworkName, upTo: number, edit: EditFlag): Promise<number> {
    let edited = 0;
    for (const [version, flags] of this.#flags.get(network) ?? []) {
      if (version > upTo) continue;
      const next = flags.map(edit);
      edited += next.filter((flag, index) => flag !== flags[index]).length;
      const left = next.filter((flag) => flag !== undefined);
      if (left.length === 0) this.#flags.get(network)?.delete(version);
      else this.#flags.get(network)?.set(version, left);
    }
    return edited;
  }

  async deleteLoad(network: NetworkName, token: string): Promise<boolean> {
    return this.#loads.get(network)?.token === token && this.#loads.delete(network);
  }

  async deleteHead(network: NetworkName, version: number): Promise<boolean> {
    return this.#heads.get(network)?.version === version && this.#heads.delete(network);
  }

  async readLoad(network: NetworkName): Promise<LoadState | undefined> {
    return this.#loads.get(network);
  }

  async writeLoad(load: LoadState, expectedToken: string | undefined): Promise<boolean> {
    if (this.#loads.get(load.network)?.token !== expectedToken) return false;
    this.#loads.set(load.network, structuredClone(load));
    return true;
  }

  async readProgress(source: string): Promise<number | undefined> {
    return this.#progress.get(source);
  }

  async writeProgress(source: string, lines: number): Promise<void> {
    this.#progress.set(source, lines);
  }

  async deleteProgress(prefixes: readonly string[]): Promise<number> {
    const sources = Array.from(this.#progress.keys()).filter((source) =>
      prefixes.some((prefix) => source.startsWith(prefix)),
    );
    for (const source of sources) this.#progress.delete(source);
    return sources.length;
  }

  async listNetworks(): Promise<NetworkName[]> {
    return Array.from(new Set([...this.#heads.keys(), ...this.#loads.keys()])).toSorted();
  }

  #usersOf(space: UserSpace): MemoryUsers {
    const name = nameOf(space);
    const users = this.#generations.get(name) ?? new MemoryUsers();
    this.#generations.set(name, users);
    return users;
  }
}

function nameOf({ network, generation }: UserSpace): string {
  return `${network}/${generation}`;
}

function isBefore(flag: FlagPlace, place: FlagPlace): boolean {
  return flag.version < place.version || (flag.version === place.version && flag.index < place.index);
}
