import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatePrices, PRICE_SAMPLE_PATHS } from './logs/price-sample.ts';

test.each(['prices', 'anomalies'] as const)('the sample of %s is what the generator makes of its seed', (name) => {
  expect(readFileSync(PRICE_SAMPLE_PATHS[name], 'utf8')).toBe(generatePrices()[name]);
});

test('it is a price file of 5,000 minutes, and its anomalies are some of them', () => {
  const { prices, anomalies } = generatePrices();
  const [header, ...rows] = prices.trimEnd().split('\n');
  expect(header).toBe('Date,Open,High,Low,Close,Volume');
  expect(rows).toHaveLength(5_000);
  const days = new Set(rows.map((row) => row.slice(0, 19)));
  expect(days.size).toBe(5_000);
  const [, ...onsets] = anomalies.trimEnd().split('\n');
  expect(onsets.length).toBeGreaterThan(5);
  expect(onsets.every((onset) => days.has(onset.slice(0, 19)))).toBe(true);
});
