import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UserId } from '../../../lib/core/events/event.ts';
import { NetworkDetector, type UserState } from '../../../lib/core/network/network-detector.ts';
import { NaiveDetector } from '../../oracle/naive-detector.ts';
import { seeded } from '../../seeded.ts';
import { history, type History } from './histories.ts';
import {
  naiveProbeTexts,
  naiveVerdictsOf,
  probe,
  probeTexts,
  statesOf,
  usersOf,
  verdictsOf,
  WAYS,
} from './verdicts.ts';

/** A history, and how many of its events come before the state is saved. */
const interrupted = history.chain((whole) => fc.tuple(fc.constant(whole), fc.nat(whole.events.length)));

test.each(WAYS)('goes on from saved users as if nothing had happened: %s', (way) => {
  fc.assert(
    fc.property(interrupted, ([{ parameters, kept, events }, saved]) => {
      const original = new NetworkDetector({ ...parameters, kept });
      for (const event of events.slice(0, saved)) original.apply(event);
      const restored = restore(original, usersOf(events.slice(0, saved)), { parameters, kept, way });
      expect(verdictsOf(restored, events.slice(saved))).toEqual(verdictsOf(original, events.slice(saved)));
      expect(restored.sequence).toBe(original.sequence);
      const users = usersOf(events);
      expect(statesOf(restored, users).map(inNoOrder)).toEqual(statesOf(original, users).map(inNoOrder));
    }),
    seeded(60),
  );
});

test.each(WAYS)('judges with no more than the users within D degrees of the buyer: %s', (way) => {
  fc.assert(
    fc.property(history, ({ parameters, kept, events }) => {
      const original = new NetworkDetector({ ...parameters, kept });
      const oracle = new NaiveDetector(parameters);
      for (const event of events) {
        original.apply(event);
        oracle.apply(event);
      }
      for (const buyer of usersOf(events)) {
        const needed = [buyer, ...(oracle.network(buyer) as Set<UserId>)];
        const restored = restore(original, needed, { parameters, kept, way });
        expect(probeTexts(restored, [buyer])).toEqual(probeTexts(original, [buyer]));
      }
    }),
    seeded(30),
  );
});

test.each(WAYS)('takes back users it already has, whatever it has done with them since: %s', (way) => {
  fc.assert(
    fc.property(interrupted, fc.boolean(), ([{ parameters, kept, events }, saved], isSmall) => {
      const log = isSmall ? { log: { inOrder: 4, late: 2 } } : {};
      const detector = new NetworkDetector({ ...parameters, kept, way, ...log });
      const oracle = new NaiveDetector(parameters);
      for (const event of events.slice(0, saved)) {
        detector.apply(event);
        oracle.apply(event);
      }
      const users = usersOf(events.slice(0, saved));
      const states = statesOf(detector, users);
      const { sequence } = detector;
      for (const event of events.slice(saved)) detector.apply(event);
      // Those of whom nothing was known when the state was saved go back to nothing.
      for (const id of usersOf(events)) detector.restoreUser({ id, friends: [], purchases: [] });
      for (const state of states) detector.restoreUser(state);
      detector.sequence = sequence;

      expect(statesOf(detector, users)).toEqual(states);
      expect(probeTexts(detector, users)).toEqual(naiveProbeTexts(oracle, users));
      expect(verdictsOf(detector, events.slice(saved))).toEqual(naiveVerdictsOf(oracle, events.slice(saved)));
    }),
    seeded(60),
  );
});

test('saves a restored user as it was saved', () => {
  fc.assert(
    fc.property(history, ({ parameters, kept, events }) => {
      const detector = new NetworkDetector({ ...parameters, kept });
      for (const event of events) detector.apply(event);
      const users = usersOf(events);
      const states = statesOf(detector, users);
      for (const state of states) {
        const fresh = new NetworkDetector({ ...parameters, kept });
        fresh.restoreUser(state);
        expect(fresh.saveUser(state.id)).toEqual(state);
        fresh.restoreUser(state);
        expect(fresh.saveUser(state.id)).toEqual(state);
      }
    }),
    seeded(60),
  );
});

test('keeps the latest of a restored user, if it is to keep fewer', () => {
  fc.assert(
    fc.property(history, ({ parameters, kept, events }) => {
      const wide = new NetworkDetector({ ...parameters, kept });
      for (const event of events) wide.apply(event);
      for (const state of statesOf(wide, usersOf(events))) {
        const narrow = new NetworkDetector({ degrees: 1, tracked: 2 });
        narrow.restoreUser(state);
        expect(narrow.saveUser(state.id)).toEqual({ ...state, purchases: state.purchases.slice(-2) });
      }
    }),
    seeded(30),
  );
});

test('knows nothing of users that no event has named', () => {
  const detector = new NetworkDetector({ degrees: 1, tracked: 2 });
  expect(detector.saveUser('nobody' as UserId)).toBeUndefined();
  expect(detector.judge(probe('nobody' as UserId))).toBeUndefined();
  expect(detector.userCount).toBe(0);
});

function restore(
  from: NetworkDetector,
  users: readonly UserId[],
  { parameters, kept, way }: Pick<History, 'parameters' | 'kept'> & { way: (typeof WAYS)[number] },
): NetworkDetector {
  const restored = new NetworkDetector({ ...parameters, kept, way });
  for (const state of statesOf(from, users)) restored.restoreUser(state);
  restored.sequence = from.sequence;
  return restored;
}

/** Friends are a set: in which order they come tells nothing. */
function inNoOrder(state: UserState): UserState {
  return { ...state, friends: state.friends.toSorted() };
}
