import { describe, expect, test } from 'vitest';
import type { Micros, NetworkEvent, Purchase } from '../../../lib/core/events/event.ts';
import { NetworkDetector } from '../../../lib/core/network/network-detector.ts';
import { Random } from '../../bench/logs/random.ts';
import { NaiveDetector } from '../../oracle/naive-detector.ts';
import { seeds } from '../../seeded.ts';
import { userId } from './histories.ts';
import { largestUsualAmount, naiveProbeTexts, probeTexts, WAYS } from './verdicts.ts';

/** A network large enough that the ways of searching it differ, and how it goes on. */
interface Scene {
  readonly name: string;
  readonly users: number;
  readonly meanDegree: number;
  /** Friends of user 0. */
  readonly hubDegree: number;
  /** Friends of the last user, who are others. */
  readonly farHubDegree: number;
  readonly purchases: number;
  readonly degrees: number;
  readonly tracked: number;
  readonly lateShare: number;
  /** The share of purchases that the hub makes. */
  readonly hubShare: number;
  /** Whether the first purchase has a date far ahead of all others. */
  readonly startsAhead?: boolean;
}

const SPARSE = { users: 600, meanDegree: 3, hubDegree: 0, farHubDegree: 0, purchases: 1500, lateShare: 0, hubShare: 0 };
const HUB = {
  users: 1500,
  meanDegree: 2,
  hubDegree: 1000,
  farHubDegree: 0,
  purchases: 2500,
  lateShare: 0.05,
  hubShare: 0.1,
};

const TWO_HUBS = { users: 3000, meanDegree: 1, farHubDegree: 1500, hubShare: 0.2 };

const SCENES: readonly Scene[] = [
  { name: 'friends only', ...SPARSE, degrees: 1, tracked: 5 },
  { name: 'friends of friends', ...SPARSE, degrees: 2, tracked: 10 },
  { name: 'far friends', ...SPARSE, degrees: 5, tracked: 50 },
  { name: 'nearly everyone', ...SPARSE, degrees: 8, tracked: 200 },
  { name: 'many late events', ...SPARSE, degrees: 3, tracked: 20, lateShare: 0.5 },
  { name: 'few who buy', ...SPARSE, purchases: 30, degrees: 3, tracked: 20 },
  { name: 'a hub, friends only', ...HUB, degrees: 1, tracked: 20 },
  { name: 'a hub, friends of friends', ...HUB, degrees: 2, tracked: 50 },
  { name: 'a hub, three degrees', ...HUB, degrees: 3, tracked: 5 },
  { name: 'a hub, four degrees', ...HUB, degrees: 4, tracked: 100 },
  { name: 'two hubs, three degrees', ...HUB, ...TWO_HUBS, degrees: 3, tracked: 2 },
  { name: 'two hubs, four degrees', ...HUB, ...TWO_HUBS, degrees: 4, tracked: 2 },
  { name: 'two hubs, five degrees', ...HUB, ...TWO_HUBS, degrees: 5, tracked: 20 },
  { name: 'a hub, as many degrees as it takes', ...HUB, degrees: 1_000_000, tracked: 30 },
  { name: 'a date far ahead', ...SPARSE, degrees: 3, tracked: 20, startsAhead: true },
  { name: 'a date far ahead, and a hub', ...HUB, degrees: 2, tracked: 50, startsAhead: true },
  { name: 'a hub among strangers', ...HUB, meanDegree: 0.2, degrees: 3, tracked: 200 },
];

/** Purchases that are judged by the oracle too, which takes its time, on average. */
const JUDGED = 40;

const LOGS = [
  { name: 'an ample log', capacity: {} },
  { name: 'a log that overflows', capacity: { log: { inOrder: 256, late: 16 } } },
] as const;

describe.each(SCENES)('$name', (scene) => {
  describe.each(LOGS)('with $name', ({ capacity }) => {
    test.each(WAYS)('gives every buyer the right purchases and limit: %s', (way) => {
      const { degrees, tracked } = scene;
      for (const seed of seeds(1)) {
        const detector = new NetworkDetector({ degrees, tracked, way, ...capacity });
        const oracle = new NaiveDetector({ degrees, tracked });
        const random = new Random(seed);
        const found: string[] = [];
        const wanted: string[] = [];
        for (const event of eventsOf(scene, random)) {
          if (event.type === 'purchase' && random.chance(JUDGED / scene.purchases)) {
            wanted.push(...naiveProbeTexts(oracle, [event.user]));
            found.push(...probeTexts(detector, [event.user]));
            expectRightLimit(detector, oracle, event);
          }
          detector.apply(event);
          oracle.apply(event);
        }
        expect(found).toEqual(wanted);
        expect(found.length).toBeGreaterThan(JUDGED / 3);
      }
    });
  });
});

