import { describe, expect, test } from 'vitest';
import { logAmountOf } from '../../../lib/core/transactions/log-amount.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import type { Signal } from '../../../lib/core/transactions/signals/signal.ts';
import { SIGNALS } from '../../../lib/core/transactions/signals.ts';
import { amountAboveUsual } from '../../../lib/core/transactions/signals/amount-above-usual.ts';
import { amountBelowUsual } from '../../../lib/core/transactions/signals/amount-below-usual.ts';
import { highAmount } from '../../../lib/core/transactions/signals/high-amount.ts';
import { highForCategory } from '../../../lib/core/transactions/signals/high-for-category.ts';
import { unusualCategory } from '../../../lib/core/transactions/signals/unusual-category.ts';
import { unusualHour } from '../../../lib/core/transactions/signals/unusual-hour.ts';
import { unusualLocation } from '../../../lib/core/transactions/signals/unusual-location.ts';
import { unusualPaymentMethod } from '../../../lib/core/transactions/signals/unusual-payment-method.ts';
import { HOUR, settledProfile, START, transaction, type Given } from './transactions.ts';

function observe(given: Given, profile = settledProfile()) {
  const each = transaction(given);
  return { transaction: each, logAmount: logAmountOf(each), profile };
}

const USUAL: Given = {};
const UNUSUAL: readonly (readonly [signal: Signal, unusual: Given, sentence: RegExp])[] = [
  [amountAboveUsual, { amount: '912.40' }, /^amount 912\.40 is 18 times this user's usual 50\.\d\d for groceries$/],
  [amountBelowUsual, { amount: '1.00' }, /^amount 1\.00 is only 2\.0 % of this user's usual 50\.\d\d for groceries$/],
  [highAmount, { amount: '5000' }, /^amount 5000\.00 is among the highest of all users$/],
  [highForCategory, { amount: '5000' }, /^amount 5000\.00 is among the highest that anyone spends on groceries$/],
  [
    unusualHour,
    { time: START + 3 * HOUR + 720 },
    /^03:12 is an unusual hour: 0\.0 % of this user's transactions are within an hour or so of it$/,
  ],
  [
    unusualCategory,
    { merchantCategory: 'fuel' },
    /^merchant category fuel is unusual: 20 % of this user's transactions have it$/,
  ],
  [unusualLocation, { location: 'C\nH' }, /^location "C\\nH" is new for this user, after 200 transactions$/],
  [
    unusualPaymentMethod,
    { paymentMethod: 'cheque' },
    /^payment method cheque is new for this user, after 200 transactions$/,
  ],
];

describe.each(UNUSUAL)('signal %#', (signal, unusual, sentence) => {
  test('is listed, measures what is unusual higher than what is usual, and says it with the numbers', () => {
    expect(SIGNALS).toContain(signal);
    expect(signal.measure(observe(unusual))).toBeGreaterThan(signal.measure(observe(USUAL)));
    expect(signal.explain(observe(unusual))).toMatch(sentence);
  });

  test('is not surprised by a user whom nothing is known of', () => {
    const measure = signal.unit === 'nats' ? signal.measure(observe(unusual, Profile.empty())) : 0;
    expect(measure).toBeCloseTo(0);
    expect(signal.explain(observe(unusual, Profile.empty()))).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('every signal is held to the contract', () => {
  expect(SIGNALS).toHaveLength(UNUSUAL.length);
});

test('an amount in a category that is new for the user is held to what they spend at large', () => {
  expect(amountAboveUsual.explain(observe({ amount: '5.25', merchantCategory: 'fu"el' }))).toMatch(
    /^amount 5\.25 is 0\.1 times this user's usual 52\.\d\d for "fu\\"el"$/,
  );
});

test.each([amountAboveUsual, highAmount, highForCategory])('amounts are told to the digit (%#)', (signal) => {
  // Its logarithm, which it is judged by, holds seven digits.
  expect(signal.explain(observe({ amount: '123456789.01' }))).toMatch(/^amount 123456789\.01 is /);
});

test('a share that is small and not 0 is said to be small', () => {
  const profile = settledProfile(2000);
  profile.learn(transaction({ merchantCategory: 'opera' }), { isAnomaly: false, surprise: 0 });
  for (let index = 0; index < 400; index++) profile.learn(transaction(), { isAnomaly: false, surprise: 0 });
  expect(unusualCategory.explain(observe({ merchantCategory: 'opera' }, profile))).toContain('under 0.1 %');
});
