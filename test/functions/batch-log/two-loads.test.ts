import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BatchLog } from '../../../functions/batch-log/batch-log.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { before, faultOnce } from '../../cloud/faults.ts';
import { MemoryCloud, SECOND } from '../../cloud/memory-cloud.ts';
import { buys, detect, sampleLines, USERS } from '../../cloud/sample-events.ts';
import { dropLog } from '../../cloud/upload-event.ts';
import { FIFTEEN_MINUTES, killLoadAt, load, logOf, reportOf } from './batch-log-setup.ts';

const HEADER = '{"D":"2", "T":"5"}';
const PARAMETERS = { degrees: 2, tracked: 5 };
const [BATCH, OTHER_BATCH] = [sampleLines(50, 3), sampleLines(50, 4)];

describe('two loads at once', () => {
  test('take turns: the second waits for the first', async () => {
    const cloud = new MemoryCloud();
    const first = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    const second = await dropLog(cloud, 'batch_log.json.gz', gzipSync(logOf(HEADER, OTHER_BATCH)));
    let later: Promise<unknown> = Promise.resolve();
    const faults = before('state.createUsers', async () => {
      later = load(cloud, second);
      await cloud.state.readLoad(DEFAULT_NETWORK);
    });
    expect(await load(cloud, first, { faults })).toBe('loaded');
    expect(await later).toBe('loaded');
    expect((await cloud.head()).load).toBe(2);
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: PARAMETERS }, [], OTHER_BATCH).users);
  });

  test('do not wait for a dead one longer than its lease', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    await killLoadAt(cloud, drop, 'state.createUsers');
    const start = cloud.now;
    expect(await load(cloud, drop)).toBe('loaded');
    expect(cloud.now - start).toBe(60 * SECOND);
  });

  test('do not wait longer for one whose clock is hours ahead', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    cloud.now += 6 * 3600 * SECOND;
    await killLoadAt(cloud, drop, 'state.createUsers');
    cloud.now -= 6 * 3600 * SECOND;
    const start = cloud.now;
    expect(await load(cloud, drop)).toBe('loaded');
    expect(cloud.now - start).toBe(60 * SECOND);
  });

  test('do not wait for themselves where the reply to the claim says that another has it', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    const start = cloud.now;
    expect(await load(cloud, drop, { faults: faultOnce('state.writeLoad', 'denied') })).toBe('loaded');
    expect(cloud.now).toBe(start);
  });

  test('give up waiting in time for another try', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    await killLoadAt(cloud, drop, 'state.createUsers');
    const end = cloud.now + 40 * SECOND;
    const waiting = new BatchLog(cloud.start()).handle(drop, () => end - cloud.now);
    await expect(waiting).rejects.toThrow('network default: batch_log.json is still being loaded');
    expect(end - cloud.now).toBeGreaterThan(25 * SECOND);
  });

  test('do not both load: one that was thought dead finds out', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    const faults = before('state.createUsers', async () => {
      cloud.now += 61 * SECOND;
      expect(await load(cloud, drop)).toBe('loaded');
    });
    await expect(load(cloud, drop, { faults })).rejects.toThrow('network default: another load has taken over');
    expect(await cloud.head()).toMatchObject({ load: 1 });
    expect(await load(cloud, drop)).toBe('old news');
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({ phase: 'loaded' });
    expect(await cloud.users(USERS)).toEqual(detect({ parameters: PARAMETERS }, [], BATCH).users);
  });

  test('do not both load: one that is overtaken just before its flip leaves the network alone', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, BATCH));
    const faults = before('journal.put', async () => {
      cloud.now += 61 * SECOND;
      await load(cloud, drop);
    });
    await load(cloud, drop, { faults }).catch(() => undefined);
    expect(await cloud.head()).toMatchObject({ load: 1 });
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({ phase: 'loaded', key: drop.key });
  });
});

test('a long load renews its lease and tells how far it is', async () => {
  const cloud = new MemoryCloud();
  const lines = Array.from({ length: 12_000 }, (_, at) => buys(`user ${at}`, '1'));
  const drop = await dropLog(cloud, 'batch_log.json', logOf(HEADER, lines));
  const seen: number[] = [];
  const sandbox = cloud.start({
    faults: async (call) => {
      if (call === 'state.createUsers') cloud.now += 20 * SECOND;
      if (call === 'state.writeLoad') seen.push((await cloud.state.readLoad(DEFAULT_NETWORK))?.users ?? 0);
    },
  });
  expect(await new BatchLog(sandbox).handle(drop, () => FIFTEEN_MINUTES)).toBe('loaded');
  expect(seen.at(-1)).toBe(12_000);
  expect(seen).toContain(5000);
  expect(await reportOf(cloud, drop)).toMatchObject({ users: 12_000, D: PARAMETERS.degrees });
});
