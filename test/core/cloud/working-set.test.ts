import { describe, expect, test } from 'vitest';
import type { StoredUser } from '../../../lib/core/cloud/stored-user.ts';
import { canFollow, WorkingSet } from '../../../lib/core/cloud/working-set.ts';
import { newHead, nextHead } from '../../../lib/core/cloud/commits.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { judgeLines } from '../../../lib/core/cloud/judge-lines.ts';
import type { Micros, NetworkEvent, UserId } from '../../../lib/core/events/event.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { selectionOf } from './commit-history.ts';

const [ANN, BEN, CLO] = ['ann', 'ben', 'clo'] as [UserId, UserId, UserId];
const NEW = newHead(DEFAULT_NETWORK, { degrees: 1, tracked: 2 }, 2);
const NOTHING: ReadonlyMap<UserId, StoredUser> = new Map();

function buys(user: UserId): NetworkEvent {
  return { type: 'purchase', time: 7, user, amount: 5n as Micros };
}

function befriend(...users: [UserId, UserId]): NetworkEvent {
  return { type: 'befriend', time: 7, users };
}

/** A memory in which everybody named was restored from what is stored, with one commit of these events. */
function memoryAfter(events: readonly NetworkEvent[], stored = NOTHING): WorkingSet {
  const memory = new WorkingSet(NEW, []);
  for (let missing = memory.missing(events); missing.length > 0; missing = memory.missing(events)) {
    memory.restore(missing, stored);
  }
  const body = judgeLines(memory.detector, NEW, selectionOf(events));
  memory.confirm(nextHead(NEW, 't', { sequence: memory.detector.sequence }), [body]);
  return memory;
}

describe('what is to be stored', () => {
  test('is every user that a commit has changed, with the friends made or lost', () => {
    const changed = memoryAfter([buys(ANN), befriend(BEN, CLO)]).changed();
    expect(changed).toEqual([
      {
        state: { id: ANN, friends: [], purchases: [{ time: 7, sequence: 0, amount: 5n }] },
        version: 1,
        friendBuckets: 0,
        changedFriends: new Set(),
      },
      expect.objectContaining({ state: { id: BEN, friends: [CLO], purchases: [] }, changedFriends: new Set([CLO]) }),
      expect.objectContaining({ state: { id: CLO, friends: [BEN], purchases: [] }, changedFriends: new Set([BEN]) }),
    ]);
  });

  test('says in how many parts the friends are stored: as read, and then as written', () => {
    const ann: StoredUser = { state: { id: ANN, friends: [BEN], purchases: [] }, version: 0, friendBuckets: 4 };
    const memory = memoryAfter([buys(ANN)], new Map([[ANN, ann]]));
    expect(memory.changed()).toMatchObject([{ state: { id: ANN }, friendBuckets: 4 }]);

    memory.stored(new Map([[ANN, 8]]));
    const body = judgeLines(memory.detector, memory.head, selectionOf([buys(ANN)]));
    memory.confirm(nextHead(memory.head, 'u', { sequence: memory.detector.sequence }), [body]);
    expect(memory.changed()).toMatchObject([{ state: { id: ANN }, version: 2, friendBuckets: 8 }]);
  });

  test('is refused for users whom memory does not know, and memory tells who they are', () => {
    const before = memoryAfter([befriend(ANN, BEN)]);
    const memory = new WorkingSet(before.head, [before.lastBody!]);
    memory.restore([BEN], NOTHING);
    expect(memory.missingChanged()).toEqual([ANN]);
    expect(() => memory.changed()).toThrow(new RangeError('a changed user is not in memory'));

    memory.restore(memory.missingChanged(), NOTHING);
    expect(memory.changed().map(({ state }) => state.friends)).toEqual([[BEN], [ANN]]);
  });

  test('is nothing once it is stored', () => {
    const memory = memoryAfter([buys(ANN)]);
    expect([memory.pendingCommits, memory.flushed]).toEqual([1, 0]);
    memory.stored(new Map());
    expect([memory.pendingCommits, memory.flushed, memory.changed()]).toEqual([0, 1, []]);
  });

  test('is nothing once another has stored it', () => {
    const memory = memoryAfter([buys(ANN)]);
    memory.follow(nextHead(memory.head, '~u', { flushed: 1 }), []);
    expect([memory.pendingCommits, memory.flushed]).toEqual([0, 1]);
  });
});

describe('the body of the last commit', () => {
  test('is in memory while it is pending', () => {
    const memory = memoryAfter([buys(ANN)]);
    expect(memory.lastBody).toMatchObject({ version: 1, events: [buys(ANN)] });
    memory.follow(nextHead(memory.head, '~u', {}), []);
    expect(memory.lastBody).toBeUndefined();
    expect(new WorkingSet(NEW, []).lastBody).toBeUndefined();
  });
});

describe('memory can follow', () => {
  const old = nextHead(NEW, '1', {});

  function after(commits: number, change: Partial<Head> = {}): Head {
    let head = old;
    for (let commit = 0; commit < commits; commit++) head = nextHead(head, String(commit), { flushed: head.version });
    return { ...head, ...change };
  }

  test('to the same version and to later ones', () => {
    expect([after(0), after(1), after(15)].map((head) => canFollow(old, head))).toEqual([true, true, true]);
    expect([NEW, after(14)].map((head) => canFollow(NEW, head))).toEqual([true, true]);
  });

  test('not to a head that came of another commit of the same version, as a restored table has', () => {
    const other = nextHead(NEW, 'another', {});
    expect(canFollow(old, other)).toBe(false);
    expect(canFollow(old, nextHead(other, 'next', {}))).toBe(false);
  });

  test('neither back, nor to another load, nor over commits that the head has forgotten', () => {
    expect(canFollow(after(1), old)).toBe(false);
    expect(canFollow(old, after(1, { generation: 'other' }))).toBe(false);
    expect(canFollow(old, after(16))).toBe(false);
    expect(canFollow(NEW, after(16))).toBe(false);
  });
});
