import { describe, expect, test } from 'vitest';
import type { UserStore } from '../../lib/adapters/transactions/user-store.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import { newUser, type UserHead } from '../../lib/core/transactions-cloud/user-head.ts';
import { ANN, committed, lineOf } from '../core/transactions-cloud/sample-transactions.ts';

const first = committed(lineOf('a'));
const second = committed(lineOf('a'), lineOf('b', { sequenceNumber: '101' }));

async function usersIn(store: UserStore): Promise<UserId[]> {
  const users: UserId[] = [];
  for await (const page of store.listUsers()) users.push(...page);
  return users.toSorted();
}

/** As the second commit, but for the transactions that it counts. */
function committedAgain(transactions: number): UserHead {
  return { ...second, totals: { ...second.totals, transactions } };
}

/** What every store of users has to do. `prepare` gives an empty one. */
export function testUserStore(prepare: () => Promise<UserStore>): void {
  describe('heads', () => {
    test('are of no user that nothing has been committed to', async () => {
      const store = await prepare();
      expect((await store.readUsers([ANN])).size).toBe(0);
      expect((await store.readUsers([])).size).toBe(0);
      expect(await usersIn(store)).toEqual([]);
    });

    test('come back as they were', async () => {
      const store = await prepare();
      expect(await store.writeUser(first)).toBe(true);
      expect(await store.readUsers([ANN, ANN, 'ben' as UserId])).toEqual(new Map([[ANN, first]]));
      expect(await store.writeUser(second)).toBe(true);
      expect((await store.readUsers([ANN])).get(ANN)).toEqual(second);
      const odd: UserHead = { ...newUser('\ud800/#' as UserId), version: 1 };
      expect(await store.writeUser(odd)).toBe(true);
      expect((await store.readUsers([odd.user])).get(odd.user)).toEqual(odd);
      expect(await usersIn(store)).toEqual([ANN, odd.user]);
    });

    test('follow one another without a gap, and of two of one version the first stays', async () => {
      const store = await prepare();
      expect(await store.writeUser(second)).toBe(false);
      expect(await store.writeUser(first)).toBe(true);
      expect(await store.writeUser({ ...first, profile: undefined })).toBe(false);
      expect((await store.readUsers([ANN])).get(ANN)).toEqual(first);
      const writers = [1, 2, 3, 4].map((count) => committedAgain(count));
      const written = await Promise.all(writers.map((head) => store.writeUser(head)));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect((await store.readUsers([ANN])).get(ANN)).toEqual(writers[written.indexOf(true)]);
    });
  });

  test('a user is deleted if the head still is the one that is meant', async () => {
    const store = await prepare();
    await store.writeUser(first);
    await store.writeUser(second);
    expect(await store.deleteUser(ANN, first.version)).toBe(false);
    expect(await store.deleteUser(ANN, second.version)).toBe(true);
    expect(await store.deleteUser(ANN, second.version)).toBe(false);
    expect(await usersIn(store)).toEqual([]);
    expect(await store.writeUser({ ...second, version: second.version + 1 })).toBe(false);
    const again = { ...newUser(ANN), version: 1, deletedAt: 5 };
    expect(await store.writeUser(again)).toBe(true);
    expect((await store.readUsers([ANN])).get(ANN)).toEqual(again);
  });

  test('users can be many', async () => {
    const store = await prepare();
    const users = Array.from({ length: 230 }, (_, number) => `user ${String(number).padStart(3, '0')}` as UserId);
    for (const user of users) await store.writeUser({ ...first, user });
    expect((await store.readUsers(users)).size).toBe(230);
    expect(await usersIn(store)).toEqual(users);
  });
}
