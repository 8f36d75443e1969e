import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { flaggedOfLoadPrefix } from '../../../lib/core/cloud/object-keys.ts';
import { DEFAULT_NETWORK, type NetworkName } from '../../../lib/core/network/network-name.ts';
import { before } from '../../cloud/faults.ts';
import { MemoryCloud, SECOND, textsOf } from '../../cloud/memory-cloud.ts';
import { buys, detect, sampleLines, USERS } from '../../cloud/sample-events.ts';
import { dropLog } from '../../cloud/upload-event.ts';
import { load, logOf, reportOf, stream } from './batch-log-setup.ts';

const HEADER = '{"D":"2", "T":"5"}';
const PARAMETERS = { degrees: 2, tracked: 5 };
const [BATCH, OTHER_BATCH, STREAM] = [sampleLines(50, 3), sampleLines(50, 4), sampleLines(40, 5)];
const SHOP = 'shop' as NetworkName;

async function flaggedOfLoad(cloud: MemoryCloud, load: number): Promise<string> {
  return Object.values(await textsOf(cloud.output, flaggedOfLoadPrefix(DEFAULT_NETWORK, load))).join('');
}

describe('a dropped batch log', () => {
  test('becomes the state from which the stream goes on', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    expect(await load(cloud, drop)).toBe('loaded');
    expect(await cloud.head()).toMatchObject({ version: 1, load: 1, parameters: PARAMETERS, kept: 5, flushed: 1 });
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: PARAMETERS }, [], BATCH).users);

    await stream(cloud, 1, STREAM);
    const expected = detect({ parameters: PARAMETERS }, STREAM, BATCH);
    expect(await cloud.flagged()).toBe(expected.flagged);
    expect(await cloud.users(USERS)).toEqual(expected.users);
  });

  test('ends with a report, and with a state that says so', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(
      cloud,
      'shop/batch_log.json',
      logOf(HEADER, [...BATCH, 'broken', '', buys('ann', '-1')]),
    );
    await load(cloud, drop);
    expect(await reportOf(cloud, drop, SHOP)).toEqual({
      key: 'shop/batch_log.json',
      network: 'shop',
      outcome: 'loaded',
      load: 1,
      D: 2,
      T: 5,
      events: 50,
      users: 5,
      rejected: 2,
      rejected_lines: [
        { reason: expect.stringContaining('JSON') as string, line: 'broken', line_number: 52 },
        { reason: expect.stringContaining('amount') as string, line: buys('ann', '-1'), line_number: 54 },
      ],
      rejected_objects: [`rejected/network=shop/shop-batch_log.json-${drop.sequencer}/000000000001.json`],
    });
    expect(await cloud.state.readLoad(SHOP)).toMatchObject({ phase: 'loaded', events: 50, users: 5, key: drop.key });
  });

  test('may be zipped', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json.gz', gzipSync(logOf(HEADER, BATCH)));
    expect(await load(cloud, drop)).toBe('loaded');
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: PARAMETERS }, [], BATCH).users);
  });

  test('keeps more purchases than T where the setting says so', async () => {
    const cloud = new MemoryCloud();
    await load(cloud, await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH)), { keptPurchases: 9 });
    expect(await cloud.head()).toMatchObject({ kept: 9, parameters: PARAMETERS });
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: PARAMETERS, kept: 9 }, [], BATCH).users);
  });

  test('replaces the state as a whole when it is dropped again', async () => {
    const cloud = new MemoryCloud();
    await load(cloud, await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH)));
    await stream(cloud, 1, STREAM);
    const first = await cloud.head();
    await load(cloud, await dropLog(cloud, 'batch_log.json', logOf('{"D":1,"T":2}', OTHER_BATCH)));
    expect(await cloud.head()).toMatchObject({
      load: 2,
      parameters: { degrees: 1, tracked: 2 },
      kept: 2,
      shards: first.shards,
    });
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: { degrees: 1, tracked: 2 } }, [], OTHER_BATCH).users);
  });

  test('leaves the stream alone: until it is loaded the old state counts, and then the new one', async () => {
    for (const moment of ['input.open', 'state.createUsers', 'journal.put', 'state.writeHead']) {
      const cloud = new MemoryCloud();
      await load(cloud, await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH)));
      const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, OTHER_BATCH));
      const faults = before(moment, async () => stream(cloud, 1, STREAM.slice(0, 20)));
      expect(await load(cloud, drop, { faults })).toBe('loaded');
      await stream(cloud, 2, STREAM.slice(20));

      const [old, renewed] = [STREAM.slice(0, 20), STREAM.slice(20)].map((lines, at) =>
        detect({ parameters: PARAMETERS }, lines, [BATCH, OTHER_BATCH][at]),
      );
      expect([await flaggedOfLoad(cloud, 1), await flaggedOfLoad(cloud, 2)]).toEqual([old!.flagged, renewed!.flagged]);
      expect(await cloud.users(USERS)).toEqual(renewed!.users);
    }
  });
});

