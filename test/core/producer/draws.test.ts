import { expect, test } from 'vitest';
import { Draws } from '../../../lib/core/producer/draws.ts';

const COUNT = 20_000;

function many<Value>(draw: (draws: Draws) => Value): Value[] {
  const draws = Draws.seeded(11, 3);
  return Array.from({ length: COUNT }, () => draw(draws));
}

function firstOf(seed: number, series: number): number[] {
  const draws = Draws.seeded(seed, series);
  return Array.from({ length: 4 }, () => draws.between(0, 1));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the same seed and series give the same numbers, others give others', () => {
  expect(firstOf(1, 2)).toEqual(firstOf(1, 2));
  expect(firstOf(1, 2)).not.toEqual(firstOf(2, 1));
  expect(firstOf(1, 2)).not.toEqual(firstOf(1, 3));
});

test('log-normal numbers have their median and their spread', () => {
  const logs = many((draws) => Math.log(draws.logNormal(40, 0.5)));
  const mean = meanOf(logs);
  expect(mean).toBeCloseTo(Math.log(40), 1);
  expect(Math.sqrt(meanOf(logs.map((log) => (log - mean) ** 2)))).toBeCloseTo(0.5, 1);
});

test('Poisson numbers have their mean as their variance', () => {
  const counts = many((draws) => draws.poisson(2.5));
  const mean = meanOf(counts);
  expect(mean).toBeCloseTo(2.5, 1);
  expect(meanOf(counts.map((count) => (count - mean) ** 2))).toBeCloseTo(2.5, 1);
});

test('of several, each is taken as often as its weight says, and none twice', () => {
  const values = [
    { name: 'often', weight: 3 },
    { name: 'seldom', weight: 1 },
  ];
  const seldom = many((draws) => draws.weighted(values).name).filter((name) => name === 'seldom');
  expect(seldom.length / COUNT).toBeCloseTo(0.25, 1);
  expect(
    Draws.seeded(1, 1)
      .several(values, 5)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['often', 'seldom']);
});

test('a number that rounding puts behind the last weight takes the last', () => {
  const draws = new Draws(() => 1);
  expect(draws.weighted([{ weight: 1 }, { weight: 2 }])).toEqual({ weight: 2 });
});
