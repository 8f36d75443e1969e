import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StoredUser } from '../../../lib/core/cloud/stored-user.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import { StaleReadError, type StateStore } from '../../../lib/adapters/state/state-store.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import type { UserState } from '../../../lib/core/network/network-detector.ts';
import { SPACE, stateOf } from '../../contracts/state-samples.ts';
import { seeded } from '../../seeded.ts';
import { MemoryTable } from './memory-table.ts';

const HUB = 'hub' as UserId;

/** Ids so long that a bucket is full with 20 of them. */
const PEOPLE = Array.from({ length: 120 }, (_, index) => `${index}-`.padEnd(100, 'x') as UserId);

/** What a commit does: the one user makes or loses friends, a row of them. */
interface Commit {
  readonly kind: 'make' | 'lose';
  readonly from: number;
  readonly count: number;
}

/** One who brings the stored user up to date with a version, and may be killed at any request. */
interface Writer {
  readonly version: number;
  readonly requests: number;
}

const LAST = 8;
const KILLED = 'killed';
const commit: fc.Arbitrary<Commit> = fc.record({
  kind: fc.constantFrom('make', 'lose'),
  from: fc.nat(PEOPLE.length - 1),
  count: fc.nat(PEOPLE.length),
});
/** The first one makes enough friends for two buckets. */
const commits = fc
  .array(commit, { minLength: LAST - 1, maxLength: LAST - 1 })
  .map((later): Commit[] => later.toSpliced(0, 0, { kind: 'make', from: 0, count: 30 }));
const writers = fc.array(
  fc.record({
    version: fc.integer({ min: 2, max: LAST }),
    requests: fc.oneof(fc.nat(12), fc.constant(Infinity)),
  }),
  { minLength: 2, maxLength: 6 },
);

class History {
  readonly #commits: readonly Commit[];

  constructor(commits: readonly Commit[]) {
    this.#commits = commits;
  }

  /** The friends as of a version, if those as of another, or of anything between, are known. */
  friendsAt(version: number, known: ReadonlySet<UserId> = new Set(), since = 0): Set<UserId> {
    const friends = new Set(known);
    for (const { kind, from, count } of this.#commits.slice(since, version)) {
      for (const friend of PEOPLE.slice(from, from + count)) {
        if (kind === 'make') friends.add(friend);
        else friends.delete(friend);
      }
    }
    return friends;
  }

  changedBetween(since: number, version: number): Set<UserId> {
    const changes = this.#commits.slice(since, version);
    return new Set(changes.flatMap(({ from, count }) => PEOPLE.slice(from, from + count)));
  }

  stateAt(version: number): UserState {
    return { ...stateOf(HUB, version), friends: Array.from(this.friendsAt(version)) };
  }
}

async function readHub(store: StateStore): Promise<StoredUser | 'stale' | undefined> {
  try {
    return (await store.readUsers(SPACE, [HUB])).get(HUB);
  } catch (error) {
    if (error instanceof StaleReadError) return 'stale';
    throw error;
  }
}

/** A stored user, with the commits since replayed, is the user as they are. */
function expectUpToDate(stored: StoredUser, history: History): void {
  const { state, version } = stored;
  const replayed = history.friendsAt(LAST, new Set(state.friends), version);
  expect(Array.from(replayed).toSorted()).toEqual(Array.from(history.friendsAt(LAST)).toSorted());
  expect(state.purchases).toEqual(history.stateAt(version).purchases);
  expect(new Set(state.friends).size).toBe(state.friends.length);
}

async function bringUpToDate(store: StateStore, history: History, version: number): Promise<void> {
  const stored = await readHub(store);
  if (stored === 'stale' || (stored !== undefined && stored.version >= version)) return;
  const changedFriends = history.changedBetween(stored?.version ?? 0, version);
  const friendBuckets = stored?.friendBuckets ?? 0;
  await store.writeUsers(SPACE, [{ state: history.stateAt(version), version, friendBuckets, changedFriends }]);
}

test('a user is never torn, however writers meet, and wherever they are killed', async () => {
  await fc.assert(
    fc.asyncProperty(commits, writers, fc.scheduler(), async (madeCommits, plans, scheduler) => {
      const history = new History(madeCommits);
      const table = new MemoryTable();
      const storeOf = ({ requests }: Pick<Writer, 'requests'>): StateStore => {
        let waits = 0;
        const wait = async (): Promise<void> => {
          await scheduler.schedule(Promise.resolve());
          if (waits++ >= 2 * requests + 1) throw new Error(KILLED);
        };
        return new DynamoStateStore({ client: table.client(wait), table: 'state' });
      };
      const write = async (writer: Writer): Promise<void> => {
        await bringUpToDate(storeOf(writer), history, writer.version).catch((error: Error) => {
          if (error.message !== KILLED) throw error;
        });
      };
      const read = async (): Promise<void> => {
        const stored = await readHub(storeOf({ requests: Infinity }));
        if (stored !== undefined && stored !== 'stale') expectUpToDate(stored, history);
      };
      const undisturbed = new DynamoStateStore({ client: table.client(async () => {}), table: 'state' });
      await bringUpToDate(undisturbed, history, 1);
      const everything = Promise.all([...plans.map(write), read(), read(), read()]);
      await scheduler.waitFor(everything);

      const left = await readHub(undisturbed);
      expect(left).not.toBe('stale');
      expectUpToDate(left as StoredUser, history);
      await bringUpToDate(undisturbed, history, LAST);
      expectUpToDate((await readHub(undisturbed)) as StoredUser, history);
    }),
    seeded(150),
  );
});
