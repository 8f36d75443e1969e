import { expect, test } from 'vitest';
import { hashOf } from '../../../lib/core/text/hash-of.ts';

test('hashes are as they were, for stored state depends on them', () => {
  expect([hashOf(''), hashOf('ann'), hashOf('ann', 1), hashOf('\ud800')]).toMatchInlineSnapshot(`
    [
      2872998923,
      2778018533,
      2224217593,
      1463727854,
    ]
  `);
});

test('hashes are spread over all of 32 bits', () => {
  const hashes = Array.from({ length: 8_000 }, (_, number) => hashOf(`t-${number}`));
  expect(new Set(hashes).size).toBe(8_000);
  const counts = hashes.reduce((sums, hash) => sums.with(hash % 8, sums[hash % 8]! + 1), Array<number>(8).fill(0));
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(100);
});
