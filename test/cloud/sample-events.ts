import type { KinesisStreamEvent } from 'aws-lambda';
import type { UserId } from '../../lib/core/events/event.ts';
import { LogReader } from '../../lib/core/network/log-reader.ts';
import { NetworkDetector, type UserState } from '../../lib/core/network/network-detector.ts';
import type { NetworkParameters } from '../../lib/core/events/log-header.ts';
import { randomFrom } from '../core/cloud/user-states.ts';
import { inOrder } from './memory-cloud.ts';

export const USERS = ['ann', 'ben', 'clo', 'dan', 'eve'] as UserId[];

export function buys(id: string, amount: string, network?: string): string {
  return JSON.stringify({ event_type: 'purchase', timestamp: '2017-06-13 11:33:01', id, amount, network });
}

export function befriend(id1: string, id2: string): string {
  return JSON.stringify({ event_type: 'befriend', timestamp: '2017-06-13 11:33:01', id1, id2 });
}

/** Lines of a log in which every seventh purchase or so is flagged. */
export function sampleLines(count: number, seed = 1): string[] {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, at) => {
    const [one, other] = [at < 5 ? at : below(5), below(4) + 1];
    const friend = USERS[(one + other) % 5]!;
    if (at < 5 || below(8) === 0) return befriend(USERS[one]!, friend);
    if (below(20) === 0) return befriend(USERS[one]!, friend).replace('befriend', 'unfriend');
    return buys(USERS[one]!, `${below(7) === 0 ? 5000 + at : 10 + below(5)}.${10 + below(90)}`);
  });
}

export interface TestRecord {
  readonly sequenceNumber: number;
  readonly lines: readonly string[] | Uint8Array;
  readonly shard?: string;
  readonly partitionKey?: string;
}

export const SHARD = 'shardId-000000000000';

/** When the record of number 0 arrived, in milliseconds since 1970; each later one arrives a second later. */
const FIRST_ARRIVAL = Date.UTC(2026, 0, 1);

/** A batch as the event source mapping gives it to a function. */
export function kinesisEvent(records: readonly TestRecord[]): KinesisStreamEvent {
  return {
    Records: records.map(({ sequenceNumber, lines, shard = SHARD, partitionKey = 'default' }) => ({
      awsRegion: 'eu-west-1',
      eventID: `${shard}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: 'arn:aws:kinesis:eu-west-1:111122223333:stream/events',
      eventVersion: '1.0',
      invokeIdentityArn: 'arn:aws:iam::111122223333:role/live-events',
      kinesis: {
        approximateArrivalTimestamp: FIRST_ARRIVAL / 1000 + sequenceNumber,
        data: Buffer.from(lines instanceof Uint8Array ? lines : lines.join('\n')).toString('base64'),
        kinesisSchemaVersion: '1.0',
        partitionKey,
        sequenceNumber: String(sequenceNumber),
      },
    })),
  };
}

/** The lines as records of a shard, so many a record; the numbers of the records go up by more than one. */
export function recordsOf(lines: readonly string[], { linesPerRecord = 1, shard = SHARD } = {}): TestRecord[] {
  return Array.from({ length: Math.ceil(lines.length / linesPerRecord) }, (_, at) => ({
    shard,
    sequenceNumber: 100 + 3 * at,
    lines: lines.slice(at * linesPerRecord, (at + 1) * linesPerRecord),
  }));
}

export interface PlainRun {
  readonly flagged: string;
  readonly users: readonly UserState[];
}

/** What `detect` makes of the same lines. */
export function detect(
  { parameters, kept = parameters.tracked }: { parameters: NetworkParameters; kept?: number },
  stream: readonly string[],
  batch: readonly string[] = [],
): PlainRun {
  const detector = new NetworkDetector({ ...parameters, kept });
  let flagged = '';
  for (const [judge, lines] of [
    [false, batch],
    [true, stream],
  ] as const) {
    const reader = new LogReader({ detector, judge, onFlagged: ({ line }) => (flagged += `${line}\n`) });
    reader.read(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    reader.end();
  }
  return { flagged, users: USERS.flatMap((user) => inOrder(detector.saveUser(user)) ?? []) };
}
