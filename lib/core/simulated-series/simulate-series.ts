import type { Seconds } from '../events/event.ts';
import { Draws } from '../producer/draws.ts';
import { DISTURBANCES, type DisturbanceName } from './disturbances.ts';
import { SERIES_KINDS, type SeriesKindName } from './series-kinds.ts';

export interface SeriesSimulation {
  readonly kind: SeriesKindName;
  /** A whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  /** Time of the first point, and from one point to the next; fractions are allowed. */
  readonly start: Seconds;
  readonly step: Seconds;
  /** How long a day is. */
  readonly day: Seconds;
  /** One anomalous episode in so many points, on average. */
  readonly episodeOneIn: number;
  /** So many points without one, at the beginning and after each. */
  readonly quiet: number;
}

export interface SimulatedPoint {
  readonly time: Seconds;
  readonly value: number;
  /** The anomalous episode that the point belongs to. */
  readonly anomaly?: DisturbanceName;
  /** Whether the episode begins with it. */
  readonly isOnset: boolean;
}

/** The points of a series without an end: the same from the same seed. */
export function* simulateSeries(simulation: SeriesSimulation): Generator<SimulatedPoint, never> {
  const { kind, seed, start, step, day } = simulation;
  const { normal, disturbances, decimals } = SERIES_KINDS[kind];
  // Apart, so that the normal values are the same wherever the anomalies are.
  const nextNormal = normal(Draws.seeded(seed, 0));
  const episodes = drawEpisodes(Draws.seeded(seed, 1), disturbances, simulation);
  for (let index = 0; ; index++) {
    const time = start + index * step;
    const { disturb, ...rest } = episodes.next().value;
    const value = disturb(nextNormal((time / day) % 1));
    yield { time, value: Number(value.toFixed(decimals)), ...rest };
  }
}

interface EpisodePoint extends Pick<SimulatedPoint, 'anomaly' | 'isOnset'> {
  readonly disturb: (value: number) => number;
}

const NORMAL: EpisodePoint = { disturb: (value) => value, isOnset: false };

function* drawEpisodes(
  draws: Draws,
  names: readonly DisturbanceName[],
  { quiet, episodeOneIn }: SeriesSimulation,
): Generator<EpisodePoint, never> {
  for (;;) {
    for (let left = quiet; left > 0; left--) yield NORMAL;
    while (!draws.chance(1 / episodeOneIn)) yield NORMAL;
    const anomaly = draws.pick(names);
    const { points, disturb } = DISTURBANCES[anomaly](draws);
    for (let point = 0; point < points; point++) {
      yield { anomaly, isOnset: point === 0, disturb: (value) => disturb(value, point / points) };
    }
  }
}
