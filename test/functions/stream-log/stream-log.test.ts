import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { StreamLog } from '../../../functions/stream-log/stream-log.ts';
import { commitChange } from '../../../lib/adapters/network/commit-change.ts';
import { deletedHead } from '../../../lib/core/cloud/deletions.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { endStateOf, runsWithEachCallFailing, undisturbed } from '../../cloud/end-state.ts';
import { before, type FaultPlan } from '../../cloud/faults.ts';
import { HOUR, MemoryCloud, SECOND, textsOf } from '../../cloud/memory-cloud.ts';
import { sampleLines } from '../../cloud/sample-events.ts';
import { dropLog } from '../../cloud/upload-event.ts';
import { load, logOf } from '../batch-log/batch-log-setup.ts';
import { appliedLines, put, reportOf } from './stream-log-setup.ts';

const LINES = sampleLines(60);
const LOG = `${LINES.join('\n')}\n`;
const BATCH_LOG = logOf('{"D":1, "T":2}', sampleLines(10));
/** Makes three records. */
const LONG_LINES = Array.from({ length: 3 }, (_, at) => `{"line":${at},"text":"${'x'.repeat(200_000)}"}`);

describe('a dropped stream log', () => {
  test('is put on the stream in order, under the key of its network', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'shop/stream_log.json', LOG);
    expect(await put(cloud, drop)).toBe('put');
    expect(appliedLines(cloud)).toEqual(LINES);
    expect(cloud.stream.records.map(({ partitionKey }) => partitionKey)).toEqual(['shop']);
    expect(readRecord(cloud.stream.records[0]!.data).envelope?.network).toBe('shop');
  });

  test('ends with a report', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    await put(cloud, drop);
    expect(await reportOf(cloud, drop)).toEqual({
      key: 'stream_log.json',
      network: 'default',
      outcome: 'put',
      lines: 60,
      rejected_objects: [],
    });
  });

  test('may be zipped', async () => {
    const cloud = new MemoryCloud();
    await put(cloud, await dropLog(cloud, 'stream_log.json.gz', gzipSync(LOG)));
    expect(appliedLines(cloud)).toEqual(LINES);
  });

  test('may be empty', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json', '');
    expect(await put(cloud, drop)).toBe('put');
    expect(cloud.stream.records).toEqual([]);
    expect(await reportOf(cloud, drop)).toMatchObject({ outcome: 'put', lines: 0 });
  });

  test('is put once, though it is announced twice', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    await put(cloud, drop);
    expect(await put(cloud, drop)).toBe('old news');
    expect(cloud.stream.records).toHaveLength(1);
  });

  test('is neither put nor reported once its network is deleted, however late it is announced', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    cloud.now += SECOND;
    const deletion = { now: cloud.now, token: 't' };
    await commitChange(DEFAULT_NETWORK, (head) => ({ head: deletedHead(head, deletion) }), cloud.start());
    cloud.now += HOUR;
    expect(await put(cloud, drop)).toBe('old news');
    expect(await textsOf(cloud.output)).toEqual({});
    expect(await put(cloud, await dropLog(cloud, 'stream_log.json', LOG))).toBe('put');
    expect(appliedLines(cloud)).toEqual(LINES);
  });

  test('is put again when it is dropped again', async () => {
    const cloud = new MemoryCloud();
    await put(cloud, await dropLog(cloud, 'stream_log.json', LOG));
    await put(cloud, await dropLog(cloud, 'stream_log.json', LOG));
    expect(appliedLines(cloud)).toEqual([...LINES, ...LINES]);
  });

  test('stops when its time is up, and goes on from there', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json', LONG_LINES.join('\n'));
    cloud.now += 10 * SECOND;
    const hurried = new StreamLog(cloud.start());
    expect(await hurried.handle(drop, () => 29 * SECOND)).toBe('unfinished');
    expect(cloud.stream.records).toHaveLength(1);
    expect(await hurried.handle(drop, () => 29 * SECOND)).toBe('unfinished');
    expect(await put(cloud, drop)).toBe('put');
    expect(cloud.stream.records).toHaveLength(3);
    expect(appliedLines(cloud)).toEqual(LONG_LINES);
    expect(await reportOf(cloud, drop)).toMatchObject({ outcome: 'put', lines: 3 });
  });

  test('keeps a line that the stream cannot take, with the reason', async () => {
    const cloud = new MemoryCloud();
    const long = 'x'.repeat(1024 * 1024);
    const drop = await dropLog(cloud, 'stream_log.json', `${LINES[0]!}\n${long}\n${LINES[1]!}\n`);
    expect(await put(cloud, drop)).toBe('put');
    expect(appliedLines(cloud)).toEqual(LINES.slice(0, 2));
    const rejected = await textsOf(cloud.output, 'rejected/');
    expect(Object.values(rejected).map((text) => JSON.parse(text) as object)).toEqual([
      {
        reason: expect.stringMatching(/^longer than the \d+ bytes that a record of the stream holds$/) as string,
        line: expect.stringMatching(/^x+$/) as string,
        line_number: 2,
      },
    ]);
    expect(await reportOf(cloud, drop)).toMatchObject({ lines: 3, rejected_objects: Object.keys(rejected) });
  });
});

