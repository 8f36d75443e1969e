import type { Clock } from '../../clock.ts';
import type { MappingDefinition } from '../../deploy/definitions.ts';
import type { Tell } from '../../run-events.ts';
import type { FailureStore } from '../failure-store.ts';
import type { Invoke } from '../invocation.ts';
import { BatchDelivery } from './batch-delivery.ts';
import type { Checkpoints } from './checkpoints.ts';
import { ShardPoller } from './shard-poller.ts';
import { ShardReader } from './shard-reader.ts';
import type { Shard, ShardSource } from './shard-source.ts';

export interface StreamMappingOptions {
  readonly mapping: MappingDefinition;
  readonly source: ShardSource;
  readonly checkpoints: Checkpoints;
  readonly retentionMilliseconds: number;
  readonly invoke: Invoke;
  readonly failures: FailureStore;
  readonly clock: Clock;
  readonly tell: Tell;
}

/** Between two looks for new shards. */
const PAUSE_MS = 2000;

/** A Kinesis event source mapping: a poller for each shard, parents before their children. */
export class StreamMapping {
  readonly #options: StreamMappingOptions;
  readonly #pollers = new Map<string, ShardPoller>();
  readonly #stopped = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #trouble: string | undefined;

  constructor(options: StreamMappingOptions) {
    this.#options = options;
  }

  get functionName(): string {
    return this.#options.mapping.functionName;
  }

  /** Why shards cannot be listed; undefined if they can. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  get lag(): { readonly records: number; readonly milliseconds: number } {
    const lags = [...this.#pollers.values()].map(({ lag }) => lag);
    return {
      records: lags.reduce((sum, { records }) => sum + records, 0),
      milliseconds: Math.max(0, ...lags.map(({ milliseconds }) => milliseconds)),
    };
  }

  async start(): Promise<void> {
    await this.#options.checkpoints.load();
    this.#running = this.#run();
  }

  /** Comes back when the batches under way have ended. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const atWork = new Set<Promise<void>>();
    while (!this.#stopped.signal.aborted) {
      for (const shardId of await this.#shardsToBegin()) {
        const work = this.#poll(shardId).finally(() => atWork.delete(work));
        atWork.add(work);
      }
      // A shard that has come to its end makes way for its children.
      const pause = this.#options.clock.sleep(PAUSE_MS, this.#stopped.signal);
      await Promise.race([pause, ...atWork]);
    }
    await Promise.all(atWork);
  }

  async #shardsToBegin(): Promise<string[]> {
    try {
      const shards = await this.#options.source.listShards();
      await this.#options.checkpoints.keepOnly(new Set(shards.map(({ shardId }) => shardId)));
      this.#trouble = undefined;
      return shards.filter((shard) => this.#canBegin(shard, shards)).map(({ shardId }) => shardId);
    } catch (error) {
      this.#trouble = `listing the shards of ${this.#options.mapping.streamName} failed: ${String(error)}`;
      return [];
    }
  }

  #canBegin({ shardId, parents }: Shard, shards: readonly Shard[]): boolean {
    const { checkpoints } = this.#options;
    if (this.#pollers.has(shardId) || checkpoints.isFinished(shardId)) return false;
    // A parent that the stream no longer has, has expired.
    const living = parents.filter((parent) => shards.some((shard) => shard.shardId === parent));
    return living.every((parent) => checkpoints.isFinished(parent));
  }

  async #poll(shardId: string): Promise<void> {
    const { mapping, source, checkpoints, ...rest } = this.#options;
    const reader = new ShardReader({ source, shardId, after: checkpoints.after(shardId) });
    const stopped = this.#stopped.signal;
    const shard = { streamName: mapping.streamName, shardId };
    const checkpoint = (after: string) => checkpoints.advance(shardId, after);
    const delivery = new BatchDelivery({ ...rest, mapping, shard, checkpoint, stopped });
    const poller = new ShardPoller({ ...rest, mapping, reader, delivery, stopped });
    this.#pollers.set(shardId, poller);
    try {
      await poller.run();
      if (reader.isExhausted && !stopped.aborted) await checkpoints.finish(shardId);
    } catch (error) {
      // Begun again, from its checkpoint, when the shards are listed next.
      rest.tell({ kind: 'trouble', message: `${mapping.streamName}, ${shardId}: ${String(error)}` });
      await rest.clock.sleep(PAUSE_MS, stopped);
    } finally {
      this.#pollers.delete(shardId);
    }
  }
}
