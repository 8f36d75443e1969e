import { describe, expect, test } from 'vitest';
import { changeParameters } from '../../../lib/adapters/network/change-parameters.ts';
import { commitChange } from '../../../lib/adapters/network/commit-change.ts';
import type { NetworkSession } from '../../../lib/adapters/network/network-session.ts';
import { deletedHead } from '../../../lib/core/cloud/deletions.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { readRecord } from '../../../lib/core/cloud/record-lines.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { before, counting } from '../../cloud/faults.ts';
import { DEFAULTS, HOUR, MemoryCloud, SECOND, textsOf, type SandboxOptions } from '../../cloud/memory-cloud.ts';
import { buys, detect, sampleLines, SHARD, USERS } from '../../cloud/sample-events.ts';

const LINES = sampleLines(60);
const EXPECTED = detect({ parameters: DEFAULTS }, LINES);

/** One record of these lines; the network's records are numbered by the first line. */
function records(from: number, to: number, { lines = LINES, shard = SHARD } = {}): ArrivedRecord[] {
  const data = Buffer.from(lines.slice(from, to).join('\n'));
  return [{ ...readRecord(data), shard, sequenceNumber: String(from + 1), at: Date.UTC(2026, 0, 1) }];
}

function open(cloud: MemoryCloud, options?: SandboxOptions): NetworkSession {
  return cloud.start(options).openSession(DEFAULT_NETWORK);
}

describe('two sessions of a network', () => {
  test('follow each other: neither goes cold, and each event is applied once', async () => {
    const cloud = new MemoryCloud();
    const faults = counting();
    const [one, other] = [open(cloud, { faults }), open(cloud, { faults })];
    await one.apply(records(0, 20));
    await other.apply(records(20, 40));
    await one.apply(records(40, 50));
    const { 'state.readUsers': reads } = faults.calls;
    await other.apply(records(50, 60));
    expect(faults.calls['state.readUsers']).toBe(reads);
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
    expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
  });

  test('do not both win: the loser starts again from the head, and both histories are applied once', async () => {
    const cloud = new MemoryCloud();
    const other = open(cloud);
    const faults = before('journal.put', async () => other.apply(records(0, 30)));
    const slow = records(30, 60, { shard: 'shardId-000000000001' });
    expect(await open(cloud, { faults }).apply(slow)).toMatchObject({ events: 30, conflicts: 1 });
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
    expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
  });

  test('do not both apply one batch', async () => {
    const cloud = new MemoryCloud();
    const other = open(cloud);
    const faults = before('journal.put', async () => other.apply(records(0, 60)));
    expect(await open(cloud, { faults }).apply(records(0, 60))).toEqual({
      events: 0,
      flagged: 0,
      rejected: 0,
      conflicts: 1,
      usersRead: 5,
    });
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
  });

  test('do not mix versions: who reads users that are newer than the head starts again', async () => {
    const cloud = new MemoryCloud();
    const other = open(cloud, { flushEvery: 1 });
    await other.apply(records(0, 20));
    const faults = before('state.readUsers', async () => other.apply(records(20, 40)));
    expect(await open(cloud, { faults }).apply(records(40, 60))).toMatchObject({ events: 20, conflicts: 1 });
    expect(Object.keys(await textsOf(cloud.journal))).toHaveLength(3);
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
    expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
  });

  test('do not miss a body that housekeeping has deleted: who looks for it starts again', async () => {
    const cloud = new MemoryCloud();
    const other = open(cloud, { flushEvery: 1 });
    await other.apply(records(0, 20));
    const faults = before('journal.get', async () => {
      await other.apply(records(20, 40));
      const [oldest = ''] = Object.keys(await textsOf(cloud.journal));
      await cloud.journal.remove([oldest]);
    });
    expect(await open(cloud, { faults }).apply(records(40, 60))).toMatchObject({ events: 20, conflicts: 1 });
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
  });

  test('do not fight for ever: one gives up when others have committed first 20 times', async () => {
    const cloud = new MemoryCloud();
    const other = open(cloud);
    let commits = 0;
    const faults = async (call: string): Promise<undefined> => {
      if (call === 'journal.put') await other.apply(records(++commits, commits + 1, { shard: 'shardId-000000000001' }));
    };
    await expect(open(cloud, { faults }).apply(records(0, 10))).rejects.toThrow(
      'network default: others committed first 20 times in a row',
    );
  });
});

describe('what is in memory', () => {
  test('needs no users from the store while the session is warm', async () => {
    const cloud = new MemoryCloud();
    const faults = counting();
    const session = open(cloud, { faults, flushEvery: 100 });
    await session.apply(records(0, 30));
    const { 'state.readUsers': reads } = faults.calls;
    await session.apply(records(30, 60));
    expect(faults.calls).toMatchObject({ 'state.readUsers': reads, 'state.readHead': 2, 'state.writeHead': 2 });
    expect(faults.calls['journal.get']).toBeUndefined();
  });

  test('is let go once it holds too many users', async () => {
    const session = open(new MemoryCloud(), { mostUsers: 4 });
    await session.apply(records(0, 1));
    expect(session.userCount).toBe(2);
    await session.apply(records(1, 30));
    expect(session.userCount).toBe(0);
  });

  test('is not trusted after an error that may have come after the commit', async () => {
    const cloud = new MemoryCloud();
    const faults = (call: string): 'after' | 'before' | undefined => FAULTS[call]?.shift();
    const FAULTS: Record<string, ('after' | 'before')[]> = {
      'state.writeHead': ['after'],
      'state.readHead': [undefined as never, 'before'],
    };
    const session = open(cloud, { faults });
    await expect(session.apply(records(0, 30))).rejects.toThrow('state.readHead failed');
    expect(session.userCount).toBe(0);
    expect(await session.apply(records(0, 30))).toMatchObject({ events: 0, conflicts: 0 });
    await session.apply(records(30, 60));
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
  });
});

