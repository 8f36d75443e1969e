import { expect, test } from 'vitest';
import { Friendships } from '../../../lib/core/network/friendships.ts';
import { Neighbourhood } from '../../../lib/core/network/neighbourhood.ts';

test('a search is not misled by the visits of one long ago, when the count of searches starts again', () => {
  const friendships = new Friendships();
  for (const [user, friend] of [
    [0, 1],
    [1, 0],
    [2, 3],
    [3, 2],
  ] as const)
    friendships.add(user, friend);
  const neighbourhood = new Neighbourhood(friendships, 2);
  const membersFrom = (user: number): number[] => {
    neighbourhood.start(user, 4);
    neighbourhood.reach(1);
    return Array.from(neighbourhood.members.subarray(0, neighbourhood.count));
  };
  const found = [0, 2, 0, 2, 0, 2].map(membersFrom);
  expect(found).toEqual([
    [0, 1],
    [2, 3],
    [0, 1],
    [2, 3],
    [0, 1],
    [2, 3],
  ]);
});
