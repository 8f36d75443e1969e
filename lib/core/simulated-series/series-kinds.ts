import type { Draws } from '../producer/draws.ts';
import type { DisturbanceName } from './disturbances.ts';

/** The next normal value; `phase` says where in its day it is, from 0 to before 1. */
type NormalValue = (phase: number) => number;

interface SeriesKind {
  readonly normal: (draws: Draws) => NormalValue;
  readonly disturbances: readonly DisturbanceName[];
  readonly decimals: number;
}

export const SERIES_KINDS = {
  /** Wanders about 100, and is drawn back to it. */
  price: {
    normal: (draws) => {
      const distance = wandering(draws, { step: 0.0012, keep: 0.995 });
      return () => 100 * Math.exp(distance());
    },
    disturbances: ['spike', 'crash'],
    decimals: 2,
  },
  /** Requests a second: few by night, many by day. */
  traffic: {
    normal: (draws) => {
      const noise = wandering(draws, { step: 0.04, keep: 0.5 });
      return (phase) => (600 - 250 * Math.cos(2 * Math.PI * phase)) * Math.exp(noise());
    },
    disturbances: ['surge', 'outage'],
    decimals: 0,
  },
  /** Degrees Celsius: coldest at night, with a slow weather of its own. */
  temperature: {
    normal: (draws) => {
      const weather = wandering(draws, { step: 0.06, keep: 0.998 });
      const noise = wandering(draws, { step: 0.15, keep: 0 });
      return (phase) => 17 - 4 * Math.cos(2 * Math.PI * phase) + weather() + noise();
    },
    disturbances: ['fault'],
    decimals: 2,
  },
} as const satisfies Readonly<Record<string, SeriesKind>>;

export type SeriesKindName = keyof typeof SERIES_KINDS;

/** A walk about 0 that keeps a share of what it has gone: an autoregressive process of first order. */
function wandering(draws: Draws, { step, keep }: { readonly step: number; readonly keep: number }): () => number {
  let place = 0;
  return () => (place = keep * place + step * Math.log(draws.logNormal(1, 1)));
}
