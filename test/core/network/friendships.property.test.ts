import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Micros, NetworkEvent, UserId } from '../../../lib/core/events/event.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import { NaiveDetector } from '../../oracle/naive-detector.ts';
import { seeded } from '../../seeded.ts';
import { userId } from './histories.ts';
import { naiveProbeTexts, probeTexts, WAYS } from './verdicts.ts';

const change = fc.record({
  isEnd: fc.boolean(),
  one: fc.constantFrom(0, 0, 0, 1, 2),
  other: fc.integer({ min: 3, max: 90 }),
});

test('a user of hundreds of friends has each of them once, whatever begins and ends', () => {
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 100, maxLength: 600, size: 'max' }),
      fc.boolean(),
      (changes, startsWide) => {
        const detector = new NetworkDetector({ degrees: 1, tracked: 2 });
        const wanted = new Set<UserId>();
        const earlier = startsWide
          ? Array.from({ length: 80 }, (_, index) => ({ isEnd: false, one: 0, other: index + 3 }))
          : [];
        for (const { isEnd, one, other } of [...earlier, ...changes]) {
          detector.apply({ type: isEnd ? 'unfriend' : 'befriend', time: 0, users: [userId(one), userId(other)] });
          if (one === 0 && isEnd) wanted.delete(userId(other));
          if (one === 0 && !isEnd) wanted.add(userId(other));
        }
        expect((detector.saveUser(userId(0))?.friends ?? []).toSorted()).toEqual([...wanted].toSorted());
      },
    ),
    seeded(60),
  );
});

test.each(WAYS)('a user of hundreds of friends is judged by those of them who are left: %s', (way) => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 50, maxLength: 300, size: 'max' }), (changes) => {
      const parameters = { degrees: 2, tracked: 100 };
      const detector = new NetworkDetector({ ...parameters, way });
      const oracle = new NaiveDetector(parameters);
      const begun = Array.from({ length: 80 }, (_, index) => ({ isEnd: false, one: 0, other: index + 3 }));
      for (const { isEnd, one, other } of [...begun, ...changes]) {
        const friends: NetworkEvent = {
          type: isEnd ? 'unfriend' : 'befriend',
          time: 0,
          users: [userId(one), userId(other)],
        };
        const purchase: NetworkEvent = { type: 'purchase', time: 0, user: userId(other), amount: 5n as Micros };
        for (const event of [friends, purchase]) {
          detector.apply(event);
          oracle.apply(event);
        }
      }
      const users = [0, 1, 2, 3, 4].map(userId);
      expect(probeTexts(detector, users)).toEqual(naiveProbeTexts(oracle, users));
    }),
    seeded(40),
  );
});

test('a friendship that was restored from one side only is one friendship', () => {
  const [one, other] = [userId(1), userId(2)];
  for (const users of [
    [one, other],
    [other, one],
  ] as const) {
    const detector = new NetworkDetector({ degrees: 1, tracked: 2 });
    detector.restoreUser({ id: one, friends: [other], purchases: [] });
    detector.apply({ type: 'befriend', time: 0, users });
    expect(detector.saveUser(one)?.friends).toEqual([other]);
    expect(detector.saveUser(other)?.friends).toEqual([one]);
    detector.apply({ type: 'unfriend', time: 0, users });
    expect(detector.saveUser(one)?.friends).toEqual([]);
    expect(detector.saveUser(other)?.friends).toEqual([]);
  }
});

/** Where a search for a user starts in an index of 2^9 places: see wasm/assembly/friend-index.ts. */
function placeOf(user: number): number {
  return Math.imul(user, 0x9e3779b1) >>> 23;
}

test('a user has each friend once, also where the friends are chosen to stand in one place of the index', () => {
  const { ids, friendships, wasm } = new NetworkDetector({ degrees: 1, tracked: 2 }).engine;
  const users = Array.from({ length: 20_000 }, (_, number) => ids.add(userId(number)));
  const friends = users.filter((user) => user > 0 && placeOf(user) >= 250 && placeOf(user) < 258);
  expect(friends.length).toBeGreaterThan(200);
  for (const friend of [...friends, ...friends]) wasm.befriend(0, friend);
  expect([...friendships.friendsOf(0)]).toEqual(friends);
  const left = friends.filter((_, index) => index % 3 === 0);
  for (const friend of friends) if (!left.includes(friend)) wasm.unfriend(0, friend);
  expect([...friendships.friendsOf(0)].toSorted((a, b) => a - b)).toEqual(left);
  expect(friends.filter((friend) => friendships.has(0, friend))).toEqual(left);
});