describe('a stream log that cannot be put', () => {
  test('is refused under a key that names no network', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'a/b/stream_log.json', LOG);
    expect(await put(cloud, drop)).toBe('refused');
    expect(Object.keys(await textsOf(cloud.output))).toEqual([
      `reports/refused/a%2Fb%2Fstream_log.json-${drop.sequencer}.json`,
    ]);
  });

  test('is reported as deleted, before it is opened or after', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    await cloud.input.remove([drop.key]);
    expect(await put(cloud, drop)).toBe('failed');

    const other = await dropLog(cloud, 'stream_log.json', LOG);
    const faults = before('input.open', async () => cloud.input.remove([drop.key]));
    expect(await put(cloud, other, { faults })).toBe('failed');
    for (const failed of [drop, other]) {
      expect(await reportOf(cloud, failed)).toMatchObject({ outcome: 'failed', reason: 'the object has been deleted' });
    }
  });

  test('is left to the next announcement when it is replaced, before it is opened or after', async () => {
    for (const moment of ['input.find', 'input.open']) {
      const cloud = new MemoryCloud();
      const old = await dropLog(cloud, 'stream_log.json', LOG);
      const faults = before(moment, async () => cloud.input.put(old.key, LONG_LINES.join('\n')));
      expect(await put(cloud, old, { faults })).toBe('failed');
      expect(cloud.stream.records).toEqual([]);
      expect(await reportOf(cloud, old)).toMatchObject({ reason: expect.stringContaining('replaced') as string });
    }
  });

  test('is put as far as it can be unzipped, and reported', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json.gz', gzipSync(LOG).subarray(0, -20));
    expect(await put(cloud, drop)).toBe('failed');
    expect(await reportOf(cloud, drop)).toMatchObject({ reason: 'the log cannot be unzipped: unexpected end of file' });
  });
});

describe('a stream log waits', () => {
  test('for the batch log that was dropped before it', async () => {
    const cloud = new MemoryCloud();
    const batch = await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    for (let second = 0; second < 20; second++) cloud.whileSleeping.push(async () => undefined);
    let putBefore = -1;
    cloud.whileSleeping.push(async () => {
      putBefore = cloud.stream.records.length;
      await load(cloud, batch);
    });
    expect(await put(cloud, drop)).toBe('put');
    expect(putBefore).toBe(0);
    expect(appliedLines(cloud)).toEqual(LINES);
  });

  test('for the batch log that is dropped with it, a little later', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    let loadedAt = 0;
    cloud.whileSleeping.push(async () => {
      const batch = await dropLog(cloud, 'batch_log.json.gz', gzipSync(BATCH_LOG));
      for (let second = 0; second < 30; second++) cloud.whileSleeping.push(async () => undefined);
      cloud.whileSleeping.push(async () => {
        loadedAt = cloud.now;
        await load(cloud, batch);
      });
    });
    expect(await put(cloud, drop)).toBe('put');
    expect(loadedAt).toBeGreaterThan(0);
    expect(appliedLines(cloud)).toEqual(LINES);
  });

  test('a few seconds for one that might still come, and no longer', async () => {
    const cloud = new MemoryCloud();
    const start = cloud.now;
    await put(cloud, await dropLog(cloud, 'stream_log.json', LOG));
    expect(cloud.now - start).toBe(5 * SECOND);
  });

  test('not for one that is dropped later, nor for one of another network', async () => {
    const cloud = new MemoryCloud();
    await dropLog(cloud, 'shop/batch_log.json', BATCH_LOG);
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    cloud.now += 6 * SECOND;
    await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const start = cloud.now;
    expect(await put(cloud, drop)).toBe('put');
    expect(cloud.now).toBe(start);
  });

  test('not for one that has been loaded, has failed, or was outdone by a newer one', async () => {
    const cloud = new MemoryCloud();
    await dropLog(cloud, 'batch_log.json.gz', 'never announced');
    cloud.now += 10 * SECOND;
    await load(cloud, await dropLog(cloud, 'default/batch_log.json', BATCH_LOG));
    await load(cloud, await dropLog(cloud, 'batch_log.json', 'broken'));
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    const start = cloud.now;
    expect(await put(cloud, drop)).toBe('put');
    expect(cloud.now - start).toBe(5 * SECOND);
  });

  test('in one invocation after the other if need be', async () => {
    const cloud = new MemoryCloud();
    const batch = await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    expect(await put(cloud, drop)).toBe('unfinished');
    await load(cloud, batch);
    expect(await put(cloud, drop)).toBe('put');
  });

  test('two hours at most, and then fails', async () => {
    const cloud = new MemoryCloud();
    await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const drop = await dropLog(cloud, 'stream_log.json', LOG);
    const start = cloud.now;
    let outcome = await put(cloud, drop);
    while (outcome === 'unfinished') outcome = await put(cloud, drop);
    expect(outcome).toBe('failed');
    expect(cloud.now - start).toBe(2 * HOUR);
    expect(await reportOf(cloud, drop)).toMatchObject({
      reason: 'batch_log.json has been waiting to be loaded for too long; drop it again, then this log',
    });
    expect(cloud.stream.records).toEqual([]);
  });
});

/** Two records, a line that no record can hold, and a last record. */
const CRASHING_LOG = [...LONG_LINES.slice(0, 2), 'x'.repeat(1024 * 1024), ...LINES.slice(0, 5)].join('\n');

async function runWith(faults: FaultPlan): Promise<object> {
  const cloud = new MemoryCloud();
  const drop = { ...(await dropLog(cloud, 'stream_log.json', CRASHING_LOG)), sequencer: 'FFFF' };
  for (let attempt = 1, outcome = 'thrown'; outcome === 'thrown'; attempt++) {
    if (attempt > 5) throw new Error('the log fails again and again');
    outcome = await put(cloud, drop, { faults }).catch(() => 'thrown');
  }
  return { ...(await endStateOf(cloud)), applied: appliedLines(cloud) };
}

test.each(['before', 'after'] as const)('ends the same whichever call fails %s its effect', async (fault) => {
  const runs = await runsWithEachCallFailing(fault, runWith);
  expect(runs.length).toBeGreaterThan(15);
  expect(runs).toEqual(await undisturbed(runs, runWith));
});
