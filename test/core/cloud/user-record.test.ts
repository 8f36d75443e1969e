import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketOf } from '../../../lib/core/cloud/friend-buckets.ts';
import { UnreadableStateError } from '../../../lib/core/cloud/unreadable-state-error.ts';
import {
  LARGEST_MAIN,
  packUser,
  unpackFriends,
  unpackUser,
  type PackedUser,
} from '../../../lib/core/cloud/user-record.ts';
import type { Micros, UserId } from '../../../lib/core/events/event.ts';
import type { UserState } from '../../../lib/core/network/network-detector.ts';
import { seeded, seeds } from '../../seeded.ts';
import { inOrder, randomFrom, userId, userState, usualUser } from './user-states.ts';

const NOBODY: UserState = { id: 'u' as UserId, friends: [], purchases: [] };

function unpack(id: UserId, { main, buckets }: PackedUser): UserState {
  const { friends, purchases } = unpackUser(main);
  const apart = Array.from(buckets.values(), (bucket) => unpackFriends(bucket));
  return inOrder({ id, friends: [friends, ...apart].flat(), purchases });
}

function manyFriends(count: number): UserId[] {
  return Array.from({ length: count }, (_, index) => `friend-${(index * 2_654_435_761) % 2 ** 32}` as UserId);
}

function faultOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a packed user', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(userState, (state) => {
        expect(unpack(state.id, packUser(state))).toEqual(inOrder(state));
      }),
      seeded(400),
    );
  });

  test('comes back as it was with the friends apart', () => {
    fc.assert(
      fc.property(userState, fc.constantFrom(1, 2, 8), (state, friendBuckets) => {
        const packed = packUser(state, { friendBuckets, changedFriends: 'all' });
        expect(packed.friendBuckets).toBe(friendBuckets);
        expect(packed.buckets.size).toBe(friendBuckets);
        expect(unpackUser(packed.main)).toMatchObject({ friendBuckets, friends: [] });
        expect(unpack(state.id, packed)).toEqual(inOrder(state));
      }),
      seeded(100),
    );
  });

  test.each(['alphanumeric', 'numeric'] as const)(
    'stays within its share of 1 KB with 50 purchases and 60 friends of %s ids',
    (kindOfId) => {
      const sizes = seeds(300).map((seed) => {
        const state = usualUser(randomFrom(seed), kindOfId);
        const { main, friendBuckets } = packUser(state);
        expect(friendBuckets).toBe(0);
        return main.length;
      });
      expect(Math.max(...sizes)).toBeLessThanOrEqual(LARGEST_MAIN);
    },
  );

  test('takes next to nothing if nothing is known of the user', () => {
    expect(packUser(NOBODY).main.length).toBeLessThan(12);
    expect(unpack(NOBODY.id, packUser(NOBODY))).toEqual(NOBODY);
  });

  test('is refused for a number too large to come back exactly', () => {
    const purchase = { time: 0, sequence: 2 ** 52, amount: 1n as Micros };
    expect(() => packUser({ ...NOBODY, purchases: [purchase] })).toThrow(
      new RangeError('a stored number must be below 2^52 (given 4503599627370496)'),
    );
  });
});

