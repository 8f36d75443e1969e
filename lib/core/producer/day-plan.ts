import type { Seconds } from '../events/event.ts';
import { ANOMALY_KINDS, drawKinds, type AnomalyKind } from './anomaly-kinds.ts';
import type { Draws } from './draws.ts';
import type { Habits, UsualHours } from './habits.ts';

/** Who makes a transaction at what time, and what is to be unusual about it. */
export interface PlannedTransaction {
  readonly time: Seconds;
  /** Index of the user. */
  readonly user: number;
  readonly unusual: readonly AnomalyKind[];
  /** Whether it is an anomaly; people stray from their habits without being robbed. */
  readonly isPlanted: boolean;
}

export interface DayOptions {
  readonly draws: Draws;
  readonly people: readonly Habits[];
  /** Midnight. */
  readonly day: Seconds;
  /** Share of transactions that are anomalous. */
  readonly anomalyRate: number;
}

export const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;

/** One normal transaction in so many strays from a habit. */
const STRAYS_ONE_IN = 1000;
const STRAYING = ['location', 'category', 'hour'] as const satisfies readonly AnomalyKind[];

/** Hours between the usual ones and the unusual ones. */
const MARGIN_HOURS = 1.5;

/**
 * The transactions of a day in the order of their times. A user makes a Poisson number of them; within the usual hours they
 * crowd in the middle, as the mean of two uniform numbers does. Eight bytes each, so that millions of users fit.
 */
export function* planDay({ draws, people, day, anomalyRate }: DayOptions): Generator<PlannedTransaction> {
  const packed: number[] = [];
  people.forEach((habits, user) => {
    for (let left = draws.poisson(habits.activity); left > 0; left--) {
      const isPlanted = draws.chance(anomalyRate);
      const unusual = isPlanted ? drawKinds(draws) : strayFrom(draws);
      const second = Math.floor(drawHour(draws, habits.hours, unusual.includes('hour')) * HOUR_SECONDS);
      packed.push((second * people.length + user) * CODES + codeOf(unusual, isPlanted));
    }
  });
  for (const each of Float64Array.from(packed).toSorted()) {
    const who = Math.floor(each / CODES);
    const time = day + Math.floor(who / people.length);
    yield { time, user: who % people.length, ...decode(each % CODES) };
  }
}

function strayFrom(draws: Draws): AnomalyKind[] {
  return draws.chance(1 / STRAYS_ONE_IN) ? [draws.pick(STRAYING)] : [];
}

function drawHour(draws: Draws, { from, length }: UsualHours, isUnusual: boolean): number {
  const usual = (draws.between(0, length) + draws.between(0, length)) / 2;
  const unusual = draws.between(length + MARGIN_HOURS, 24 - MARGIN_HOURS);
  return (from + (isUnusual ? unusual : usual)) % 24;
}

/** A bit for each kind, and one for those that are planted. */
const CODES = 2 ** (ANOMALY_KINDS.length + 1);
const PLANTED = 2 ** ANOMALY_KINDS.length;

function codeOf(unusual: readonly AnomalyKind[], isPlanted: boolean): number {
  return unusual.reduce((code, kind) => code + 2 ** ANOMALY_KINDS.indexOf(kind), isPlanted ? PLANTED : 0);
}

function decode(code: number): Pick<PlannedTransaction, 'unusual' | 'isPlanted'> {
  const unusual = code % PLANTED === 0 ? NOTHING : ANOMALY_KINDS.filter((_, bit) => (code & (2 ** bit)) > 0);
  return { unusual, isPlanted: code >= PLANTED };
}

const NOTHING: readonly AnomalyKind[] = [];
