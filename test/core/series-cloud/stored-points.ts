import * as fc from 'fast-check';
import { MODEL_NAMES, type ModelName } from '../../../lib/core/series/models.ts';
import { readPointTime } from '../../../lib/core/series-cloud/point-time.ts';
import type { StoredPoint } from '../../../lib/core/series-cloud/stored-point.ts';

const timestamps = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
  fc
    .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19).replace('T', ' ')),
  fc.constantFrom('2026-11-21', '2026-11-21 10:05', '2026-11-21T10:05:06Z', '2026-11-21T10:05:06.5+02:00', '17'),
);

/** Any point that can be stored. */
export const storedPoints: fc.Arbitrary<StoredPoint> = fc
  .record({
    timestamp: timestamps,
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
    flags: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    steps: fc.integer({ min: 0, max: 999_999 }),
    numbered: fc.option(fc.record({ scope: fc.nat(1000), sequence: fc.oneof(fc.nat(20), fc.maxSafeNat()) }), {
      nil: undefined,
    }),
  })
  .map(({ timestamp, value, flags, steps, numbered }) => {
    const time = readPointTime(timestamp);
    const [late = false, anomaly = false, alert = false, ...votes] = flags;
    const point = {
      timestamp,
      time: time.ok ? time.value.time : 0,
      value,
      late,
      anomaly,
      alert,
      score: steps / 1_000_000,
      votes: Object.fromEntries(MODEL_NAMES.map((name, index) => [name, votes[index] ?? false])) as Record<
        ModelName,
        boolean
      >,
    };
    return numbered === undefined ? point : Object.assign(point, { numbered });
  });

/** A point in time with a value, as it is stored if nothing is wrong with it. */
export function quietPoint(place: number, change: Partial<StoredPoint> = {}): StoredPoint {
  return {
    timestamp: place,
    time: place * 1000,
    value: place,
    late: false,
    anomaly: false,
    alert: false,
    score: 0,
    votes: Object.fromEntries(MODEL_NAMES.map((name) => [name, false])) as Record<ModelName, boolean>,
    ...change,
  };
}
