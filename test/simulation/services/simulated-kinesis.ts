import { createHash } from 'node:crypto';
import { ProvisionedThroughputExceededException, type PutRecordCommandInput } from '@aws-sdk/client-kinesis';
import type { Clock } from '../world/clock.ts';
import { SimulationGap, type Command, type SimulatedService } from '../world/wire.ts';

export interface ShardRecord {
  readonly shard: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
}

export interface Shard {
  readonly id: string;
  /** Its records come before this shard's. */
  readonly parent: Shard | undefined;
  readonly records: ShardRecord[];
  isClosed: boolean;
}

/** One short of a power of ten: the first records have numbers of different lengths, which only compare as numbers. */
const FIRST_SEQUENCE_NUMBER = 10n ** 30n - 3n;

export class SimulatedKinesis implements SimulatedService {
  readonly name = 'kinesis';
  readonly shards: Shard[] = [];
  readonly #clock: Clock;
  #sequenceNumber = FIRST_SEQUENCE_NUMBER;

  constructor(clock: Clock, shardCount: number) {
    this.#clock = clock;
    for (let shard = 0; shard < shardCount; shard++) this.#open(undefined);
  }

  execute({ name, input }: Command): unknown {
    if (name !== 'PutRecordCommand') throw new SimulationGap(`the simulated Kinesis does not know ${name}`);
    const { PartitionKey: partitionKey = '', Data: data = new Uint8Array() } =
      input as unknown as PutRecordCommandInput;
    const { shard, sequenceNumber } = this.put(partitionKey, data);
    return { ShardId: shard, SequenceNumber: sequenceNumber };
  }

  throttled(): Error {
    return new ProvisionedThroughputExceededException({ message: 'Rate exceeded', $metadata: {} });
  }

  put(partitionKey: string, data: Uint8Array): ShardRecord {
    const shard = this.#shardOf(partitionKey);
    this.#sequenceNumber += 2n;
    const record = {
      shard: shard.id,
      sequenceNumber: String(this.#sequenceNumber),
      partitionKey,
      data: Uint8Array.from(data),
      at: this.#clock.now,
    };
    shard.records.push(record);
    return record;
  }

  /** Closes an open shard; what its partition keys get from now on goes into two new ones. */
  split(shard: Shard): void {
    shard.isClosed = true;
    this.#open(shard);
    this.#open(shard);
  }

  #open(parent: Shard | undefined): void {
    const id = `shardId-${String(this.shards.length).padStart(12, '0')}`;
    this.shards.push({ id, parent, records: [], isClosed: false });
  }

  /** Among the shards of the first generation by the key's hash, and so on among the children of closed ones. */
  #shardOf(partitionKey: string): Shard {
    const digest = createHash('md5').update(partitionKey).digest();
    let candidates = this.shards.filter(({ parent }) => parent === undefined);
    for (let level = 0; ; level++) {
      const shard = candidates[(digest[level] ?? 0) % candidates.length];
      if (shard === undefined) throw new RangeError('there is no shard');
      if (!shard.isClosed) return shard;
      candidates = this.shards.filter(({ parent }) => parent === shard);
    }
  }
}
