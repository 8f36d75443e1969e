import { parseDegrees, parseTracked, type NetworkParameters } from '../core/events/log-header.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the stack tells its functions. */
export interface Settings {
  readonly stateTable: string;
  readonly inputBucket: string;
  readonly outputBucket: string;
  readonly journalBucket: string;
  readonly streamName: string;
  /** D and T of a network that nobody has given others. */
  readonly defaults: NetworkParameters;
  /** Purchases kept per user, if more than T. */
  readonly keptPurchases: number;
  readonly flushEvery: number;
  readonly historyMs: number;
  readonly retentionMs: number;
}

const HOUR_MS = 60 * 60 * 1000;

/** Reads the settings, once per cold start. @throws Error naming the variable that is wrong. */
export function readSettings(environment: Environment): Settings {
  const { text, integer } = variablesOf(environment);
  return {
    stateTable: text('STATE_TABLE'),
    inputBucket: text('INPUT_BUCKET'),
    outputBucket: text('OUTPUT_BUCKET'),
    journalBucket: text('JOURNAL_BUCKET'),
    streamName: text('STREAM_NAME'),
    defaults: {
      degrees: parsed(parseDegrees(text('DEFAULT_DEGREES'), 'DEFAULT_DEGREES')),
      tracked: parsed(parseTracked(text('DEFAULT_TRACKED'), 'DEFAULT_TRACKED')),
    },
    keptPurchases: text('KEPT_PURCHASES') === '' ? 0 : integer('KEPT_PURCHASES', 2),
    flushEvery: integer('FLUSH_EVERY', 1),
    historyMs: integer('HISTORY_DAYS', 1) * 24 * HOUR_MS,
    retentionMs: integer('STREAM_RETENTION_HOURS', 24) * HOUR_MS,
  };
}

/** Reads variables one by one; each throws an error that names the variable. */
export function variablesOf(environment: Environment) {
  const text = (name: string): string => environment[name] ?? missing(name);
  const integer = (name: string, least: number): number => {
    const number = Number(text(name));
    if (Number.isInteger(number) && number >= least) return number;
    throw new Error(`${name} must be an integer of at least ${least} (given ${text(name)})`);
  };
  return { text, integer };
}

function missing(name: string): never {
  throw new Error(`the environment variable ${name} is missing`);
}

function parsed(result: ReturnType<typeof parseDegrees>): number {
  if (result.ok) return result.value;
  throw new Error(result.reason);
}
