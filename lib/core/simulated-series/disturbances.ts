import type { Draws } from '../producer/draws.ts';

/** An anomalous episode of a series: so many points, and what becomes of the normal value at each, from 0 to before 1 of the way. */
interface Episode {
  readonly points: number;
  readonly disturb: (value: number, way: number) => number;
}

/** Draws an episode of its kind. */
type Disturbance = (draws: Draws) => Episode;

export const DISTURBANCES = {
  /** A single wrong print, to either side. */
  spike: (draws) => {
    const factor = 1 + (draws.chance(0.5) ? 1 : -1) * draws.between(0.06, 0.12);
    return { points: 1, disturb: (value) => value * factor };
  },
  /** Falls at once, and comes back slowly. */
  crash: (draws) => {
    const depth = draws.between(0.07, 0.12);
    return { points: 40, disturb: (value, way) => value * (1 - depth * (1 - way)) };
  },
  /** Several times as much for a while. */
  surge: (draws) => {
    const factor = draws.between(2.5, 4);
    return { points: 12, disturb: (value) => value * factor };
  },
  /** Nearly nothing for a while. */
  outage: (draws) => {
    const share = draws.between(0, 0.05);
    return { points: 15, disturb: (value) => value * share };
  },
  /** A sensor that says one wrong thing. */
  fault: (draws) => {
    const stuck = draws.chance(0.5) ? draws.between(45, 60) : draws.between(-20, -5);
    return { points: 8, disturb: () => stuck };
  },
} as const satisfies Readonly<Record<string, Disturbance>>;

export type DisturbanceName = keyof typeof DISTURBANCES;
