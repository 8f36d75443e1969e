import type { Clock } from '../../clock.ts';
import type { MappingDefinition } from '../../deploy/definitions.ts';
import type { Tell } from '../../run-events.ts';
import type { BatchDelivery } from './batch-delivery.ts';
import type { ShardReader } from './shard-reader.ts';

export interface ShardPollerOptions {
  readonly mapping: MappingDefinition;
  readonly reader: ShardReader;
  readonly delivery: Pick<BatchDelivery, 'deliver'>;
  readonly clock: Clock;
  readonly stopped: AbortSignal;
  readonly tell: Tell;
}

/** Between two looks at a shard; Lambda looks once a second. */
const PAUSE_MS = 200;
const PAUSE_AFTER_TROUBLE_MS = 1000;

/** Feeds the records of one shard to a function. */
export class ShardPoller {
  readonly #options: ShardPollerOptions;
  #arrivalInHand: number | undefined;

  constructor(options: ShardPollerOptions) {
    this.#options = options;
  }

  /** How far behind the newest record of the shard the function is. */
  get lag(): { readonly records: number; readonly milliseconds: number } {
    const { reader, clock } = this.#options;
    const oldest = this.#arrivalInHand ?? reader.oldest?.arrivedAt;
    const waiting = oldest === undefined ? 0 : Math.max(0, clock.now() - oldest);
    return { records: reader.buffered, milliseconds: Math.max(waiting, reader.millisBehindLatest) };
  }

  /** Comes back when the shard is closed and all of it is done with, or when the local run ends. */
  async run(): Promise<void> {
    const { reader, stopped } = this.#options;
    while (!stopped.aborted && !reader.isExhausted) await this.#once();
  }

  async #once(): Promise<void> {
    const { mapping, reader, delivery, clock, stopped } = this.#options;
    await this.#gather();
    if (stopped.aborted) return;
    const batch = reader.takeBatch(mapping.batchSize);
    if (batch.length === 0) {
      if (!reader.isExhausted) await clock.sleep(PAUSE_MS, stopped);
      return;
    }
    this.#arrivalInHand = batch[0]?.arrivedAt;
    await delivery.deliver(batch);
    this.#arrivalInHand = undefined;
  }

  /** Reads until a batch is full, or its window has passed since its first record was read. */
  async #gather(): Promise<void> {
    const { mapping, reader, clock, stopped } = this.#options;
    let closesAt = Infinity;
    while (!stopped.aborted && !reader.isBatchReady(mapping.batchSize)) {
      await this.#read();
      if (reader.oldest === undefined) return;
      closesAt = Math.min(closesAt, clock.now() + mapping.batchingWindowSeconds * 1000);
      if (clock.now() >= closesAt) return;
      await clock.sleep(Math.min(PAUSE_MS, closesAt - clock.now()), stopped);
    }
  }

  async #read(): Promise<void> {
    const { mapping, reader, clock, stopped, tell } = this.#options;
    try {
      await reader.read();
    } catch (error) {
      tell({ kind: 'trouble', message: `reading ${mapping.streamName} failed: ${String(error)}` });
      await clock.sleep(PAUSE_AFTER_TROUBLE_MS, stopped);
    }
  }
}
