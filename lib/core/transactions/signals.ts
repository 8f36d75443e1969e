import { amountAboveUsual } from './signals/amount-above-usual.ts';
import { amountBelowUsual } from './signals/amount-below-usual.ts';
import { highAmount } from './signals/high-amount.ts';
import { highForCategory } from './signals/high-for-category.ts';
import type { Signal } from './signals/signal.ts';
import { unusualCategory } from './signals/unusual-category.ts';
import { unusualHour } from './signals/unusual-hour.ts';
import { unusualLocation } from './signals/unusual-location.ts';
import { unusualPaymentMethod } from './signals/unusual-payment-method.ts';

/** All that the enhanced detector looks at, beside the forest. A model belongs to the table that it was trained on. */
export const SIGNALS: readonly Signal[] = [
  amountAboveUsual,
  amountBelowUsual,
  highAmount,
  highForCategory,
  unusualHour,
  unusualCategory,
  unusualLocation,
  unusualPaymentMethod,
];
