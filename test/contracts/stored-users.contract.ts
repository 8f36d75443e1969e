import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StateStore } from '../../lib/adapters/state/state-store.ts';
import type { UserId } from '../../lib/core/events/event.ts';
import type { UserState } from '../../lib/core/network/network-detector.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';
import { userId, userState } from '../core/cloud/user-states.ts';
import { seeded } from '../seeded.ts';
import { changed, crowdOf, headOf, inNoOrder, SHOP, SPACE, stateOf } from './state-samples.ts';

/** Gives an empty store. */
export type Prepare = () => Promise<StateStore>;

export function testUsers(prepare: Prepare): void {
  describe('users', () => {
    test('come back as they were, whatever they are', async () => {
      const store = await prepare();
      let generation = 0;
      const users = fc.uniqueArray(userState, { maxLength: 8, selector: ({ id }) => id });
      await fc.assert(
        fc.asyncProperty(users, fc.boolean(), async (states, isLoaded) => {
          const space = { ...SPACE, generation: `g${generation++}` };
          const version = isLoaded ? 0 : 7;
          if (isLoaded) await store.createUsers(space, states);
          else
            await store.writeUsers(
              space,
              states.map((state) => changed(state, version)),
            );
          const ids = states.map(({ id }) => id);
          const read = await store.readUsers(space, [...ids, ...ids, 'nobody knows them' as UserId]);
          expect(Array.from(read.keys()).toSorted()).toEqual(ids.toSorted());
          for (const state of states) {
            const stored = read.get(state.id)!;
            expect(inNoOrder(stored.state)).toEqual(inNoOrder(state));
            expect(stored.version).toBe(version);
          }
        }),
        seeded(25),
      );
    });

    test('are kept apart by their ids, whatever the characters', async () => {
      const store = await prepare();
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(userId, { minLength: 2, maxLength: 9 }), async (ids) => {
          await store.deleteUsers(SPACE);
          await store.writeUsers(
            SPACE,
            ids.map((id, index) => changed(stateOf(id, index), 1)),
          );
          const read = await store.readUsers(SPACE, ids);
          expect(ids.map((id) => read.get(id)?.state)).toEqual(ids.map((id, index) => stateOf(id, index)));
        }),
        seeded(15),
      );
    });

    test('can be many at once', async () => {
      const store = await prepare();
      const states = Array.from({ length: 450 }, (_, index) => stateOf(`user ${index}` as UserId, index));
      await store.createUsers(SPACE, states.slice(0, 230));
      await store.writeUsers(
        SPACE,
        states.slice(200).map((state) => changed(state, 3)),
      );
      const read = await store.readUsers(
        SPACE,
        states.map(({ id }) => id),
      );
      expect(states.map(({ id }) => read.get(id)?.state)).toEqual(states);
      expect(states.map(({ id }) => read.get(id)?.version)).toEqual([...Array(200).fill(0), ...Array(250).fill(3)]);
    });

    test('can be none', async () => {
      const store = await prepare();
      expect(await store.readUsers(SPACE, [])).toEqual(new Map());
      expect(await store.writeUsers(SPACE, [])).toEqual(new Map());
      await store.createUsers(SPACE, []);
      expect(await store.deleteUsers(SPACE)).toBe(0);
    });

    test('are written over older versions of themselves only', async () => {
      const store = await prepare();
      const id = 'ann' as UserId;
      const stored = async (): Promise<unknown> => {
        const user = (await store.readUsers(SPACE, [id])).get(id);
        return [user?.version, user?.state.purchases[0]?.sequence];
      };
      await store.createUsers(SPACE, [stateOf(id, 10)]);
      expect(await stored()).toEqual([0, 10]);
      await store.writeUsers(SPACE, [changed(stateOf(id, 15), 5)]);
      await store.writeUsers(SPACE, [changed(stateOf(id, 14), 4)]);
      expect(await stored()).toEqual([5, 15]);
      await store.writeUsers(SPACE, [changed(stateOf(id, 99), 5)]);
      expect(await stored()).toEqual([5, 15]);
      await Promise.all(
        [7, 9, 8, 6].map((version) => store.writeUsers(SPACE, [changed(stateOf(id, version), version)])),
      );
      expect(await stored()).toEqual([9, 9]);
    });

    test('belong to one generation of one network, and are deleted with it', async () => {
      const store = await prepare();
      const spaces = [
        SPACE,
        { ...SPACE, generation: 'g' },
        { ...SPACE, generation: 'g11' },
        { ...SPACE, network: 'shop.g1' as NetworkName },
        { network: 'sho' as NetworkName, generation: 'p' },
      ];
      const ids = Array.from({ length: 40 }, (_, index) => `1/${index}` as UserId);
      for (const [index, space] of spaces.entries()) {
        await store.createUsers(
          space,
          ids.map((id) => stateOf(id, index)),
        );
      }
      await store.writeHead(headOf(1));
      expect(await store.deleteUsers(SPACE)).toBe(40);
      expect(await store.deleteUsers(SPACE)).toBe(0);
      expect(await store.readUsers(SPACE, ids)).toEqual(new Map());
      for (const [index, space] of spaces.slice(1).entries()) {
        expect((await store.readUsers(space, ids)).get(ids[7]!)?.state).toEqual(stateOf(ids[7]!, 1 + index));
      }
      expect(await store.readHead(SHOP)).toEqual(headOf(1));
    });
  });
}

