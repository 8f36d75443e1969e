import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { MappingDefinition } from '../../deploy/definitions.ts';
import type { Tell } from '../../run-events.ts';
import type { FailureStore } from '../failure-store.ts';
import type { Invoke, InvocationResult } from '../invocation.ts';
import { recordsDone } from './batch-response.ts';
import { batchFailure } from './failure-record.ts';
import { kinesisEvent, type ShardOfStream, type ShardRecord } from './kinesis-event.ts';

export interface BatchDeliveryOptions {
  readonly mapping: MappingDefinition;
  readonly shard: ShardOfStream;
  /** After which the stream forgets a record. */
  readonly retentionMilliseconds: number;
  readonly invoke: Invoke;
  readonly failures: FailureStore;
  /** Notes that everything up to this record is done with; comes back when that is safe. */
  readonly checkpoint: (sequenceNumber: string) => Promise<void>;
  readonly clock: Clock;
  readonly stopped: AbortSignal;
  readonly tell: Tell;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

interface Piece {
  readonly records: readonly ShardRecord[];
  /** Invocations with these records that failed. */
  readonly failures: number;
}

/** Calls a function with a batch until all of it has been dealt with, strictly in order. */
export class BatchDelivery {
  readonly #options: BatchDeliveryOptions;
  /** How many times in a row nothing was done; what the pauses grow with. */
  #standstills = 0;

  constructor(options: BatchDeliveryOptions) {
    this.#options = options;
  }

  /** Comes back early where the local run ends: what is not done then will be read again. */
  async deliver(records: readonly ShardRecord[]): Promise<void> {
    const pieces: Piece[] = [{ records, failures: 0 }];
    for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
      if (this.#options.stopped.aborted) return;
      const fresh = await this.#giveUpExpired(piece);
      if (fresh.records.length > 0) pieces.unshift(...(await this.#deliverOnce(fresh)));
    }
  }

  /** Gives what of a piece is still to be delivered. */
  async #deliverOnce(piece: Piece): Promise<Piece[]> {
    const { mapping, shard, invoke } = this.#options;
    const payload = JSON.stringify(kinesisEvent(shard, piece.records));
    const result = await invoke({ requestId: randomUUID(), payload });
    const done = recordsDone(result, piece.records, mapping.reportsBatchItemFailures);
    await this.#checkpointAt(piece.records[done - 1]);
    this.#standstills = done > 0 ? 0 : this.#standstills + 1;
    const rest = { records: piece.records.slice(done), failures: piece.failures };
    return rest.records.length === 0 ? [] : this.#after(rest, result);
  }

  async #after(rest: Piece, result: InvocationResult): Promise<Piece[]> {
    const { mapping, clock, stopped } = this.#options;
    const wasCalled = result.outcome === 'succeeded' || result.outcome === 'failed';
    const failures = rest.failures + (wasCalled ? 1 : 0);
    const next = wasCalled && mapping.bisectsOnError && result.outcome === 'failed' ? halves(rest) : undefined;
    if (next === undefined && isExhausted(failures, mapping)) {
      await this.#giveUp({ ...rest, failures }, 'RetryAttemptsExhausted');
      return [];
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#standstills, 10));
    await clock.sleep(pause, stopped);
    return next ?? [{ ...rest, failures }];
  }

  async #giveUpExpired(piece: Piece): Promise<Piece> {
    const { mapping, retentionMilliseconds, clock } = this.#options;
    const oldest = mapping.maximumRecordAgeSeconds < 0 ? retentionMilliseconds : mapping.maximumRecordAgeSeconds * 1000;
    const limit = clock.now() - oldest;
    const expired = piece.records.findIndex(({ arrivedAt }) => arrivedAt >= limit);
    const count = expired < 0 ? piece.records.length : expired;
    if (count === 0) return piece;
    await this.#giveUp({ ...piece, records: piece.records.slice(0, count) }, 'RecordAgeExceeded');
    return { ...piece, records: piece.records.slice(count) };
  }

  async #giveUp({ records, failures }: Piece, condition: string): Promise<void> {
    const { mapping, shard, clock, tell } = this.#options;
    const { functionName, failureBucket: bucket } = mapping;
    const now = new Date(clock.now());
    const record = batchFailure({ mapping, shard, records, condition, invocations: failures, now });
    if (bucket !== undefined) await this.#options.failures.keep(bucket, record);
    await this.#checkpointAt(records.at(-1));
    const kept = bucket === undefined ? undefined : `s3://${bucket}/${record.key}`;
    tell({ kind: 'given-up', functionName, what: `${records.length} records of ${shard.shardId}`, kept });
  }

  async #checkpointAt(record: ShardRecord | undefined): Promise<void> {
    if (record !== undefined) await this.#options.checkpoint(record.sequenceNumber);
  }
}

/** Splitting does not count as a retry. */
function halves({ records, failures }: Piece): Piece[] | undefined {
  if (records.length < 2) return undefined;
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, failures }));
}

function isExhausted(failures: number, { maximumRetryAttempts }: MappingDefinition): boolean {
  return maximumRetryAttempts >= 0 && failures > maximumRetryAttempts;
}
