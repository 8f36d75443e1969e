import type { HabitTable } from '../transactions/habit-table.ts';
import type { Profile } from '../transactions/profile.ts';
import type { UserProfileAnswer } from './transactions.ts';

const QUANTILES = { p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;

/** What is usual for a user, as of now. */
export function answerProfile(profile: Profile): UserProfileAnswer {
  const { amounts, hours, categories, locations, paymentMethods } = profile;
  const quantiles = Object.entries(QUANTILES).flatMap(([name, share]) => {
    const amount = profile.amountQuantile(share);
    return amount === undefined ? [] : [[name, amount] as const];
  });
  return {
    learnt: profile.count,
    weight: amounts.weight,
    amounts: {
      typical: amounts.weight === 0 ? 0 : Math.exp(amounts.mean),
      spread: Math.exp(Math.sqrt(amounts.variance)),
      quantiles: Object.fromEntries(quantiles),
    },
    hours: sharesOf(hours.weights),
    categories: namedShares(categories),
    locations: namedShares(locations),
    payment_methods: namedShares(paymentMethods),
  };
}

/** The largest share first. */
function namedShares(habits: HabitTable): UserProfileAnswer['categories'] {
  const shares = Array.from(habits.names, ([name]) => ({ name, share: habits.share(name) }));
  return shares.toSorted((one, other) => other.share - one.share);
}

function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total === 0 ? 0 : weight / total));
}
