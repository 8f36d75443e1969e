import { expect, test } from 'vitest';
import { emptyBody, type CommitBody } from '../../../lib/core/cloud/commit-body.ts';
import { appliedEvents, eventsByUser, replayed } from '../../../lib/core/cloud/replay.ts';
import type { Micros, NetworkEvent, UserId } from '../../../lib/core/events/event.ts';

const [ANN, BEN, CLO] = ['ann', 'ben', 'clo'] as [UserId, UserId, UserId];

function buys(user: UserId, time: number): NetworkEvent {
  return { type: 'purchase', time, user, amount: BigInt(time) as Micros };
}

function friends(type: 'befriend' | 'unfriend', ...users: [UserId, UserId]): NetworkEvent {
  return { type, time: 0, users };
}

function body(version: number, sequence: number, ...events: NetworkEvent[]): CommitBody {
  const parameters = { degrees: 1, tracked: 2 };
  return { ...emptyBody({ version, generation: 'g', load: 1, parameters, sequence }), events };
}

const BODIES = [
  body(3, 10, buys(ANN, 5), friends('befriend', ANN, BEN), buys(BEN, 4)),
  body(5, 12, friends('unfriend', BEN, ANN), buys(ANN, 1), friends('befriend', CLO, ANN)),
];

test('purchases are applied under the numbers that they were judged under', () => {
  expect(Array.from(appliedEvents(BODIES), ({ version, sequence }) => [version, sequence])).toEqual([
    [3, 10],
    [3, 11],
    [3, 11],
    [5, 12],
    [5, 12],
    [5, 13],
  ]);
});

test('events are found by all the users asked for that they touch', () => {
  const events = eventsByUser(BODIES, new Set([BEN, CLO]));
  expect(Array.from(events, ([user, own]) => [user, own.map(({ event }) => event.type)])).toEqual([
    [BEN, ['befriend', 'purchase', 'unfriend']],
    [CLO, ['befriend']],
  ]);
});

test('a replayed user has the purchases in the order of their times, and the friends of the end', () => {
  const state = { id: ANN, friends: [BEN], purchases: [{ time: 3, sequence: 2, amount: 3n as Micros }] };
  const events = eventsByUser(BODIES, new Set([ANN])).get(ANN)!;
  expect(replayed(state, events)).toEqual({
    id: ANN,
    friends: [CLO],
    purchases: [
      { time: 1, sequence: 12, amount: 1n },
      { time: 3, sequence: 2, amount: 3n },
      { time: 5, sequence: 10, amount: 5n },
    ],
  });
});

test('of purchases at one time the later ones of the log come last', () => {
  const events = eventsByUser([body(1, 7, buys(ANN, 3), buys(ANN, 3))], new Set([ANN])).get(ANN)!;
  const state = { id: ANN, friends: [], purchases: [{ time: 3, sequence: 2, amount: 0n as Micros }] };
  expect(replayed(state, events).purchases.map(({ sequence }) => sequence)).toEqual([2, 7, 8]);
});