export function testFriends(prepare: Prepare, crowd: number): void {
  describe('friends', () => {
    const hub = crowdOf(crowd);
    const read = async (store: StateStore): Promise<{ state: UserState; version: number; friendBuckets: number }> => {
      const { state, version, friendBuckets } = (await store.readUsers(SPACE, [hub.id])).get(hub.id)!;
      return { state: inNoOrder(state), version, friendBuckets };
    };

    test.each(['loaded', 'written'])(`can be ${crowd}: %s`, async (how) => {
      const store = await prepare();
      const small = stateOf('small' as UserId, 4);
      if (how === 'loaded') await store.createUsers(SPACE, [small, hub]);
      const apart = await store.writeUsers(SPACE, [changed(small, 1), changed(hub, 1)]);
      expect((await read(store)).state).toEqual(inNoOrder(hub));
      expect(apart).toEqual(new Map([[hub.id, (await read(store)).friendBuckets]]));
      expect(apart.get(hub.id)).toBeGreaterThan(1);
      const together = await store.readUsers(SPACE, [small.id, hub.id]);
      expect(together.get(small.id)?.state).toEqual(small);
      expect(inNoOrder(together.get(hub.id)!.state)).toEqual(inNoOrder(hub));
    });

    test('are made and lost one by one', async () => {
      const store = await prepare();
      await store.createUsers(SPACE, [hub]);
      const [lost, ...others] = hub.friends;
      const state = { ...hub, friends: [...others, 'new 1' as UserId, 'new 2' as UserId] };
      const { friendBuckets } = await read(store);
      const changedFriends = new Set([lost!, 'new 1' as UserId, 'new 2' as UserId]);
      expect(await store.writeUsers(SPACE, [{ state, version: 4, friendBuckets, changedFriends }])).toEqual(
        new Map([[hub.id, friendBuckets]]),
      );
      expect(await read(store)).toEqual({ state: inNoOrder(state), version: 4, friendBuckets });
      const bought = { ...state, purchases: stateOf(hub.id, 77).purchases };
      await store.writeUsers(SPACE, [{ state: bought, version: 6, friendBuckets, changedFriends: new Set() }]);
      expect(await read(store)).toEqual({ state: inNoOrder(bought), version: 6, friendBuckets });
    });

    test('become too many for where they are, and then fewer again', async () => {
      const store = await prepare();
      let friendBuckets = 0;
      let version = 0;
      let known: readonly UserId[] = [];
      for (const count of [5, crowd / 4, crowd, 3, 0]) {
        const state = { ...hub, friends: hub.friends.slice(0, count) };
        const changedFriends = new Set([...known.slice(count), ...state.friends.slice(known.length)]);
        const apart = await store.writeUsers(SPACE, [{ state, version: ++version, friendBuckets, changedFriends }]);
        expect(apart.get(hub.id) ?? 0).toBeGreaterThanOrEqual(friendBuckets);
        friendBuckets = apart.get(hub.id) ?? 0;
        expect(await read(store)).toEqual({ state: inNoOrder(state), version, friendBuckets });
        known = state.friends;
      }
    });

    test('stay whole where two write who do not know of each other', async () => {
      const store = await prepare();
      const few = { ...hub, friends: hub.friends.slice(0, 20) };
      await store.createUsers(SPACE, [few]);
      const grown = { state: hub, version: 5, friendBuckets: 0, changedFriends: new Set(hub.friends.slice(20)) };
      const late = { state: few, version: 3, friendBuckets: 0, changedFriends: new Set<UserId>() };
      const grownBuckets = (await store.writeUsers(SPACE, [grown])).get(hub.id)!;
      // Of an older version: tells where the friends are, and changes nothing.
      expect(await store.writeUsers(SPACE, [late])).toEqual(new Map([[hub.id, grownBuckets]]));
      expect((await read(store)).state).toEqual(inNoOrder(hub));
      // Of a newer version, by one who thinks that the friends are still with the user.
      const newer = { ...grown, state: { ...hub, friends: hub.friends.slice(1) }, version: 8 };
      expect(await store.writeUsers(SPACE, [newer])).toEqual(new Map([[hub.id, grownBuckets]]));
      expect(await read(store)).toEqual({ state: inNoOrder(newer.state), version: 8, friendBuckets: grownBuckets });
      // By one who thinks that there are buckets where there is nothing.
      const space = { ...SPACE, generation: 'g2' };
      const lost = { state: hub, version: 9, friendBuckets: 2, changedFriends: new Set<UserId>() };
      await store.writeUsers(space, [lost]);
      expect(inNoOrder((await store.readUsers(space, [hub.id])).get(hub.id)!.state)).toEqual(inNoOrder(hub));
    });

    test('are deleted with their generation', async () => {
      const store = await prepare();
      await store.createUsers(SPACE, [hub]);
      const { friendBuckets } = await read(store);
      expect(await store.deleteUsers(SPACE)).toBe(1 + friendBuckets);
      expect(await store.readUsers(SPACE, [hub.id])).toEqual(new Map());
      await store.createUsers(SPACE, [stateOf(hub.id, 1)]);
      expect((await read(store)).state.friends).toEqual(stateOf(hub.id, 1).friends);
    });
  });
}
