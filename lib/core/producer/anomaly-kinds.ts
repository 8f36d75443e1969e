import type { ReasonKind } from '../transactions/judgement.ts';
import type { Draws } from './draws.ts';

/** What can be unusual about a simulated transaction; bits of a day's plan stand for them in this order. */
export const ANOMALY_KINDS = [
  'location',
  'amount',
  'category',
  'hour',
  'payment_method',
] as const satisfies readonly ReasonKind[];

export type AnomalyKind = (typeof ANOMALY_KINDS)[number];

/** One kind in 6 of 10, two in 3, three in 1: each kind as likely as the others. */
export function drawKinds(draws: Draws): AnomalyKind[] {
  const { count } = draws.weighted(COUNTS);
  const chosen = new Set(draws.several(KINDS, count).map(({ name }) => name));
  return ANOMALY_KINDS.filter((kind) => chosen.has(kind));
}

const KINDS = ANOMALY_KINDS.map((name) => ({ name, weight: 1 }));
const COUNTS = [
  { count: 1, weight: 6 },
  { count: 2, weight: 3 },
  { count: 3, weight: 1 },
] as const;
