import { LIMITS, type Limits } from '../../core/series/series-options.ts';
import type { Environment } from '../environment.ts';

/** What the stack tells the function of the series. */
export interface SeriesSettings {
  readonly table: string;
  /** Where the connections are answered and closed. */
  readonly callbackUrl: string;
  readonly limits: Limits;
  /** For how long a client that is not heard of is remembered, in milliseconds. */
  readonly keptMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Reads the settings, once per cold start. @throws Error naming the variable that is wrong. */
export function readSeriesSettings(environment: Environment): SeriesSettings {
  return {
    table: read(environment, 'SERIES_TABLE'),
    callbackUrl: read(environment, 'SERIES_CALLBACK_URL'),
    limits: readLimits(read(environment, 'SERIES_LIMITS')),
    keptMs: readDays(read(environment, 'SERIES_DAYS')) * DAY_MS,
  };
}

function read(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the environment variable ${name} is missing`);
  return value;
}

function readLimits(given: string): Limits {
  const limits = LIMITS.find((known) => known === given);
  if (limits === undefined) throw new Error(`SERIES_LIMITS must be one of ${LIMITS.join(', ')} (given ${given})`);
  return limits;
}

function readDays(given: string): number {
  const days = Number(given);
  if (Number.isInteger(days) && days >= 1) return days;
  throw new Error(`SERIES_DAYS must be an integer of at least 1 (given ${given})`);
}
