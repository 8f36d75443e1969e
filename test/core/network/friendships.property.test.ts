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