/** The largest usual amount is not flagged, and one of a millionth more is. */
function expectRightLimit(detector: NetworkDetector, oracle: NaiveDetector, purchase: Purchase): void {
  const amounts = oracle.latest(purchase.user).map(({ amount }) => amount);
  if (amounts.length < 2) return;
  const usual = largestUsualAmount(amounts);
  expect(detector.judge({ ...purchase, amount: usual as Micros })).toBeUndefined();
  expect(detector.judge({ ...purchase, amount: (usual + 1n) as Micros })).toBeDefined();
}

function eventsOf(scene: Scene, random: Random): NetworkEvent[] {
  const ahead = scene.startsAhead ? [purchase(FAR_AHEAD, 1)] : [];
  return [...friendships(scene, random), ...ahead, ...happenings(scene, random)];
}

const FAR_AHEAD = 253_402_300_799;

function purchase(time: number, user: number): Purchase {
  return { type: 'purchase', time, user: userId(user), amount: 5_000_000n as Micros };
}

test('after a date far ahead no more purchases are collected than are needed', () => {
  const detector = new NetworkDetector({ degrees: 1, tracked: 10, way: 'members', kept: 50 });
  for (let user = 1; user <= 200; user++) detector.apply(befriend(0, user));
  detector.apply(purchase(FAR_AHEAD, 1));
  for (let time = 0; time < 10_000; time++) detector.apply(purchase(time, 1 + (time % 200)));
  for (let judged = 0; judged < 20; judged++) {
    const { ids, wasm } = detector.engine;
    expect(wasm.findLatest(ids.find(userId(0)), Infinity, 0)).toBe(1);
    expect(wasm.listSize()).toBe(10);
    // The list has room for the most purchases that it ever held; the windows hold 10,000.
    expect(wasm.listRoom()).toBeLessThan(500);
  }
});

test('glances decide nearly all judgements', () => {
  const detector = new NetworkDetector({ degrees: 2, tracked: 50, way: 'members' });
  const random = new Random(1);
  const scene = { ...SCENES[0]!, users: 1000, meanDegree: 8, purchases: 10_000 };
  for (const event of friendships(scene, random)) detector.apply(event);
  const { ids, wasm } = detector.engine;
  let decided = 0;
  for (let time = 0; time < scene.purchases; time++) {
    const usual = { ...purchase(time, random.below(scene.users)), amount: BigInt(random.below(1_000_000)) as Micros };
    detector.apply(usual);
    if (wasm.findLatest(ids.find(usual.user), 0, Number(usual.amount)) === 0) decided++;
  }
  expect(decided / scene.purchases).toBeGreaterThan(0.95);
});

function friendships({ users, meanDegree, hubDegree, farHubDegree }: Scene, random: Random): NetworkEvent[] {
  const hub = Array.from({ length: hubDegree }, (_, index) => befriend(0, index + 1));
  const others = Array.from({ length: (users * meanDegree) / 2 }, () => {
    const one = 1 + random.below(users - 1);
    return befriend(one, 1 + ((one + random.below(users - 2)) % (users - 1)));
  });
  const farHub = Array.from({ length: farHubDegree }, (_, index) => befriend(users - 1, users - 2 - index));
  return [...hub, ...farHub, ...others];
}

/** Purchases, and now and then a friendship that ends or begins. */
function happenings({ users, purchases, lateShare, hubShare }: Scene, random: Random): NetworkEvent[] {
  let now = 1_000_000;
  return Array.from({ length: purchases }, (): NetworkEvent => {
    now += random.chance(0.01) ? random.below(100_000) : random.below(2);
    if (random.chance(0.03)) {
      const change = befriend(random.below(users - 1), users - 1);
      return random.chance(0.5) ? change : { ...change, type: 'unfriend' };
    }
    const time = random.chance(lateShare) ? now - random.below(500) : now;
    const amount = BigInt(random.below(2000) * (random.chance(0.02) ? 1000 : 1)) * 10_000n;
    return {
      type: 'purchase',
      time,
      user: userId(random.chance(hubShare) ? 0 : random.below(users)),
      amount: amount as Micros,
    };
  });
}

function befriend(one: number, other: number): Extract<NetworkEvent, { users: unknown }> {
  return { type: 'befriend', time: 0, users: [userId(one), userId(other)] };
}