describe('the friends of a user', () => {
  const crowd: UserState = { ...NOBODY, friends: manyFriends(3_000) };

  test('are stored apart once they do not fit beside the purchases', () => {
    const { friends, purchases } = usualUser(randomFrom(1), 'alphanumeric');
    const few = packUser({ ...NOBODY, friends: friends.slice(0, 20), purchases });
    expect(few.friendBuckets).toBe(0);
    const more = packUser({ ...NOBODY, friends: [...friends, ...manyFriends(40)], purchases });
    expect(more.friendBuckets).toBe(1);
  });

  test('stay with the user where they are few, however many the purchases', () => {
    const purchases = Array.from({ length: 1_000 }, (_, index) => {
      return { time: index * index * 1_000, sequence: index ** 3, amount: BigInt(index * 17) as Micros };
    });
    const packed = packUser({ ...NOBODY, friends: manyFriends(10), purchases });
    expect(packed.main.length).toBeGreaterThan(LARGEST_MAIN);
    expect(packed.friendBuckets).toBe(0);
    expect(packUser({ ...NOBODY, friends: manyFriends(100), purchases }).friendBuckets).toBe(1);
  });

  test('fill buckets of about 2 KB', () => {
    const { friendBuckets, buckets } = packUser({ ...NOBODY, friends: manyFriends(100_000) });
    expect(friendBuckets).toBe(1_024);
    const sizes = Array.from(buckets.values(), (bucket) => bucket.length);
    expect(Math.max(...sizes)).toBeLessThan(4_000);
    expect(Math.min(...sizes)).toBeGreaterThan(500);
  });

  test('are written where they have changed, and nowhere else', () => {
    const { friendBuckets } = packUser(crowd);
    const [lost, ...friends] = crowd.friends;
    const made = 'someone new' as UserId;
    const changedFriends = new Set([lost!, made]);
    const packed = packUser({ ...crowd, friends: [...friends, made] }, { friendBuckets, changedFriends });
    expect(packed.friendBuckets).toBe(friendBuckets);
    expect(new Set(packed.buckets.keys())).toEqual(
      new Set([bucketOf(lost!, friendBuckets), bucketOf(made, friendBuckets)]),
    );
    expect(unpackFriends(packed.buckets.get(bucketOf(made, friendBuckets))!)).toContain(made);
    expect(unpackFriends(packed.buckets.get(bucketOf(lost!, friendBuckets))!)).not.toContain(lost);
  });

  test('are not written for a purchase', () => {
    const { friendBuckets } = packUser(crowd);
    expect(packUser(crowd, { friendBuckets, changedFriends: new Set() })).toMatchObject({
      friendBuckets,
      buckets: new Map(),
    });
  });

  test('are all written when the buckets become more', () => {
    const { friendBuckets } = packUser(crowd);
    const more: UserState = { ...NOBODY, friends: manyFriends(6_000) };
    const packed = packUser(more, { friendBuckets, changedFriends: new Set(more.friends.slice(-1)) });
    expect(packed.friendBuckets).toBe(2 * friendBuckets);
    expect(unpack(NOBODY.id, packed)).toEqual(inOrder(more));
  });

  test('stay apart when they become fewer, each bucket present', () => {
    const packed = packUser(NOBODY, { friendBuckets: 4, changedFriends: new Set(manyFriends(100)) });
    expect(packed.friendBuckets).toBe(4);
    expect(Array.from(packed.buckets.values(), unpackFriends)).toEqual([[], [], [], []]);
  });

  test('keep to their buckets: stored state depends on the hash', () => {
    expect(['1', 'ann', 'Zoë', '\u{1f600}'].map((id) => bucketOf(id as UserId, 1_024))).toMatchInlineSnapshot(`
      [
        399,
        741,
        354,
        38,
      ]
    `);
  });
});

describe('bytes that are no packed user', () => {
  const states = fc.record({ state: userState, friendBuckets: fc.constantFrom(0, 2) });

  test('are refused where they are cut, or go on', () => {
    fc.assert(
      fc.property(states, fc.nat(), ({ state, friendBuckets }, place) => {
        const { main, buckets } = packUser(state, { friendBuckets, changedFriends: 'all' });
        expect(() => unpackUser(main.subarray(0, place % main.length))).toThrow(UnreadableStateError);
        expect(() => unpackUser(Uint8Array.of(...main, 65))).toThrow(UnreadableStateError);
        for (const bucket of buckets.values()) {
          expect(() => unpackFriends(bucket.subarray(0, place % bucket.length))).toThrow(UnreadableStateError);
        }
      }),
      seeded(200),
    );
  });

  test('give a user or are refused, whatever they are', () => {
    const damaged = fc.tuple(states, fc.nat(), fc.nat(255)).map(([{ state, friendBuckets }, place, byte]) => {
      const { main } = packUser(state, { friendBuckets, changedFriends: 'all' });
      return main.with(1 + (place % (main.length - 1)), byte);
    });
    const anything = fc.uint8Array({ maxLength: 60 }).map((bytes) => Uint8Array.of(1, ...bytes));
    fc.assert(
      fc.property(fc.oneof(damaged, anything), (bytes) => {
        expect(faultOf(() => unpackUser(bytes))).toSatisfy(
          (fault) => fault === undefined || fault instanceof UnreadableStateError,
        );
      }),
      seeded(3_000),
    );
  });

  test.each([
    [
      'of a later format',
      Uint8Array.of(2),
      'the stored user cannot be read: its format is 2, this version of Flagstone reads format 1',
    ],
    ['empty', Uint8Array.of(), 'the stored user cannot be read: it ends too early, after 0 bytes'],
    [
      'cut',
      packUser(usualUser(randomFrom(7), 'numeric')).main.subarray(0, 100),
      'the stored user cannot be read: it ends too early, after 100 bytes',
    ],
  ])('are refused with the reason: %s', (_, bytes, message) => {
    expect(() => unpackUser(bytes)).toThrow(new UnreadableStateError('user', message.slice(message.indexOf(': ') + 2)));
    expect(() => unpackUser(bytes)).toThrow(message);
  });

  test('are refused as a list of friends', () => {
    expect(() => unpackFriends(Uint8Array.of(9))).toThrow(/list of friends cannot be read: its format is 9/);
  });

  test('are refused for an id that is not UTF-8', () => {
    const { main } = packUser({ ...NOBODY, friends: ['ab' as UserId] });
    expect(() => unpackUser(main.with(main.length - 1, 0xff))).toThrow(/not valid UTF-8/);
  });
});

test('ids of any characters stay different', () => {
  fc.assert(
    fc.property(fc.uniqueArray(userId, { maxLength: 30 }), (friends) => {
      expect(unpackUser(packUser({ ...NOBODY, friends }).main).friends).toEqual(friends.toSorted());
    }),
    seeded(200),
  );
});
