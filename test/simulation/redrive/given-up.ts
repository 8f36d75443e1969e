import type { ShardRecord } from '../services/simulated-kinesis.ts';
import type { SimulatedS3 } from '../services/simulated-s3.ts';
import type { Clock } from '../world/clock.ts';
import type { Draws } from '../world/draws.ts';
import type { Faults } from '../world/faults.ts';
import type { Trace } from '../world/trace.ts';

export interface GivenUpOptions {
  readonly s3: SimulatedS3;
  readonly bucket: string;
  readonly draws: Draws;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly trace: Trace;
}

const HIGHEST_RATE = 0.3;

/** Lambda, as it gives up on records that have grown too old, and keeps them in a bucket. */
export class GivenUp {
  /** All that it has ever lost its patience with: it can come late. */
  readonly records = new Set<ShardRecord>();
  readonly #options: GivenUpOptions;
  readonly #rate: number;
  #kept = 0;

  constructor(options: GivenUpOptions) {
    this.#options = options;
    this.#rate = HIGHEST_RATE * options.draws.unit();
  }

  /** Whether Lambda loses patience now: only while things go wrong. */
  strikes(): boolean {
    const { faults, draws } = this.#options;
    return !faults.isCalm && draws.chance(this.#rate);
  }

  keep(functionName: string, records: readonly ShardRecord[], event: object): void {
    const { s3, bucket, clock, trace } = this.#options;
    const [first, last] = [records[0], records.at(-1)];
    if (first === undefined || last === undefined) return;
    for (const record of records) this.records.add(record);
    const [day = '', time = ''] = new Date(clock.now).toISOString().slice(0, 19).split('T');
    const key = `aws/lambda/mapping/${first.shard}/${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}-${++this.#kept}`;
    const failure = {
      requestContext: {
        functionArn: `arn:aws:lambda:eu-west-1:0:function:${functionName}`,
        condition: 'RecordAgeExceeded',
      },
      KinesisBatchInfo: {
        shardId: first.shard,
        startSequenceNumber: first.sequenceNumber,
        endSequenceNumber: last.sequenceNumber,
        approximateArrivalOfFirstRecord: new Date(first.at).toISOString(),
        batchSize: records.length,
      },
      payload: JSON.stringify(event),
    };
    s3.store(bucket, key, Buffer.from(JSON.stringify(failure)));
    trace.note(
      () => `${functionName} is given up on: ${key} ${records.map(({ sequenceNumber }) => sequenceNumber).join(' ')}`,
    );
  }
}
