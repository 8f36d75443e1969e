import { describe, expect, test } from 'vitest';
import { changeParameters } from '../../../lib/adapters/network/change-parameters.ts';
import { commitChange } from '../../../lib/adapters/network/commit-change.ts';
import { bodylessToken, nextHead } from '../../../lib/core/cloud/commits.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { before, counting, faultAlways, faultOnce } from '../../cloud/faults.ts';
import { MemoryCloud, textsOf } from '../../cloud/memory-cloud.ts';
import { befriend, buys, sampleLines } from '../../cloud/sample-events.ts';

const ARRIVED = Date.UTC(2026, 0, 1);
const FLAGGED = [befriend('ann', 'ben'), buys('ben', '10'), buys('ben', '11'), buys('ann', '5000')];

function record(sequenceNumber: number, lines: readonly string[]): ArrivedRecord {
  const read = readRecord(Buffer.from(lines.join('\n')));
  return { ...read, shard: 's', sequenceNumber: String(sequenceNumber), at: ARRIVED + sequenceNumber };
}

describe('a head', () => {
  test('is not committed where its write fails and nothing has ever been committed', async () => {
    const cloud = new MemoryCloud();
    const { log } = cloud.start({ faults: faultAlways('state.writeHead', 'before') });
    const head = nextHead(await log.head(DEFAULT_NETWORK), bodylessToken('12345678'), {});
    await expect(log.commit(head)).rejects.toThrow('state.writeHead failed');
    expect((await cloud.head()).version).toBe(0);
  });

  test('is not committed where another has been', async () => {
    const cloud = new MemoryCloud();
    const rival = async (): Promise<unknown> => changeParameters(DEFAULT_NETWORK, { degrees: 9 }, cloud.start());
    const { log } = cloud.start({ faults: before('state.writeHead', rival) });
    const head = nextHead(await log.head(DEFAULT_NETWORK), bodylessToken('12345678'), {});
    expect(await log.commit(head)).toBe(false);
    expect((await cloud.head()).parameters.degrees).toBe(9);
  });

  test('reaches back only so far: older bodies are refused, not passed over', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start({ flushEvery: 1 }).openSession(DEFAULT_NETWORK);
    for (let batch = 1; batch <= 20; batch++) await session.apply([record(batch, [buys('ann', '1')])]);
    const head = await cloud.head();
    const { log } = cloud.start();
    await expect(log.bodiesAfter(head, 1)).rejects.toThrow('the head 20 does not reach back to 1');
    expect((await log.bodiesAfter(head, 18)).map(({ version }) => version)).toEqual([19, 20]);
  });

  test('counts what was applied, by when it arrived and when it was applied', async () => {
    const cloud = new MemoryCloud();
    cloud.now = ARRIVED + 90_000;
    const session = cloud.start().openSession(DEFAULT_NETWORK);
    await session.apply([record(1, [...FLAGGED, 'no event']), record(2, [buys('ann', '1')])]);
    const latest = { arrivedAt: ARRIVED + 2, appliedAt: ARRIVED + 90_000 };
    expect((await cloud.head()).tally).toMatchObject({ events: 5, flagged: 1, rejected: 1, latest });
  });
});

describe('a change that is no batch', () => {
  test('has a body only where it has something to tell', async () => {
    const cloud = new MemoryCloud();
    await changeParameters(DEFAULT_NETWORK, { degrees: 5 }, cloud.start());
    expect(await textsOf(cloud.journal)).toEqual({});
    expect((await cloud.head()).bodies.at(-1)).toMatch(/^~/);

    const report = { key: 'reports/one.json', text: '{}' };
    await commitChange(DEFAULT_NETWORK, () => ({ head: {}, report }), cloud.start());
    const { log } = cloud.start();
    const [body] = await log.bodiesAfter(await cloud.head(), 1);
    expect(body).toMatchObject({ version: 2, events: [], flagged: [], rejected: [], covers: [], report });
    expect(await textsOf(cloud.output)).toEqual({ 'reports/one.json': '{}' });
  });

  test('is told by whoever commits next, where its author died', async () => {
    const cloud = new MemoryCloud();
    const report = { key: 'reports/one.json', text: '{}' };
    const dying = cloud.start({ faults: faultOnce('output.put', 'before') });
    await expect(commitChange(DEFAULT_NETWORK, () => ({ head: {}, report }), dying)).rejects.toThrow('output.put');
    await changeParameters(DEFAULT_NETWORK, { degrees: 5 }, cloud.start());
    expect(await textsOf(cloud.output)).toEqual({ 'reports/one.json': '{}' });
  });
});

