import { expect, test } from 'vitest';
import { drawSample } from '../../../lib/core/forest/draw-sample.ts';
import { Random } from '../../../lib/core/forest/random.ts';

test('a sample has rows of the population, none twice, each as often as the others', () => {
  const columns = 2;
  const rows = Float64Array.from({ length: 20 }, (_, at) => at);
  const order = Int32Array.from({ length: 10 }, (_, row) => row);
  const random = new Random(5);
  const counts = Array.from({ length: 10 }, () => 0);
  const sample = new Float64Array(4 * columns);
  for (let round = 0; round < 5_000; round++) {
    drawSample({ rows, columns, order, random }, sample);
    const drawn = [0, 1, 2, 3].map((at) => sample[at * columns]! / columns);
    expect(new Set(drawn).size).toBe(4);
    for (const [at, row] of drawn.entries()) {
      expect(sample[at * columns + 1]).toBe(row * columns + 1);
      counts[row]! += 1;
    }
  }
  // Five standard deviations of a binomial count with p = 0.4.
  for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(5 * Math.sqrt(5_000 * 0.4 * 0.6));
  expect(order.toSorted()).toEqual(Int32Array.from({ length: 10 }, (_, row) => row));
});
