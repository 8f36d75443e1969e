import type { PlannedChange, PlannedRecord, PlannedUpload } from '../scenario/scenario.ts';
import type { SimulatedKinesis } from '../services/simulated-kinesis.ts';
import type { SimulatedS3 } from '../services/simulated-s3.ts';
import type { Actor, Offer } from './actor.ts';
import type { Announcements } from './announcements.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Lambda } from './lambda.ts';
import type { Trace } from './trace.ts';

/** Puts its records on the stream, one after the other; those with an envelope perhaps twice, as after a lost reply. */
export class Producer implements Actor {
  readonly #options: { kinesis: SimulatedKinesis; faults: Faults; trace: Trace; records: readonly PlannedRecord[] };
  #next = 0;

  constructor(options: { kinesis: SimulatedKinesis; faults: Faults; trace: Trace; records: readonly PlannedRecord[] }) {
    this.#options = options;
  }

  offers(): Offer[] {
    return this.#next < this.#options.records.length ? [{ weight: 0.4, run: () => this.#put() }] : [];
  }

  #put(): void {
    const { records, faults } = this.#options;
    const record = records[this.#next];
    if (record === undefined) return;
    this.#putOnce(record);
    const before = records[this.#next - 1];
    // What was taken for lost arrives before the next record is put, or even after it.
    if (record.isEnveloped && faults.strikes('putAgain')) this.#putOnce(record);
    if (before?.isEnveloped === true && faults.strikes('putAgain')) this.#putOnce(before);
    this.#next++;
  }

  #putOnce({ partitionKey, data }: PlannedRecord): void {
    const { shard, sequenceNumber } = this.#options.kinesis.put(partitionKey, Buffer.from(data));
    this.#options.trace.note(() => `a producer puts ${shard} ${sequenceNumber}: ${JSON.stringify(data)}`);
  }
}

export interface UploadedObject extends PlannedUpload {
  /** What S3 calls it. */
  readonly identity: string;
  readonly sequencer: string;
  readonly at: number;
}

export interface UploaderOptions {
  readonly s3: SimulatedS3;
  readonly bucket: string;
  readonly announcements: Announcements;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly uploads: readonly PlannedUpload[];
}

/** Drops logs into the input bucket. */
export class Uploader implements Actor {
  readonly uploaded: UploadedObject[] = [];
  readonly #options: UploaderOptions;

  constructor(options: UploaderOptions) {
    this.#options = options;
  }

  offers(): Offer[] {
    return this.uploaded.length < this.#options.uploads.length ? [{ weight: 0.15, run: () => this.#upload() }] : [];
  }

  #upload(): void {
    const { s3, bucket, announcements, uploads, trace, clock } = this.#options;
    const upload = uploads[this.uploaded.length];
    if (upload === undefined) return;
    const object = s3.store(bucket, upload.key, Buffer.from(upload.content));
    const functionName = upload.key.endsWith('batch_log.json') ? 'batch-log' : 'stream-log';
    const sequencer = announcements.announce(functionName, bucket, object);
    const identity = `${object.etag}@${object.lastModified.getTime() / 1000}`;
    this.uploaded.push({ ...upload, identity, sequencer, at: clock.now });
    trace.note(() => `${upload.key} is dropped (${sequencer}, ${identity}): ${JSON.stringify(upload.content)}`);
  }
}

/** Changes parameters, and tries again until it has been told that they are changed. */
export class ParameterChanger implements Actor {
  readonly #lambda: Lambda;
  readonly #changes: PlannedChange[];
  #isUnderWay = false;

  constructor(lambda: Lambda, changes: readonly PlannedChange[]) {
    this.#lambda = lambda;
    this.#changes = [...changes];
  }

  offers(): Offer[] {
    return this.#changes.length === 0 || this.#isUnderWay ? [] : [{ weight: 0.1, run: () => this.#change() }];
  }

  #change(): void {
    const [change] = this.#changes;
    if (change === undefined) return;
    this.#isUnderWay = true;
    this.#lambda.invoke('parameters', change, ({ type }) => {
      this.#isUnderWay = false;
      if (type === 'returned') this.#changes.shift();
    });
  }
}