describe('whoever always comes second', () => {
  test('waits longer each time, and gives a batch up after 20 others', async () => {
    const { cloud, pauses, sandbox } = rivalled();
    const session = sandbox.openSession(DEFAULT_NETWORK);
    await expect(session.apply([record(1, [buys('ann', '1')])])).rejects.toThrow('20 times in a row');
    expect(pauses).toEqual(Array.from({ length: 21 }, (_, conflicts) => 20 * conflicts));
    expect((await cloud.head()).version).toBe(21);
  });

  test('waits longer each time, and gives a change up after 100 others', async () => {
    const { pauses, sandbox } = rivalled();
    await expect(changeParameters(DEFAULT_NETWORK, { tracked: 2 }, sandbox)).rejects.toThrow('100 times in a row');
    expect(pauses).toEqual(Array.from({ length: 101 }, (_, conflicts) => 20 * conflicts));
  });
});

describe('a warm session', () => {
  test('writes the outputs of each commit once', async () => {
    const faults = counting();
    const session = new MemoryCloud().start({ faults }).openSession(DEFAULT_NETWORK);
    await session.apply([record(1, FLAGGED)]);
    await session.apply([record(2, [buys('ben', '12')])]);
    await session.apply([record(3, [buys('ann', '6000')])]);
    expect(faults.calls['output.put']).toBe(2);
  });

  test('keeps as many users as it may, and not one more', async () => {
    const session = new MemoryCloud().start({ mostUsers: 2 }).openSession(DEFAULT_NETWORK);
    await session.apply([record(1, [befriend('ann', 'ben')])]);
    expect(session.userCount).toBe(2);
    await session.apply([record(2, [buys('clo', '1')])]);
    expect(session.userCount).toBe(0);
  });

  test('tells the head what it has stored, also where the last commits had no body', async () => {
    const cloud = new MemoryCloud();
    const session = cloud.start({ flushEvery: 100 }).openSession(DEFAULT_NETWORK);
    await session.apply([record(1, sampleLines(10))]);
    await changeParameters(DEFAULT_NETWORK, { degrees: 1 }, cloud.start());
    expect(await cloud.start().openSession(DEFAULT_NETWORK).flush()).toBe(1);
    expect(await cloud.head()).toMatchObject({ version: 3, flushed: 2 });
    const faults = counting();
    await cloud.start({ faults }).openSession(DEFAULT_NETWORK).flush();
    expect(faults.calls).not.toHaveProperty('journal.get');
    expect((await cloud.head()).version).toBe(3);
  });
});

/** A sandbox in which somebody else commits whenever it is about to, and how long it has slept each time. */
function rivalled() {
  const cloud = new MemoryCloud();
  const pauses: number[] = [];
  let [degrees, awakeSince] = [10, cloud.now];
  const faults = async (call: string): Promise<undefined> => {
    if (call === 'state.writeHead') await changeParameters(DEFAULT_NETWORK, { degrees: ++degrees }, cloud.start());
  };
  const note = async (): Promise<void> => {
    pauses.push(cloud.now - awakeSince);
    awakeSince = cloud.now;
  };
  cloud.whileSleeping.push(...Array.from({ length: 200 }, () => note));
  return { cloud, pauses, sandbox: cloud.start({ faults }) };
}