describe('users are stored', () => {
  test('every so many commits', async () => {
    const faults = counting();
    const session = open(new MemoryCloud(), { faults, flushEvery: 3 });
    const writes: (number | undefined)[] = [];
    for (let batch = 0; batch < 7; batch++) {
      await session.apply(records(batch * 5, batch * 5 + 5));
      writes.push(faults.calls['state.writeUsers']);
    }
    expect(writes).toEqual([undefined, undefined, 1, 1, 1, 2, 2]);
  });

  test('not at all until then: a cold session replays what is pending', async () => {
    const cloud = new MemoryCloud();
    for (let batch = 0; batch < 6; batch++) {
      await open(cloud, { flushEvery: 100 }).apply(records(batch * 10, batch * 10 + 10));
    }
    expect(await cloud.state.readUsers(await cloud.head(), USERS)).toEqual(new Map());
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
  });

  test('when asked to be, and then the head says so', async () => {
    const cloud = new MemoryCloud();
    await open(cloud, { flushEvery: 100 }).apply(records(0, 30));
    await open(cloud, { flushEvery: 100 }).apply(records(30, 60));
    const session = open(cloud);
    expect(await session.flush()).toBe(2);
    expect(await cloud.head()).toMatchObject({ version: 3, flushed: 2 });
    expect(await session.flush()).toBe(0);
    expect(await cloud.head()).toMatchObject({ version: 3 });

    const faults = counting();
    await open(cloud, { faults }).apply(records(60, 61, { lines: [...LINES, buys('ann', '1')] }));
    expect(faults.calls['journal.get']).toBeUndefined();
  });

  test('when asked to be, though others commit and store meanwhile', async () => {
    const cloud = new MemoryCloud();
    const other = open(cloud, { flushEvery: 1 });
    await open(cloud, { flushEvery: 100 }).apply(records(0, 20));
    const faults = before('state.readUsers', async () => other.apply(records(20, 60)));
    await open(cloud, { faults }).flush();
    expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
  });

  test('though another commits before the head can say so', async () => {
    const cloud = new MemoryCloud();
    const other = open(cloud, { flushEvery: 100 });
    await other.apply(records(0, 20));
    const faults = before('state.writeHead', async () => other.apply(records(20, 60)));
    const session = open(cloud, { faults });
    await session.flush();
    expect(session.userCount).toBe(0);
    expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
  });
});

describe('new parameters', () => {
  test('take effect at the next event, in warm sessions and in cold ones', async () => {
    const cloud = new MemoryCloud();
    const session = open(cloud);
    await session.apply(records(0, 30));
    const changed = await changeParameters(DEFAULT_NETWORK, { degrees: 1, tracked: 2 }, cloud.start());
    expect(changed).toEqual({ ok: true, value: { degrees: 1, tracked: 2 } });
    await session.apply(records(30, 45));
    await open(cloud).apply(records(45, 60));

    const flags = await cloud.state.readFlags(DEFAULT_NETWORK, 1000);
    const late = flags.filter(({ version }) => version > 2);
    expect(late.length).toBeGreaterThan(1);
    expect(late.map(({ parameters }) => parameters)).toEqual(late.map(() => ({ degrees: 1, tracked: 2 })));
    expect(late.map(({ flag }) => flag.judgedAgainst.length)).toEqual(late.map(() => 2));
  });
});

describe('a commit', () => {
  test('notes the request that made it, where there is one', async () => {
    const cloud = new MemoryCloud();
    await open(cloud).apply(records(0, 10), 'request-1');
    await open(cloud).apply(records(10, 20));
    const bodies = Object.values(await textsOf(cloud.journal)).map((text) => JSON.parse(text) as object);
    expect(bodies).toMatchObject([{ request: 'request-1' }, { version: 2 }]);
    expect(bodies[1]).not.toHaveProperty('request');
  });

  test('of numbered lines from before the deletion has no body, moves the source on, and leaves the network gone', async () => {
    const cloud = new MemoryCloud();
    const lines = [JSON.stringify({ network: 'default', source: 'log', offset: 0 }), ...LINES];
    await open(cloud).apply(records(30, 31));
    await deleteDefault(cloud);
    const bodies = Object.keys(await textsOf(cloud.journal));
    const late = await open(cloud).apply(records(0, 11, { lines, shard: 'shardId-000000000001' }));
    expect(late).toMatchObject({ events: 0, flagged: 0, rejected: 0 });
    const head = await cloud.head();
    expect(head).toMatchObject({ version: 3, deleted: { version: 3 }, sources: { log: { next: 10 } } });
    expect(Object.keys(await textsOf(cloud.journal))).toEqual(bodies);
  });

  test('after others since the deletion leaves it where it was', async () => {
    const cloud = new MemoryCloud();
    await deleteDefault(cloud);
    await open(cloud).apply(records(30, 40).map((record) => ({ ...record, at: record.at + HOUR })));
    expect(await cloud.head()).toMatchObject({ version: 2, deleted: { version: 1 } });
    const lines = [JSON.stringify({ network: 'default', source: 'log', offset: 0 }), ...LINES];
    await open(cloud).apply(records(0, 11, { lines, shard: 'shardId-000000000001' }));
    expect(await cloud.head()).toMatchObject({ version: 3, deleted: { version: 1 }, sources: { log: { next: 10 } } });
  });

  async function deleteDefault(cloud: MemoryCloud): Promise<void> {
    const deletion = { now: cloud.now + SECOND, token: 't' };
    await commitChange(DEFAULT_NETWORK, (head) => ({ head: deletedHead(head, deletion) }), cloud.start());
  }
});
