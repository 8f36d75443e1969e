import { unusualChoice } from './unusual-choice.ts';

/** In a merchant category in which the user rarely or never buys. */
export const unusualCategory = unusualChoice({
  kind: 'category',
  noun: 'merchant category',
  chosen: ({ merchantCategory }) => merchantCategory,
  habits: ({ categories }) => categories,
});
