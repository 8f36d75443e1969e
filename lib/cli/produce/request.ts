import { parseTimestamp } from '../../core/events/timestamp.ts';
import { MOST_SEEDS, MOST_USERS, USUAL_ANOMALY_RATE } from '../../core/producer/simulate-transactions.ts';
import { readTarget, type Target } from '../connect/target.ts';
import type { OptionValues } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { PRODUCE_OPTIONS } from './options.ts';

/** What a run of `produce` is asked to do. */
export interface ProduceRequest {
  readonly users: number;
  readonly seed: number;
  readonly start: number;
  readonly anomalyRate: number;
  readonly from: number;
  /** Undefined: until it is interrupted. */
  readonly count: number | undefined;
  /** Transactions a second; undefined: as fast as it goes. */
  readonly rate: number | undefined;
  readonly quiet: boolean;
  readonly destination: Destination;
}

type Destination =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'stream'; readonly target: Target };

/** What differs from one run to the next where nothing is said. */
export interface Surroundings {
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly newSeed: () => number;
}

const USUAL_USERS = 200;
const USUAL_RATE = 20;
const USUAL_COUNT = 10_000;
/** 2026-01-01 */
const USUAL_START_IN_FILES = 1_767_225_600;
const DAY_SECONDS = 86_400;
const DAYS_BEFORE_NOW = 90;

export function readRequest(values: OptionValues<typeof PRODUCE_OPTIONS>, around: Surroundings): ProduceRequest {
  const { users, rate, count, seed, start, from, out, quiet } = values;
  const destination = readDestination(values);
  const isFile = destination.kind === 'file';
  if (isFile && out !== '-' && rate !== undefined)
    throw new UsageError(`--rate is for the stream and for --out=- (given --out=${out})`);
  return {
    users: readWhole(users, { name: 'users', least: 1, most: MOST_USERS }) ?? USUAL_USERS,
    seed: readWhole(seed, { name: 'seed', least: 0, most: MOST_SEEDS - 1 }) ?? around.newSeed(),
    start: readStart(start) ?? (isFile ? USUAL_START_IN_FILES : midnight(around.now() - DAYS_BEFORE_NOW * DAY_SECONDS)),
    anomalyRate: readShare(values['anomaly-rate']) ?? USUAL_ANOMALY_RATE,
    from: readWhole(from, { name: 'from', least: 0, most: 1e12 }) ?? 0,
    count: readWhole(count, { name: 'count', least: 1, most: 1e12 }) ?? (isFile ? USUAL_COUNT : undefined),
    rate: readRate(rate) ?? (isFile ? undefined : USUAL_RATE),
    quiet,
    destination,
  };
}

function readDestination(values: OptionValues<typeof PRODUCE_OPTIONS>): Destination {
  const { out, data, stack } = values;
  if (out === undefined) return { kind: 'stream', target: readTarget(values) };
  if (data === undefined && stack === undefined) return { kind: 'file', path: out };
  throw new UsageError('--out writes a file: --data and --stack, which name a system, cannot be given with it');
}

function midnight(time: number): number {
  return Math.floor(time / DAY_SECONDS) * DAY_SECONDS;
}

interface Bounds {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

function readWhole(given: string | undefined, { name, least, most }: Bounds): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= least && value <= most) return value;
  throw new UsageError(`--${name} must be a whole number from ${least} to ${most} (given ${JSON.stringify(given)})`);
}

function readShare(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d(\.\d{1,6})?$/.test(given) && Number(given) <= 1) return Number(given);
  throw new UsageError(
    `--anomaly-rate must be a number from 0 to 1 with at most 6 decimals (given ${JSON.stringify(given)})`,
  );
}

function readRate(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,6}(\.\d{1,3})?$/.test(given) && Number(given) > 0) return Number(given);
  throw new UsageError(
    `--rate must be a number of transactions a second, more than 0 and below 1,000,000 (given ${JSON.stringify(given)})`,
  );
}

function readStart(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const time = parseTimestamp(given.includes(':') ? given : `${given} 00:00:00`);
  if (time !== undefined) return time;
  throw new UsageError(
    `--start must be a date, or a date and time, as YYYY-MM-DD HH:MM:SS (given ${JSON.stringify(given)})`,
  );
}
