import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Housekeeping } from '../../../functions/housekeeping/housekeeping.ts';
import type { UserSpace } from '../../../lib/core/cloud/head.ts';
import { bodyPrefix } from '../../../lib/core/cloud/object-keys.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { DEFAULT_NETWORK, type NetworkName } from '../../../lib/core/network/network-name.ts';
import { before, counting, faultAlways, faultOnce } from '../../cloud/faults.ts';
import { DAY, DEFAULTS, HOUR, MemoryCloud, SECOND, textsOf, type SandboxOptions } from '../../cloud/memory-cloud.ts';
import { detect, sampleLines, USERS } from '../../cloud/sample-events.ts';
import { dropLog } from '../../cloud/upload-event.ts';
import { killLoadAt, load, logOf, stream } from '../batch-log/batch-log-setup.ts';

const LINES = sampleLines(60);
const BATCH_LOG = logOf('{"D":1, "T":2}', sampleLines(10));
const OTHER_BATCH_LOG = logOf('{"D":1, "T":3}', sampleLines(10, 2));

/** Gives the networks that could not be looked after. */
async function keepHouse(cloud: MemoryCloud, options?: SandboxOptions): Promise<NetworkName[]> {
  const failed: NetworkName[] = [];
  const housekeeping = new Housekeeping({
    ...cloud.start(options),
    historyMs: 7 * DAY,
    onFailed: (network) => failed.push(network),
  });
  await housekeeping.run().catch((error: unknown) => {
    if (failed.length === 0) throw error;
  });
  return failed;
}

async function spaceOf(cloud: MemoryCloud): Promise<UserSpace> {
  const { generation } = await cloud.head();
  return { network: DEFAULT_NETWORK, generation };
}

async function isStored(cloud: MemoryCloud, space: UserSpace): Promise<boolean> {
  return (await cloud.state.readUsers(space, USERS)).size > 0;
}

async function bodiesOf(cloud: MemoryCloud): Promise<number> {
  return Object.keys(await textsOf(cloud.journal, bodyPrefix(DEFAULT_NETWORK))).length;
}

describe('an idle network', () => {
  test('gets its users stored, once', async () => {
    const cloud = new MemoryCloud();
    await stream(cloud, 1, LINES.slice(0, 30));
    await stream(cloud, 2, LINES.slice(30));
    await keepHouse(cloud);
    expect(await cloud.head()).toMatchObject({ version: 3, flushed: 2 });
    const stored = await cloud.state.readUsers(await spaceOf(cloud), USERS);
    const { users } = detect({ parameters: DEFAULTS }, LINES);
    expect(Array.from(stored.values(), ({ state }) => state.purchases)).toEqual(
      users.map(({ purchases }) => purchases),
    );
    await keepHouse(cloud);
    await keepHouse(cloud);
    expect((await cloud.head()).version).toBe(3);
  });

  test('gets what its last commit had to tell, if the author died', async () => {
    const cloud = new MemoryCloud();
    await stream(cloud, 1, LINES);
    const flagged = await cloud.flagged();
    for (const key of Object.keys(await textsOf(cloud.output))) await cloud.output.remove([key]);
    await keepHouse(cloud);
    expect(await cloud.flagged()).toBe(flagged);
    expect(flagged).not.toBe('');
  });
});

describe('the users of old loads', () => {
  test('are deleted a day after they have been replaced, and those of the network never', async () => {
    const cloud = new MemoryCloud();
    await load(cloud, await dropLog(cloud, 'batch_log.json', BATCH_LOG));
    const old = await spaceOf(cloud);
    cloud.now += 3 * HOUR;
    await load(cloud, await dropLog(cloud, 'batch_log.json', OTHER_BATCH_LOG));

    cloud.now += DAY - SECOND;
    await keepHouse(cloud);
    expect(await isStored(cloud, old)).toBe(true);
    cloud.now += SECOND;
    await keepHouse(cloud);
    expect(await isStored(cloud, old)).toBe(false);
    expect(await isStored(cloud, await spaceOf(cloud))).toBe(true);
    expect((await cloud.state.readLoad(DEFAULT_NETWORK))?.abandoned).toEqual([]);
  });

  test("stay where they are still the network's, though a newer log was dropped that could not be loaded", async () => {
    const cloud = new MemoryCloud();
    await load(cloud, await dropLog(cloud, 'batch_log.json', BATCH_LOG));
    const { users } = detect({ parameters: { degrees: 1, tracked: 2 } }, [], sampleLines(10));
    expect(await load(cloud, await dropLog(cloud, 'batch_log.json', 'broken'))).toBe('failed');
    cloud.now += 2 * DAY;
    await keepHouse(cloud);
    expect(await cloud.users(USERS)).toEqual(users);
  });

  test('are deleted a day after another loader has replaced them that had lost its lease', async () => {
    const cloud = new MemoryCloud();
    const first = await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const second = await dropLog(cloud, 'batch_log.json.gz', gzipSync(OTHER_BATCH_LOG));
    let replaced: UserSpace | undefined;
    const faults = before('journal.put', async () => {
      cloud.now += 61 * SECOND;
      expect(await load(cloud, first)).toBe('loaded');
      replaced = await spaceOf(cloud);
    });
    // It finds the other's users where it was about to put its own, and is tried again.
    await expect(load(cloud, second, { faults })).rejects.toThrow('default');
    expect(await load(cloud, second)).toBe('loaded');
    expect((await cloud.head()).load).toBe(2);
    await keepHouse(cloud);
    cloud.now += DAY;
    await keepHouse(cloud);
    expect(await isStored(cloud, replaced!)).toBe(false);
    expect(await isStored(cloud, await spaceOf(cloud))).toBe(true);
  });

  test('are left alone while another log is being loaded', async () => {
    const cloud = new MemoryCloud();
    await load(cloud, await dropLog(cloud, 'batch_log.json', BATCH_LOG));
    const old = await spaceOf(cloud);
    await load(cloud, await dropLog(cloud, 'batch_log.json', OTHER_BATCH_LOG));
    cloud.now += DAY;
    const faults = before('state.createUsers', async () => keepHouse(cloud));
    await load(cloud, await dropLog(cloud, 'batch_log.json', BATCH_LOG), { faults });
    expect(await isStored(cloud, old)).toBe(true);
    cloud.now += DAY;
    await keepHouse(cloud);
    expect(await isStored(cloud, old)).toBe(false);
  });

  test('are deleted, too, where the load failed half way', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const failing = faultAlways('state.createUsers', 'after');
    await expect(load(cloud, drop, { faults: failing })).rejects.toThrow('the reply of state.createUsers is lost');
    const { generation } = (await cloud.state.readLoad(DEFAULT_NETWORK))!;
    const half = { network: DEFAULT_NETWORK, generation };
    expect(await isStored(cloud, half)).toBe(true);

    cloud.now += 2 * DAY;
    await keepHouse(cloud);
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({ phase: 'failed', reason: 'the loader died' });
    expect(await isStored(cloud, half)).toBe(false);
    expect(await load(cloud, drop)).toBe('loaded');
    expect(await isStored(cloud, await spaceOf(cloud))).toBe(true);
  });
});

