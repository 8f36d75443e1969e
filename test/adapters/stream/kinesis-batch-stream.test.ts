import { KinesisClient, PutRecordsCommand, type PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { KinesisBatchStream } from '../../../lib/adapters/stream/kinesis-batch-stream.ts';
import type { StreamRecord } from '../../../lib/adapters/stream/event-stream.ts';
import { seeded } from '../../seeded.ts';

const kinesis = mockClient(KinesisClient);
const pauses: number[] = [];

function stream(): KinesisBatchStream {
  return new KinesisBatchStream({
    client: new KinesisClient({}),
    streamName: 'events',
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  });
}

const records = (...keys: string[]): StreamRecord[] =>
  keys.map((partitionKey) => ({ partitionKey, data: Buffer.from(partitionKey) }));

const TAKEN = { SequenceNumber: '1', ShardId: 's' };
const REFUSED = { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'slow down' };

function putKeys(): unknown[] {
  return kinesis
    .commandCalls(PutRecordsCommand)
    .map(({ args: [{ input }] }) => input.Records?.map((each) => each.PartitionKey));
}

beforeEach(() => {
  kinesis.reset();
  pauses.length = 0;
});

describe('many records a request', () => {
  test('are put at once; none are not put', async () => {
    kinesis.on(PutRecordsCommand).resolves({ Records: [TAKEN, TAKEN] });
    await stream().putAll(records('a', 'b'));
    await stream().putAll([]);
    expect(kinesis.commandCalls(PutRecordsCommand).map(({ args: [{ input }] }) => input)).toEqual([
      {
        StreamName: 'events',
        Records: [
          { PartitionKey: 'a', Data: Buffer.from('a') },
          { PartitionKey: 'b', Data: Buffer.from('b') },
        ],
      },
    ]);
  });

  test('that were refused are put again, by themselves', async () => {
    kinesis
      .on(PutRecordsCommand)
      .resolvesOnce({ Records: [TAKEN, REFUSED, REFUSED] })
      .resolvesOnce({ Records: [REFUSED, TAKEN] })
      .resolves({ Records: [TAKEN] });
    await stream().putAll(records('a', 'b', 'c'));
    expect(putKeys()).toEqual([['a', 'b', 'c'], ['b', 'c'], ['b']]);
    expect(pauses).toEqual([200, 200]);
  });

  test('wait longer and longer while all are refused, or the request is', async () => {
    kinesis
      .on(PutRecordsCommand)
      .resolvesOnce({ Records: [REFUSED] })
      .rejectsOnce(Object.assign(new Error('no'), { name: 'ThrottlingException' }))
      .resolves({ Records: [TAKEN] });
    await stream().putAll(records('a'));
    expect(pauses).toEqual([200, 400]);
  });

  test('are given up when that does not end, with what Kinesis says', async () => {
    kinesis.on(PutRecordsCommand).resolves({ Records: [REFUSED] });
    await expect(stream().putAll(records('a'))).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      message: 'slow down',
      $metadata: {},
    });
    expect(pauses).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000]);
  });

  test('leave other errors to the caller, who may have put them for all it knows', async () => {
    kinesis.on(PutRecordsCommand).rejects(Object.assign(new Error('no'), { name: 'TimeoutError' }));
    await expect(stream().putAll(records('a'))).rejects.toThrow('no');
    expect(putKeys()).toHaveLength(1);
  });
});

/** A stream that takes, refuses, and takes without an answer, as the numbers say. */
function moodyKinesis(moods: readonly number[]): string[] {
  const taken: string[] = [];
  let turn = 0;
  const mood = (): number => (turn < moods.length ? moods[turn++]! : 0);
  kinesis.on(PutRecordsCommand).callsFake(({ Records: entries = [] }: PutRecordsCommandInput) => {
    const results = entries.toReversed().map(({ Data: data }) => {
      if (mood() === 1) return REFUSED;
      taken.push(Buffer.from(data!).toString());
      return TAKEN;
    });
    if (mood() === 2) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    return { Records: results.toReversed() };
  });
  return taken;
}

test('whatever is refused or left unanswered, each key keeps its order, what is put twice aside', async () => {
  const keys = ['a', 'b', 'c'];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 40 }), async (moods) => {
      kinesis.reset();
      const taken = moodyKinesis(moods);
      const events = stream();
      for (const round of [0, 1, 2, 3]) {
        const batch = keys.map((partitionKey) => ({ partitionKey, data: Buffer.from(`${partitionKey}${round}`) }));
        for (let isPut = false; !isPut;) {
          isPut = await events.putAll(batch).then(
            () => true,
            () => false,
          );
        }
      }
      const firstTime = [...new Set(taken)];
      for (const key of keys) {
        expect(firstTime.filter((data) => data.startsWith(key))).toEqual([0, 1, 2, 3].map((round) => `${key}${round}`));
      }
    }),
    seeded(100),
  );
});
