import { unusualChoice } from './unusual-choice.ts';

/** Paid in a way in which the user rarely or never pays. */
export const unusualPaymentMethod = unusualChoice({
  kind: 'payment_method',
  noun: 'payment method',
  chosen: ({ paymentMethod }) => paymentMethod,
  habits: ({ paymentMethods }) => paymentMethods,
});
