import { describe, expect, test } from 'vitest';
import { Reach } from '../../../lib/core/cloud/reach.ts';
import type { Micros, NetworkEvent, UserId } from '../../../lib/core/events/event.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';

/** a - b - c - d - e - f, each restored with both friends. */
const CHAIN = Array.from('abcdef');

function chainOf(degrees: number, inMemory: string): { missing: (...events: NetworkEvent[]) => string } {
  const detector = new NetworkDetector({ degrees, tracked: 2 });
  for (const id of inMemory) {
    const friends = CHAIN.filter((friend) => Math.abs(CHAIN.indexOf(friend) - CHAIN.indexOf(id)) === 1);
    detector.restoreUser({ id: id as UserId, friends: friends as UserId[], purchases: [] });
  }
  const reach = new Reach(detector, (user) => inMemory.includes(user));
  return { missing: (...events) => reach.missing(events).toSorted().join('') };
}

function buys(user: string): NetworkEvent {
  return { type: 'purchase', time: 0, user: user as UserId, amount: 0n as Micros };
}

function changes(type: 'befriend' | 'unfriend', users: string): NetworkEvent {
  return { type, time: 0, users: Array.from(users) as [UserId, UserId] };
}

describe('who must be in memory', () => {
  test('is the buyer first, whose friends nobody knows before', () => {
    expect(chainOf(2, '').missing(buys('b'))).toBe('b');
  });

  test('is everybody within D of a buyer', () => {
    expect(chainOf(1, 'b').missing(buys('b'))).toBe('ac');
    expect(chainOf(2, 'abc').missing(buys('b'))).toBe('d');
    expect(chainOf(2, 'abcd').missing(buys('b'))).toBe('');
    expect(chainOf(2, 'abcde').missing(buys('b'), buys('e'))).toBe('f');
  });

  test('is whoever is named in a friendship, but not their friends', () => {
    expect(chainOf(3, 'a').missing(changes('unfriend', 'ae'))).toBe('e');
    expect(chainOf(3, 'ae').missing(changes('unfriend', 'ae'))).toBe('');
  });

  test('is reached over friendships that the batch makes, before the purchase or after it', () => {
    expect(chainOf(2, 'abce').missing(buys('a'), changes('befriend', 'ae'))).toBe('df');
    expect(chainOf(2, 'abce').missing(changes('befriend', 'ea'), buys('a'))).toBe('df');
    expect(chainOf(2, 'abce').missing(changes('befriend', 'ae'), changes('befriend', 'ag'), buys('a'))).toBe('dfg');
  });

  test('is reached over friendships that the batch ends, for the purchases before', () => {
    expect(chainOf(2, 'ab').missing(changes('unfriend', 'ab'), buys('a'))).toBe('c');
  });
});
