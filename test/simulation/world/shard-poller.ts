import type { Shard, ShardRecord } from '../services/simulated-kinesis.ts';
import type { GivenUp } from '../redrive/given-up.ts';
import type { Actor, Offer } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Draws } from './draws.ts';
import type { Faults } from './faults.ts';
import type { Invocation, Lambda, Outcome } from './lambda.ts';
import type { Trace } from './trace.ts';

export interface ShardPollerOptions {
  readonly shard: Shard;
  /** Who is given the records. */
  readonly functionName: string;
  /** Of the parent shard, which comes first. */
  readonly parent: ShardPoller | undefined;
  readonly lambda: Lambda;
  readonly draws: Draws;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly clock: Clock;
  readonly largestBatch: number;
  /** Older records are no longer there to be delivered again. */
  readonly retentionMs: number;
  /** Only where Lambda loses its patience: else it tries for as long as it takes. */
  readonly givenUp?: GivenUp | undefined;
}

const FARTHEST_BACK = 6;

/**
 * Lambda's event source mapping for one shard, with partial-batch responses: goes on behind the last record of a batch, or
 * from the lowest record that the function says has failed.
 */
export class ShardPoller implements Actor {
  readonly #options: ShardPollerOptions;
  /** The place of the next record to be delivered. */
  #next = 0;
  #underWay: Invocation | undefined;

  constructor(options: ShardPollerOptions) {
    this.#options = options;
  }

  /** Whether all records that there will ever be have been dealt with. */
  get isDone(): boolean {
    const { shard, parent } = this.#options;
    const isDelivered = this.#next === shard.records.length && this.#underWay === undefined;
    return shard.isClosed && isDelivered && parent?.isDone !== false;
  }

  /** When the oldest record arrived that has not been dealt with. */
  get waitingSince(): number | undefined {
    return this.#options.shard.records[this.#next]?.at;
  }

  offers(isCalm: boolean): Offer[] {
    const { shard, parent } = this.#options;
    if (parent?.isDone === false) return [];
    if (this.#underWay !== undefined) return isCalm ? [] : [{ weight: 0.2, run: () => this.#mistake() }];
    if (this.#next < shard.records.length) return [{ weight: 1, run: () => this.#deliver() }];
    return isCalm || this.#next === 0 ? [] : [{ weight: 0.1, run: () => this.#goBack() }];
  }

  #deliver(): void {
    const { shard, functionName, lambda, draws, largestBatch, trace, givenUp } = this.#options;
    if (this.#next > 0 && draws.chance(0.1)) this.#goBack();
    const start = this.#next;
    const records = shard.records.slice(start, start + draws.integer(1, largestBatch));
    const end = start + records.length;
    if (givenUp?.strikes()) return this.#giveUp(records);
    trace.note(() => `${shard.id} delivers ${records.map(({ sequenceNumber }) => sequenceNumber).join(' ')}`);
    this.#underWay = lambda.invoke(functionName, { Records: records.map(kinesisRecord) }, (outcome) => {
      this.#underWay = undefined;
      this.#next = this.#checkpointAfter(records, outcome) ?? end;
    });
  }

  /** Sometimes Lambda forgets that it has done so, and delivers the records after all, or gives up on others of them. */
  #giveUp(records: readonly ShardRecord[]): void {
    const { functionName, givenUp, draws } = this.#options;
    givenUp?.keep(functionName, records, { Records: records.map(kinesisRecord) });
    if (!draws.chance(0.1)) this.#next += records.length;
  }

  /** The place to go on from; undefined for the end of the batch. */
  #checkpointAfter(records: readonly ShardRecord[], outcome: Outcome): number | undefined {
    const { shard } = this.#options;
    const placeOf = (number: string): number =>
      shard.records.findIndex(({ sequenceNumber }) => sequenceNumber === number);
    const start = placeOf(records[0]?.sequenceNumber ?? '');
    if (outcome.type !== 'returned') return start;
    const { batchItemFailures: failures } = outcome.value as { batchItemFailures: { itemIdentifier: string }[] };
    if (failures.length === 0) return undefined;
    const places = failures.map(({ itemIdentifier }) => placeOf(itemIdentifier));
    // As Lambda does with an identifier that it does not know: all of it again.
    return places.includes(-1) ? start : Math.min(...places);
  }

  #goBack(): void {
    const { draws, faults, trace, shard, clock, retentionMs } = this.#options;
    if (!faults.strikes('redelivered')) return;
    const oldest = shard.records.findIndex(({ at }) => at > clock.now - retentionMs);
    if (oldest < 0 || oldest >= this.#next) return;
    this.#next -= draws.integer(1, Math.min(this.#next - oldest, FARTHEST_BACK));
    trace.note(() => `${shard.id} goes back to ${shard.records[this.#next]?.sequenceNumber}`);
  }

  #mistake(): void {
    const { faults, lambda } = this.#options;
    if (this.#underWay !== undefined && faults.strikes('abandoned')) lambda.abandon(this.#underWay);
  }
}

function kinesisRecord({ shard, sequenceNumber, partitionKey, data, at }: ShardRecord): object {
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber,
      data: Buffer.from(data).toString('base64'),
      approximateArrivalTimestamp: at / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shard}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::000000000000:role/live-events',
    awsRegion: 'eu-west-1',
    eventSourceARN: 'arn:aws:kinesis:eu-west-1:000000000000:stream/events',
  };
}
