import type { ShardTally } from '../../core/transactions-cloud/shard-tally.ts';
import type { TallyStore } from './tally-store.ts';

/** The twin of DynamoTallyStore: keeps the same contract, in memory. */
export class MemoryTallyStore implements TallyStore {
  readonly #tallies = new Map<string, ShardTally>();

  async read(shard: string): Promise<ShardTally | undefined> {
    return this.#tallies.get(shard);
  }

  async write(tally: ShardTally, before: string | undefined): Promise<boolean> {
    if (this.#tallies.get(tally.shard)?.position !== before) return false;
    this.#tallies.set(tally.shard, structuredClone(tally));
    return true;
  }

  async readAll(): Promise<ShardTally[]> {
    return Array.from(this.#tallies.values()).toSorted((one, other) => (one.shard < other.shard ? -1 : 1));
  }
}
