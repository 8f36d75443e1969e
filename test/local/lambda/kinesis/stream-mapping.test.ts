import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SYSTEM_CLOCK, type Clock } from '../../../../lib/local/clock.ts';
import type { MappingDefinition } from '../../../../lib/local/deploy/definitions.ts';
import type { InvocationResult } from '../../../../lib/local/lambda/invocation.ts';
import { Checkpoints } from '../../../../lib/local/lambda/kinesis/checkpoints.ts';
import { StreamMapping } from '../../../../lib/local/lambda/kinesis/stream-mapping.ts';
import type { RunEvent } from '../../../../lib/local/run-events.ts';
import { FakeClock } from '../../fake-clock.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { A_MAPPING } from './a-mapping.ts';
import { FakeStream, record, records } from './fake-stream.ts';

interface RunningOptions {
  readonly file?: string;
  readonly answer?: (batch: string) => InvocationResult;
  readonly changes?: Partial<MappingDefinition>;
  readonly clock?: Clock;
}

async function running(stream: FakeStream, { file, answer, changes, clock }: RunningOptions = {}) {
  const checkpointFile = file ?? path.join(await temporaryFolder(), 'mapping.json');
  const batches: string[] = [];
  const told: RunEvent[] = [];
  const mapping = new StreamMapping({
    mapping: { ...A_MAPPING, ...changes },
    source: stream,
    checkpoints: new Checkpoints(checkpointFile),
    retentionMilliseconds: Number.MAX_SAFE_INTEGER,
    invoke: async ({ payload }) => {
      const { Records } = JSON.parse(payload) as { Records: { eventID: string }[] };
      const batch = Records.map(({ eventID }) => eventID).join(' ');
      batches.push(batch);
      return answer?.(batch) ?? { outcome: 'succeeded', payload: 'null' };
    },
    failures: { keep: async () => undefined },
    clock: clock ?? new FakeClock(),
    tell: (event) => told.push(event),
  });
  await mapping.start();
  onTestFinished(() => mapping.stop());
  return { mapping, batches, told, file: checkpointFile };
}

test('all shards are read from their beginning, each in order', async () => {
  const stream = new FakeStream();
  stream.add('a', records(1, 6));
  stream.add('b', records(1, 2));
  const { batches } = await running(stream);
  await vi.waitFor(() => expect(batches).toHaveLength(3));
  expect(batches.filter((batch) => batch.startsWith('a'))).toEqual(['a:1 a:2 a:3 a:4', 'a:5 a:6']);
  expect(batches).toContain('b:1 b:2');
});

test('after a restart it goes on where it stopped', async () => {
  const stream = new FakeStream();
  const shard = stream.add('a', records(1, 3));
  const first = await running(stream);
  await vi.waitFor(() => expect(first.batches).toEqual(['a:1 a:2 a:3']));
  await first.mapping.stop();
  shard.records.push(record(4));
  const second = await running(stream, { file: first.file });
  await vi.waitFor(() => expect(second.batches).toEqual(['a:4']));
});

test('children are begun when their parents are done with, also after a restart', async () => {
  const stream = new FakeStream();
  const parent = stream.add('p', records(1, 2));
  const first = await running(stream);
  await vi.waitFor(() => expect(first.batches).toEqual(['p:1 p:2']));
  parent.records.push(record(3));
  stream.add('c1', [record(11)], ['p']);
  stream.add('c2', [record(21)], ['p', 'long gone']);
  await vi.waitFor(() => expect(first.batches).toEqual(['p:1 p:2', 'p:3']));
  expect(first.batches).toHaveLength(2);
  parent.isClosed = true;
  await vi.waitFor(() => expect(first.batches).toHaveLength(4));
  expect(first.batches.slice(2).toSorted()).toEqual(['c1:11', 'c2:21']);
  await first.mapping.stop();

  const second = await running(stream, { file: first.file });
  stream.shards.at(-1)!.records.push(record(22));
  await vi.waitFor(() => expect(second.batches).toEqual(['c2:22']));
});

test('a batch that fails holds up its shard, not the others', async () => {
  const stream = new FakeStream();
  stream.add('a', records(1, 2));
  stream.add('b', records(1, 2));
  const failed: InvocationResult = { outcome: 'failed', error: { errorType: 'E', errorMessage: 'no' } };
  const answer = (batch: string): InvocationResult =>
    batch.startsWith('a') ? failed : { outcome: 'succeeded', payload: 'null' };
  const { batches, mapping } = await running(stream, { answer });
  await vi.waitFor(() => expect(batches.filter((batch) => batch.startsWith('a')).length).toBeGreaterThan(3));
  expect(batches.filter((batch) => batch.startsWith('b'))).toEqual(['b:1 b:2']);
  expect(mapping.lag.milliseconds).toBeGreaterThan(0);
});

test('trouble with the stream is told, and passes', async () => {
  const stream = new FakeStream();
  stream.add('a', records(1, 1));
  stream.troubles = 1;
  const { batches, told } = await running(stream);
  await vi.waitFor(() => expect(batches).toEqual(['a:1']));
  expect(told).toEqual([{ kind: 'trouble', message: 'reading events failed: Error: the stream is in trouble' }]);
});

test('within its window, a batch waits for more records', async () => {
  const stream = new FakeStream();
  const shard = stream.add('a', records(1, 1));
  let sleeps = 0;
  // The second record comes while the first one waits.
  const clock = new FakeClock();
  const sleep = clock.sleep.bind(clock);
  clock.sleep = async (milliseconds, signal) => {
    if (++sleeps === 2) shard.records.push(record(2));
    await sleep(milliseconds, signal);
  };
  const { batches } = await running(stream, { changes: { batchingWindowSeconds: 60 }, clock });
  await vi.waitFor(() => expect(batches).toEqual(['a:1 a:2']));
});

test('it stops at once where nothing comes', async () => {
  const stream = new FakeStream();
  stream.add('a');
  const { mapping } = await running(stream, { clock: SYSTEM_CLOCK });
  await mapping.stop();
  expect(mapping.lag).toEqual({ records: 0, milliseconds: 0 });
});
