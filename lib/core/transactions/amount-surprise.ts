import type { AmountMoments } from './amount-moments.ts';
import type { Profile } from './profile.ts';
import type { Transaction } from './transaction.ts';

/** Before anything is known of a user's amounts, they are taken to differ by a factor of e, as little sure as from one amount. */
const PRIOR_VARIANCE = 1;
const PRIOR_WEIGHT = 1;

/** Amounts in a category are held to those of the user at large as if by so many amounts. */
const HELD_WEIGHT = 4;

/**
 * How far an amount is above (positive) or below (negative) what is usual, in nats: the logarithm of Student's t density relative
 * to its peak, which with few amounts is slow to be surprised.
 */
export function amountSurprise(logAmount: number, { weight, mean, variance }: AmountMoments): number {
  if (weight === 0) return 0;
  const spread = (variance * weight + PRIOR_VARIANCE * PRIOR_WEIGHT) / (weight + PRIOR_WEIGHT);
  const difference = logAmount - mean;
  const squared = (difference * difference) / (spread * (1 + 1 / weight));
  return Math.sign(difference) * ((weight + 1) / 2) * Math.log1p(squared / weight);
}

/**
 * What a user usually spends in the category of a transaction. What is known of the category is held to what is known of the user,
 * the more the less it is: between the two is the better guess (Efron & Morris 1975).
 */
export function usualAmounts({ merchantCategory }: Transaction, { amounts, categories }: Profile): AmountMoments {
  const category = categories.find(merchantCategory);
  if (category === undefined) return amounts;
  const held = Math.min(HELD_WEIGHT, amounts.weight);
  const weight = category.weight + held;
  const share = held / weight;
  const difference = amounts.mean - category.mean;
  const between = share * (1 - share) * difference * difference;
  return {
    weight,
    mean: category.mean + share * difference,
    variance: category.variance + share * (amounts.variance - category.variance) + between,
  };
}
