import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountAxis } from '../../lib/dashboard/charts/amount-axis.ts';
import { stackedDots } from '../../lib/dashboard/charts/stacked-dots.ts';
import { seeded } from '../seeded.ts';

const EDGES = { left: 10, right: 410 };

describe('the axis of amounts', () => {
  test('begins at nothing and is not broken where all amounts can be told apart', () => {
    const { place, gap } = amountAxis({ ...EDGES, usual: 300, marked: 500 });
    expect(gap).toBeUndefined();
    expect(place(0)).toBe(10);
    expect(place(500)).toBeLessThan(410);
    expect(place(250) - place(0)).toBeCloseTo(place(500) - place(250));
  });

  test('is broken in front of an amount that would press the others together', () => {
    const { place, gap } = amountAxis({ ...EDGES, usual: 100, marked: 100_000 });
    expect(place(100)).toBeLessThan(gap!);
    expect(place(100)).toBeGreaterThan(270);
    expect(place(100_000)).toBeGreaterThan(gap!);
    expect(place(100_000)).toBeLessThan(410);
  });

  test('keeps the order of amounts, and stays within its edges', () => {
    const amount = fc.double({ noNaN: true, min: 0, max: 1e7 });
    fc.assert(
      fc.property(fc.tuple(amount, amount), fc.tuple(amount, amount), ([usual, marked], pair) => {
        const { place } = amountAxis({ ...EDGES, usual, marked });
        const [low = 0, high = 0] = pair
          .map((each) => Math.min(each, Math.max(usual, marked)))
          .toSorted((x, y) => x - y);
        expect(place(low)).toBeLessThanOrEqual(place(high));
        expect(place(low)).toBeGreaterThanOrEqual(10);
        expect(place(high)).toBeLessThanOrEqual(410);
      }),
      seeded(200),
    );
  });

  test('is drawn for amounts that are all nothing', () => {
    expect(amountAxis({ ...EDGES, usual: 0, marked: 0 }).place(0)).toBe(10);
  });
});

function overlaps(dots: ReturnType<typeof stackedDots>): boolean {
  return dots.some((a, index) =>
    dots.slice(index + 1).some((b) => Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius - 1e-9),
  );
}

describe('the dots', () => {
  test.each([1, 5, 50, 300])('of %i purchases cover each other nowhere, and stay within the height', (count) => {
    const dots = stackedDots(
      Array.from({ length: count }, (_, index) => 100 + ((index * 37) % 180)),
      90,
    );
    expect(overlaps(dots)).toBe(false);
    expect(dots.every(({ y, radius }) => y + radius <= 90)).toBe(true);
    expect(dots.every(({ x, radius }, index) => Math.abs(x - (100 + ((index * 37) % 180))) <= radius)).toBe(true);
  });

  test('stay within the height, however many there are at one place', () => {
    const dots = stackedDots(
      Array.from({ length: 2000 }, () => 50),
      90,
    );
    expect(dots.every(({ y, radius }) => y + radius <= 90)).toBe(true);
  });
});
