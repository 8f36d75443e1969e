import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import { NaiveDetector } from '../../oracle/naive-detector.ts';
import { seeded } from '../../seeded.ts';
import { degrees, history, tracked } from './histories.ts';
import { naiveVerdictsOf, probeTexts, statesOf, usersOf, verdictsOf, verdictText, WAYS } from './verdicts.ts';

test.each(WAYS)('flags what the rule flags, with the same digits and reasons: %s', (way) => {
  fc.assert(
    fc.property(history, ({ parameters, kept, events }) => {
      const detector = new NetworkDetector({ ...parameters, kept, way });
      expect(verdictsOf(detector, events)).toEqual(naiveVerdictsOf(new NaiveDetector(parameters), events));
    }),
    seeded(150),
  );
});

test.each(WAYS)('flags what the rule flags where the recency log overflows: %s', (way) => {
  const capacity = fc.record({ inOrder: fc.constantFrom(1, 2, 8, 32), late: fc.constantFrom(1, 2, 4) });
  fc.assert(
    fc.property(history, capacity, ({ parameters, kept, events }, { inOrder, late }) => {
      const detector = new NetworkDetector({ ...parameters, kept, way, log: { inOrder, late } });
      expect(verdictsOf(detector, events)).toEqual(naiveVerdictsOf(new NaiveDetector(parameters), events));
    }),
    seeded(100),
  );
});

test.each(WAYS)('takes up new D and T at the next purchase: %s', (way) => {
  const change = fc.record({ after: fc.nat(20), degrees, tracked });
  fc.assert(
    fc.property(history, fc.array(change, { maxLength: 6 }), ({ parameters, kept, events }, changes) => {
      const detector = new NetworkDetector({ ...parameters, kept, way });
      const oracle = new NaiveDetector(parameters);
      let start = 0;
      for (const { after, degrees, tracked } of changes) {
        const next = events.slice(start, start + after);
        expect(verdictsOf(detector, next)).toEqual(naiveVerdictsOf(oracle, next));
        start += after;
        oracle.parameters = { degrees, tracked: Math.min(tracked, kept) };
        detector.setParameters(oracle.parameters);
        expect(detector.parameters).toEqual(oracle.parameters);
      }
      expect(verdictsOf(detector, events.slice(start))).toEqual(naiveVerdictsOf(oracle, events.slice(start)));
    }),
    seeded(60),
  );
});

test('keeps of every user the friends and the latest purchases, oldest first', () => {
  fc.assert(
    fc.property(history, ({ parameters, kept, events }) => {
      const detector = new NetworkDetector({ ...parameters, kept });
      const purchases = new Map<string, { time: number; sequence: number; amount: bigint }[]>();
      const friends = new NaiveDetector({ degrees: 1, tracked: 2 });
      for (const event of events) {
        detector.apply(event);
        friends.apply(event);
        if (event.type !== 'purchase') continue;
        const { time, user, amount } = event;
        const sequence = detector.sequence - 1;
        purchases.set(user, [...(purchases.get(user) ?? []), { time, sequence, amount }]);
      }
      const users = usersOf(events);
      expect(detector.userCount).toBe(users.length);
      for (const user of users) {
        const saved = detector.saveUser(user);
        const bought = purchases.get(user) ?? [];
        expect(saved?.purchases).toEqual(bought.toSorted((one, other) => one.time - other.time).slice(-kept));
        expect(new Set(saved?.friends)).toEqual(friends.network(user));
        expect(saved?.friends).toHaveLength(friends.network(user).size);
      }
    }),
    seeded(150),
  );
});

test.each(WAYS)('changes nothing when it judges: %s', (way) => {
  fc.assert(
    fc.property(history, ({ parameters, kept, events }) => {
      const detector = new NetworkDetector({ ...parameters, kept, way });
      for (const event of events) detector.apply(event);
      const users = usersOf(events);
      const before = stateOf(detector, users);
      const first = probeTexts(detector, users);
      expect(probeTexts(detector, users)).toEqual(first);
      expect(stateOf(detector, users)).toEqual(before);
    }),
    seeded(60),
  );
});

test('observes as it judges and then applies', () => {
  fc.assert(
    fc.property(history, ({ parameters, kept, events }) => {
      const observing = new NetworkDetector({ ...parameters, kept });
      const judging = new NetworkDetector({ ...parameters, kept });
      for (const event of events) {
        const verdict = event.type === 'purchase' ? judging.judge(event) : undefined;
        judging.apply(event);
        expect(verdictText(observing.observe(event))).toBe(verdictText(verdict));
      }
      expect(stateOf(observing, usersOf(events))).toEqual(stateOf(judging, usersOf(events)));
    }),
    seeded(30),
  );
});

function stateOf(detector: NetworkDetector, users: readonly UserId[]): unknown {
  const { parameters, kept, sequence, userCount } = detector;
  return { parameters, kept, sequence, userCount, states: statesOf(detector, users) };
}
