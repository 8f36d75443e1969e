import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedValues } from '../../../lib/core/series/sorted-values.ts';
import { Track } from '../../../lib/core/series/track.ts';
import { seeded } from '../../seeded.ts';
import { ordinaryValues } from './series-values.ts';

const capacities = fc.integer({ min: 1, max: 40 });

test('a track holds the last values, the oldest first', () => {
  fc.assert(
    fc.property(ordinaryValues, capacities, (values, capacity) => {
      const track = new Track(capacity);
      const left = values.map((value) => track.add(value)).filter((value) => value !== undefined);
      expect([...track.latest(capacity)]).toEqual(values.slice(-capacity));
      expect(left).toEqual(values.slice(0, -capacity));
      expect([...track.latest(3)]).toEqual(values.slice(-Math.min(3, capacity)));
    }),
    seeded(100),
  );
});

test('sorted values are the same as sorting those that are left', () => {
  fc.assert(
    fc.property(ordinaryValues, capacities, fc.double({ min: 0, max: 1, noNaN: true }), (values, capacity, share) => {
      const sorted = new SortedValues(capacity + 1);
      for (const [place, value] of values.entries()) {
        sorted.add(value);
        if (place >= capacity) sorted.remove(values[place - capacity]!);
      }
      const ascending = values.slice(-capacity).toSorted((one, other) => one - other);
      expect(sorted.length).toBe(ascending.length);
      expect(sorted.quantile(0)).toBe(ascending[0]);
      expect(sorted.quantile(1)).toBe(ascending.at(-1));
      const place = (ascending.length - 1) * share;
      const [below, above] = [ascending[Math.floor(place)]!, ascending[Math.ceil(place)]!];
      expect(sorted.quantile(share)).toBeCloseTo(below + (place % 1) * (above - below), 6);
    }),
    seeded(100),
  );
});

test('an empty track has a mean and a deviation of 0', () => {
  expect(new Track(3)).toMatchObject({ length: 0, mean: 0, deviation: 0 });
});
