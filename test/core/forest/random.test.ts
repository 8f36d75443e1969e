import { describe, expect, test } from 'vitest';
import { Random } from '../../../lib/core/forest/random.ts';

function take<Value>(count: number, draw: () => Value): Value[] {
  return Array.from({ length: count }, draw);
}

describe('random numbers', () => {
  test('are the same from the same seed on every platform', () => {
    const random = new Random(42);
    expect(take(4, () => random.bits())).toEqual([1_264_412_219, 1_947_509_147, 3_919_439_299, 1_251_167_922]);
    expect(take(2, () => random.unit())).toEqual([0.1528304086824952, 0.7632962661489243]);
    expect(take(8, () => random.below(10))).toEqual([1, 6, 6, 6, 1, 4, 3, 0]);
  });

  test.each([0, -1, 2 ** 32 + 1, -(2 ** 32), Number.MAX_SAFE_INTEGER])('differ from those of seed 1: %d', (seed) => {
    const [one, other] = [new Random(1), new Random(seed)];
    expect(take(4, () => other.bits())).not.toEqual(take(4, () => one.bits()));
  });

  test('are spread evenly from 0 to below 1', () => {
    const random = new Random(7);
    const numbers = take(100_000, () => random.unit());
    const counts = new Uint32Array(10);
    for (const number of numbers) counts[Math.floor(number * 10)]! += 1;
    // Five standard deviations of a binomial count.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(9_000));
  });

  test.each([1, 2, 3, 10, 1_000_003, 2 ** 31 + 1, 2 ** 32])('below %d are spread evenly', (limit) => {
    const random = new Random(8);
    const numbers = take(10_000, () => random.below(limit));
    expect(numbers.every((number) => Number.isInteger(number) && number >= 0 && number < limit)).toBe(true);
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(Math.abs(mean - (limit - 1) / 2)).toBeLessThanOrEqual((5 * limit) / Math.sqrt(12 * numbers.length));
  });

  test.each([0.5, NaN, Infinity, 2 ** 53])('fail for seed %d', (seed) => {
    expect(() => new Random(seed)).toThrow(new RangeError(`a seed must be a safe integer (given ${seed})`));
  });
});
