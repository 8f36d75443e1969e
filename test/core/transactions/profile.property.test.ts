import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { featuresOf, saveFeatures } from '../../../lib/core/transactions/features.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import { seeded } from '../../seeded.ts';
import { anyHistory, anyTransaction, NORMAL, profileOf, simulated, transaction, world } from './transactions.ts';

const LARGEST_PROFILE = 1536;

describe('a profile', () => {
  test('is the same after saving and restoring, and goes on the same', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, anyTransaction, (before, after, next) => {
        const warm = profileOf(before);
        const cold = Profile.restore(warm.save());
        expect(cold.save()).toEqual(warm.save());
        for (const [each, verdict] of after) {
          warm.learn(each, verdict);
          cold.learn(each, verdict);
        }
        expect(cold.save()).toEqual(warm.save());
        expect(saveFeatures(featuresOf(next, cold))).toEqual(saveFeatures(featuresOf(next, warm)));
      }),
      seeded(100),
    );
  });

  test('stays small, whatever its user buys', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(profileOf(history).save().length).toBeLessThanOrEqual(LARGEST_PROFILE);
      }),
      seeded(100),
    );
    const profile = Profile.empty();
    for (let index = 0; index < 3000; index++) {
      const name = `a name of its own that is long, number ${index}`;
      const given = {
        merchantCategory: name,
        location: name,
        paymentMethod: name,
        amount: `${(index * 7919) % 99_991}`,
      };
      profile.learn(transaction({ ...given, time: index * 5000 }), { isAnomaly: index % 2 === 0, surprise: 3 });
    }
    expect(profile.save().length).toBeLessThanOrEqual(LARGEST_PROFILE);
  });

  test('measures finite numbers, whatever it has learnt', () => {
    fc.assert(
      fc.property(anyHistory, anyTransaction, (history, next) => {
        expect(
          [...featuresOf(next, profileOf(history)).measures].filter((measure) => !Number.isFinite(measure)),
        ).toEqual([]);
      }),
      seeded(200),
    );
  });

  test('of two halves merged is about the profile of the whole', () => {
    const transactions = simulated(400, 1);
    const [first, second, whole] = [Profile.empty(), Profile.empty(), Profile.empty()];
    transactions.forEach((each, index) => {
      (index % 2 === 0 ? first : second).learn(each, NORMAL);
      whole.learn(each, NORMAL);
    });
    const merged = first.merge(second);
    expect(merged.count).toBe(whole.count);
    expect(merged.period).toEqual(whole.period);
    expect(merged.amounts.mean).toBeCloseTo(whole.amounts.mean, 1);
    expect(merged.amounts.variance).toBeCloseTo(whole.amounts.variance, 1);
    expect(Math.log(merged.amountQuantile(0.5)! / whole.amountQuantile(0.5)!)).toBeCloseTo(0, 1);
    for (const [name] of whole.categories.names) {
      expect(merged.categories.share(name)).toBeCloseTo(whole.categories.share(name), 1);
    }
    const next = transactions[0]!;
    expect(merged.hours.tail(next.time)).toBeCloseTo(whole.hours.tail(next.time), 1);
  });

  test('merged with an empty one is itself, and merging changes neither', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, (one, other) => {
        const [a, b] = [profileOf(one), profileOf(other)];
        const saved = [a.save(), b.save()];
        const merged = a.merge(b);
        expect([a.save(), b.save()]).toEqual(saved);
        expect(merged.count).toBe(a.count + b.count);
        expect(merged.save().length).toBeLessThanOrEqual(LARGEST_PROFILE);
        expect(a.merge(Profile.empty()).amounts).toEqual(a.amounts);
        expect(Profile.empty().merge(a).period).toEqual(a.period);
      }),
      seeded(60),
    );
  });

  test('is refused where its bytes are damaged, cut off or of another format', () => {
    const bytes = [...world.profiles.values()][0]!.save();
    expect(() => Profile.restore(bytes.subarray(0, bytes.length - 1))).toThrow('ends too early');
    expect(() => Profile.restore(Uint8Array.of(...bytes, 0))).toThrow('goes on behind its end');
    expect(() => Profile.restore(Uint8Array.of(99, ...bytes.subarray(1)))).toThrow('its format is 99');
    expect(() => Profile.restore(bytes.with(25, 0xff).with(26, 0xff).with(27, 0xff).with(28, 0xff))).toThrow(
      'not finite',
    );
    const empty = Profile.empty().save();
    // Number of categories: behind counts, period, moments, quantiles and hours.
    const tooMany = empty.with(1 + 24 + 12 + 1 + 96 + 4, 200);
    expect(() => Profile.restore(tooMany)).toThrow('it lists 200 habits of a kind, at most 16 are kept');
  });
});
