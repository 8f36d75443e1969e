import type { KinesisStreamEvent } from 'aws-lambda';
import { BatchLog } from '../../../functions/batch-log/batch-log.ts';
import { LiveEvents } from '../../../functions/live-events/live-events.ts';
import { CommitLog } from '../../../lib/adapters/network/commit-log.ts';
import { NetworkSession } from '../../../lib/adapters/network/network-session.ts';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { S3ObjectStore } from '../../../lib/adapters/objects/s3-object-store.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { WORLD } from '../../../lib/adapters/world.ts';
import type { Stored } from './asked.ts';
import { dynamoClient, s3Client } from './clients.ts';
import { Meter } from './meter.ts';
import { SimulatedDynamo } from './simulated-dynamo.ts';
import { SimulatedS3 } from './simulated-s3.ts';

export interface CloudOptions {
  readonly flushEvery: number;
}

/** The functions over the real adapters and the real SDK, and below them services that only keep what they are given. */
export class Cloud {
  readonly meter = new Meter();
  readonly input = new MemoryObjectStore();
  readonly dynamo = new SimulatedDynamo(this.meter);
  readonly #s3 = new SimulatedS3();
  readonly #openSession: (network: NetworkName) => NetworkSession;
  readonly #batchLog: BatchLog;

  constructor({ flushEvery }: CloudOptions) {
    const { meter, input } = this;
    const state = new DynamoStateStore({ client: dynamoClient(this.dynamo, meter), table: 'state' });
    const s3 = s3Client(this.#s3, meter);
    const journal = new S3ObjectStore({ client: s3, bucket: 'journal' });
    const output = new S3ObjectStore({ client: s3, bucket: 'output' });
    const log = new CommitLog({ state, journal, defaults: { degrees: 2, tracked: 50 }, keptPurchases: 0 });
    const stores = { state, output };
    const options = { ...WORLD, log, stores, flushEvery, mostUsers: Infinity, retentionMs: 24 * 3600 * 1000 };
    this.#openSession = (network) => new NetworkSession(network, options);
    this.#batchLog = new BatchLog({ ...WORLD, state, log, stores, input });
  }

  /** Bytes that are stored by now. */
  get stored(): Stored {
    const { table, indexes } = this.dynamo.storedBytes;
    return { table, indexes, journal: this.#s3.storedBytes('journal/'), output: this.#s3.storedBytes('output/') };
  }

  async load(key: string): Promise<void> {
    const outcome = await this.#batchLog.handle({ key, sequencer: '1', at: Date.now() }, () => 900_000);
    if (outcome !== 'loaded') throw new Error(`the batch log was not loaded: ${outcome}`);
  }

  /** A function's sandbox, cold. */
  sandbox(): LiveEvents {
    return new LiveEvents({
      openSession: this.#openSession,
      mostUsers: Infinity,
      onApplied: () => undefined,
      onFailed: (network, error) => {
        throw new Error(`network ${network} failed`, { cause: error });
      },
    });
  }
}

/** Batches of the stream as Lambda gives them: records of whole lines. */
export class ShardOfEvents {
  #sequenceNumber = 10n ** 55n;

  batchOf(lines: readonly string[], linesPerRecord: number): KinesisStreamEvent {
    const records: object[] = [];
    for (let first = 0; first < lines.length; first += linesPerRecord) {
      const data = Buffer.from(lines.slice(first, first + linesPerRecord).join('\n')).toString('base64');
      const sequenceNumber = String(this.#sequenceNumber++);
      const kinesis = { data, sequenceNumber, approximateArrivalTimestamp: 1.7e9, partitionKey: 'default' };
      records.push({ eventID: `shardId-000000000000:${sequenceNumber}`, kinesis });
    }
    return { Records: records } as unknown as KinesisStreamEvent;
  }
}
