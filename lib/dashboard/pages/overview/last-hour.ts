import type { StatsAnswer } from '../../../core/api/stats.ts';

export type Minute = StatsAnswer['minutes'][number];

interface LastHourOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly count: (minute: Minute) => number;
}

const MINUTES = 60;
const SECONDS = 60;

/** One count for each of the last 60 minutes, also for those in which nothing happened; times are in seconds since 1970. */
export function lastHour(
  minutes: readonly Minute[],
  { now, count }: LastHourOptions,
): { readonly times: number[]; readonly values: number[] } {
  const current = Math.floor(now / 1000 / SECONDS) * SECONDS;
  const known = new Map(minutes.map((each) => [Date.parse(each.minute) / 1000, count(each)]));
  const times = Array.from({ length: MINUTES }, (_, index) => current - (MINUTES - 1 - index) * SECONDS);
  return { times, values: times.map((time) => known.get(time) ?? 0) };
}