describe('a batch log that cannot be loaded', () => {
  test.each([
    ['', 'the log is empty'],
    ['{"D":3}\n', 'line 1: '],
    [`\n\n{"D":0, "T":5}\n${BATCH[0]!}`, 'line 3: '],
    [BATCH.join('\n'), 'the first line must hold D and T, such as {"D":"3", "T":"50"}'],
    ['{"D":1,"T":10001}\n', 'line 1: T must be at most 10000 in the cloud (given 10001)'],
    [logOf(HEADER, [buys('x'.repeat(1025), '1')]), 'a user\'s id must be at most 1024 bytes in the cloud (given "xxx'],
  ])('leaves the old state as it is, and reports what is wrong: %j', async (log, reason) => {
    const cloud = new MemoryCloud();
    await load(cloud, await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH)));
    const old = await cloud.head();
    const drop = await dropLog(cloud, 'batch_log.json', log);
    expect(await load(cloud, drop)).toBe('failed');
    expect(await reportOf(cloud, drop)).toMatchObject({
      key: 'batch_log.json',
      outcome: 'failed',
      reason: expect.stringContaining(reason) as string,
    });
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({
      phase: 'failed',
      reason: expect.stringContaining(reason) as string,
    });
    expect(await cloud.head()).toEqual(old);
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: PARAMETERS }, [], BATCH).users);
  });

  test('is reported as such when it cannot be unzipped', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json.gz', gzipSync(logOf(HEADER, BATCH)).subarray(0, -20));
    expect(await load(cloud, drop)).toBe('failed');
    expect(await reportOf(cloud, drop)).toMatchObject({ reason: 'the log cannot be unzipped: unexpected end of file' });
  });

  test('is reported as deleted when it is', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    await cloud.input.remove([drop.key]);
    expect(await load(cloud, drop)).toBe('failed');
    expect(await reportOf(cloud, drop)).toMatchObject({ outcome: 'failed', reason: 'the object has been deleted' });
  });

  test('is refused under a key that names no network', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'my shop/batch_log.json', logOf(HEADER, BATCH));
    expect(await load(cloud, drop)).toBe('refused');
    const texts = await textsOf(cloud.output);
    expect(Object.keys(texts)).toEqual([`reports/refused/my%20shop%2Fbatch_log.json-${drop.sequencer}.json`]);
    expect(JSON.parse(Object.values(texts)[0]!)).toMatchObject({
      key: 'my shop/batch_log.json',
      outcome: 'refused',
      reason: expect.stringContaining('given "my shop"') as string,
    });
  });
});

describe('rejected lines', () => {
  test('are written in parts as they come, and the first hundred shown', async () => {
    const cloud = new MemoryCloud();
    const bad = Array.from({ length: 110 }, (_, at) => `${at} ${'x'.repeat(100_000)}`);
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, bad));
    await load(cloud, drop);
    const parts = await textsOf(cloud.output, 'rejected/');
    const lines = Object.values(parts).flatMap((text) => text.trimEnd().split('\n'));
    expect(lines.map((line) => (JSON.parse(line) as { line: string }).line)).toEqual(bad);
    expect(Object.keys(parts)).toHaveLength(2);
    const report = (await reportOf(cloud, drop)) as { rejected_lines: object[] };
    expect(report).toMatchObject({ rejected: 110, rejected_objects: Object.keys(parts) });
    expect(report.rejected_lines).toHaveLength(100);
  });
});

describe('an announcement', () => {
  test('that comes twice loads once', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    await load(cloud, drop);
    await stream(cloud, 1, STREAM);
    const head = await cloud.head();
    expect(await load(cloud, drop)).toBe('old news');
    expect(await cloud.head()).toEqual(head);
  });

  test('that comes after the one of a newer log is ignored', async () => {
    const cloud = new MemoryCloud();
    const older = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    cloud.now += 10 * SECOND;
    const newer = await dropLog(cloud, 'batch_log.json.gz', gzipSync(logOf(HEADER, OTHER_BATCH)));
    expect(await load(cloud, newer)).toBe('loaded');
    expect(await load(cloud, older)).toBe('old news');
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: PARAMETERS }, [], OTHER_BATCH).users);
  });

  test('of a log that has been replaced leaves it to the next one', async () => {
    const cloud = new MemoryCloud();
    const first = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    const second = await dropLog(cloud, 'batch_log.json', logOf(HEADER, OTHER_BATCH));
    expect(await load(cloud, first)).toBe('old news');
    expect((await cloud.head()).version).toBe(0);
    expect(await load(cloud, second)).toBe('loaded');
    expect((await cloud.head()).load).toBe(1);
  });
});
