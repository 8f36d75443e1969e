import { unusualChoice } from './unusual-choice.ts';

/** From a place where the user rarely or never is. */
export const unusualLocation = unusualChoice({
  kind: 'location',
  noun: 'location',
  chosen: ({ location }) => location,
  habits: ({ locations }) => locations,
});
