import { CATEGORIES, COUNTRIES, DEVICES, PAYMENT_METHODS, type Category } from './catalogue.ts';
import type { Draws } from './draws.ts';

/** What is usual for a simulated user; whatever is not in it is unusual. */
export interface Habits {
  readonly locations: readonly Weighted[];
  readonly categories: readonly UsualCategory[];
  readonly paymentMethods: readonly Weighted[];
  readonly devices: readonly string[];
  readonly hours: UsualHours;
  /** Normal amounts lie between these two. */
  readonly typicalMinimum: number;
  readonly typicalMaximum: number;
  /** Transactions a day, on average. */
  readonly activity: number;
}

export interface Weighted {
  readonly name: string;
  readonly weight: number;
}

/** A category with what this user spends on it. */
export interface UsualCategory extends Weighted, Pick<Category, 'median' | 'spread' | 'merchants'> {}

/** In hours since midnight; what goes on after midnight ends above 24. */
export interface UsualHours {
  readonly from: number;
  readonly length: number;
}

/** Standard deviations of the logarithm that are still typical: all but 1 amount in 50 of a category. */
const TYPICAL_SPREADS = 2.3;

/**
 * Makes a user up: mostly one country, at times one or two near it; 4 to 7 categories, the common ones more often, each bought at
 * one to five times the frequency of the rarest; log-normal amounts of a level and a taste of their own; 1 to 3 ways to pay; 1 to 3
 * devices; 9 to 14 hours of the day, for 1 user in 8 those of a night worker; log-normal activity, half of them below 2.2 a day.
 */
export function makeHabits(draws: Draws): Habits {
  const home = draws.weighted(COUNTRIES);
  const near = home.near.map((name) => ({ name, weight: 2 }));
  const categories = makeCategories(draws);
  const tops = categories.map(({ median, spread }) => median * Math.exp(TYPICAL_SPREADS * spread));
  const bottoms = categories.map(({ median, spread }) => median * Math.exp(-TYPICAL_SPREADS * spread));
  return {
    locations: [{ name: home.name, weight: 12 }, ...draws.several(near, draws.below(3))],
    categories,
    paymentMethods: draws
      .several(PAYMENT_METHODS, 1 + draws.below(3))
      .map(({ name }, rank) => ({ name, weight: 4 / (1 + rank) })),
    devices: Array.from({ length: 1 + draws.below(3) }, () => makeDevice(draws)),
    hours: { from: draws.chance(1 / 8) ? draws.between(15, 19) : draws.between(6, 10), length: draws.between(9, 14) },
    typicalMinimum: Math.min(...bottoms),
    typicalMaximum: Math.max(...tops),
    activity: draws.logNormal(2.2, 0.4),
  };
}

function makeCategories(draws: Draws): UsualCategory[] {
  const level = draws.logNormal(1, 0.4);
  return draws.several(CATEGORIES, 4 + draws.below(4)).map(({ name, median, spread, merchants }) => ({
    name,
    weight: draws.between(2, 10),
    median: median * level * draws.logNormal(1, 0.25),
    spread,
    merchants,
  }));
}

export function makeDevice(draws: Draws): string {
  return `${draws.pick(DEVICES)}-${draws
    .below(16 ** 6)
    .toString(16)
    .padStart(6, '0')}`;
}
