import { expect, test } from 'vitest';
import { drawDistribution } from '../../../lib/cli/detect/distribution.ts';

const plain = (_: unknown, text: string): string => text;

test('shows how often which amount was paid, the limit and the purchase', () => {
  const drawn = drawDistribution({ amounts: [0, 1, 1, 1, 2], limit: 10, amount: 48 }, plain);
  expect(drawn).toBe(`▃█▃${' '.repeat(7)}│${' '.repeat(36)}●`);
});

test.each([
  { amounts: [1, 1], limit: 1, amount: 1.000_001 },
  { amounts: [0, 0], limit: 0, amount: 0.01 },
  { amounts: [1, 2], limit: 3, amount: 1e30 },
])('always holds the limit and, at its end, the purchase: %j', (distribution) => {
  expect(drawDistribution(distribution, plain)).toMatch(/^(?=.{48}$).*│.*●$/);
});