describe('a load whose loader died', () => {
  test('is left alone until an hour after its lease', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    await killLoadAt(cloud, drop, 'state.createUsers');
    cloud.now += HOUR + 59 * SECOND;
    await keepHouse(cloud);
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({ phase: 'loading' });
    cloud.now += SECOND;
    await keepHouse(cloud);
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({ phase: 'failed' });
  });

  test('is left alone, too, where it has let go of its lease to be tried again', async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const failing = faultAlways('state.createUsers', 'before');
    await expect(load(cloud, drop, { faults: failing })).rejects.toThrow('state.createUsers failed');
    await keepHouse(cloud);
    // Stream logs that came after it wait only as long as it has not failed.
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({ phase: 'loading' });
    expect(await load(cloud, drop)).toBe('loaded');
  });

  test("counts as loaded if its users had become the network's", async () => {
    const cloud = new MemoryCloud();
    const drop = await dropLog(cloud, 'batch_log.json', BATCH_LOG);
    const dying = faultAlways('output.put', 'before');
    await expect(load(cloud, drop, { faults: dying })).rejects.toThrow('output.put failed');
    cloud.now += 2 * HOUR;
    await keepHouse(cloud);
    expect(await cloud.state.readLoad(DEFAULT_NETWORK)).toMatchObject({ phase: 'loaded' });
    expect(await isStored(cloud, await spaceOf(cloud))).toBe(true);
  });
});

describe('bodies', () => {
  test('are deleted once no head lists them and they are older than the history', async () => {
    const cloud = new MemoryCloud();
    for (let commit = 0; commit < 20; commit++) await stream(cloud, commit + 1, LINES.slice(commit, commit + 1));
    await keepHouse(cloud);
    cloud.now += 7 * DAY - SECOND;
    await keepHouse(cloud);
    expect(await bodiesOf(cloud)).toBe(20);
    cloud.now += 2 * SECOND;
    await keepHouse(cloud);
    // The head lists the last 16 commits, of which the last is the flush.
    expect(await bodiesOf(cloud)).toBe(15);
    await stream(cloud, 30, LINES.slice(20));
    expect(await cloud.flagged()).toBe(detect({ parameters: DEFAULTS }, LINES).flagged);
  });

  test('of attempts that never became a commit are deleted as well', async () => {
    const cloud = new MemoryCloud();
    await stream(cloud, 1, LINES);
    await cloud.journal.put(`${bodyPrefix(DEFAULT_NETWORK)}000000000002-nobodys.json`, '{}');
    await cloud.journal.put('records/kept.json', 'by a failure destination');
    cloud.now += 8 * DAY;
    await keepHouse(cloud);
    expect(await bodiesOf(cloud)).toBe(1);
    expect(await cloud.journal.find('records/kept.json')).toBeDefined();
  });

  test('are deleted by thousands', async () => {
    const cloud = new MemoryCloud();
    await stream(cloud, 1, LINES);
    const keys = Array.from({ length: 2500 }, (_, at) => `${bodyPrefix(DEFAULT_NETWORK)}9${at}-nobodys.json`);
    for (const key of keys) await cloud.journal.put(key, '{}');
    cloud.now += 8 * DAY;
    const faults = counting();
    await keepHouse(cloud, { faults });
    expect(faults.calls['journal.remove']).toBe(3);
    expect(await bodiesOf(cloud)).toBe(1);
  });
});

test('a network that cannot be looked after does not keep the others from it', async () => {
  const cloud = new MemoryCloud();
  const networks = ['club', 'shop'] as NetworkName[];
  const records = [{ ...readRecord(Buffer.from(LINES.join('\n'))), shard: 's', sequenceNumber: '1', at: cloud.now }];
  for (const network of networks) await cloud.start().openSession(network).apply(records);

  const options = { ...cloud.start({ faults: faultOnce('state.writeUsers', 'before') }), historyMs: 7 * DAY };
  const failed: NetworkName[] = [];
  const housekeeping = new Housekeeping({ ...options, onFailed: (network) => failed.push(network) });
  await expect(housekeeping.run()).rejects.toThrow('1 networks could not be looked after');
  expect(failed).toEqual(['club']);
  expect(await Promise.all(networks.map(async (network) => (await cloud.head(network)).flushed))).toEqual([0, 1]);
});
