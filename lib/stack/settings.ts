import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { MOST_TRACKED } from '../core/cloud/commits.ts';
import { LIMITS } from '../core/series/series-options.ts';
import { suggestion } from '../core/text/nearest-name.ts';
import { TRANSACTION_MODES } from '../core/transactions/detectors.ts';
import { integer, oneOf, optional, text, type Setting } from './setting-kinds.ts';

const RETENTIONS = Object.values(RetentionDays)
  .map(Number)
  .filter((days) => days <= 3653);

/** What can be chosen under `flagstone` in cdk.json, and what is chosen by who says nothing. */
const SETTINGS = {
  /** D and T of a network that no batch log has given its own. */
  degrees: integer(2, 1, 1_000_000),
  tracked: integer(50, 2, MOST_TRACKED),
  /** Purchases kept per user, so that T can be raised to it later; else a network's first T. */
  keptPurchases: optional(integer(0, 2, MOST_TRACKED)),
  stream: oneOf('provisioned', ['provisioned', 'on-demand']),
  shards: optional(integer(1, 1, 500)),
  /** At most what Lambda can wait for before it keeps a failed record elsewhere. */
  streamRetentionHours: integer(168, 24, 168),
  /** Records in a batch; Lambda also ends one at 6 MB. */
  batchSize: integer(1000, 1, 10_000),
  batchWindowSeconds: integer(1, 0, 300),
  /** Commits between two writes of the users that they changed. */
  flushEvery: integer(24, 1, 100),
  /** How long the history of commits is kept. */
  historyDays: integer(30, 1, 3650),
  /** Whether transactions are judged by the forest alone, or by the user's habits, too. */
  transactionDetector: oneOf('enhanced', TRANSACTION_MODES),
  /** How long transactions are kept. */
  transactionDays: integer(90, 1, 3650),
  trainEveryHours: integer(24, 1, 168),
  /** Whether the models of a series set their limits by its own past, or as the textbooks do. */
  seriesLimits: oneOf('calibrated', LIMITS),
  /** How long a series is kept that nothing is heard of. */
  seriesDays: integer(90, 1, 3650),
  /** Beyond, API Gateway refuses messages. */
  seriesMessagesPerSecond: integer(1000, 1, 10_000),
  liveMessagesPerSecond: integer(100, 1, 10_000),
  /** Beyond, API Gateway answers 429. */
  apiRequestsPerSecond: integer(200, 1, 10_000),
  /** Whether people have to prove with a second factor who they are; else it is up to each. */
  secondFactor: oneOf('optional', ['optional', 'required']),
  /** The port from which `flagstone dashboard` may sign people in; from none unless given. */
  localDashboardPort: optional(integer(0, 1, 65_535)),
  logRetentionDays: oneOf(30, RETENTIONS),
  /** What becomes of the table and the buckets when the stack is deleted. */
  removal: oneOf('retain', ['retain', 'destroy']),
  /** An alarm rings when nothing has come in on the stream for so long; without it, silence is no alarm. */
  silenceHours: optional(integer(24, 1, 168)),
  /** Who is told when an alarm rings. */
  alarmEmail: text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address'),
} satisfies Record<string, Setting<unknown>>;

export type Settings = {
  readonly [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};

export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(faults: readonly string[]) {
    super(faults.map((fault) => `cdk.json, flagstone: ${fault}`).join('\n'));
  }
}

/** Reads what stands under `flagstone`. @throws SettingsError that names all that is wrong */
export function readSettings(given: unknown = {}): Settings {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SettingsError([`the settings must be an object (given ${JSON.stringify(given)})`]);
  }
  const known = Object.entries<Setting<unknown>>(SETTINGS);
  const faults = Object.entries(given).flatMap(([name, value]) => faultsOf(name, value));
  const values = known.map(([name, { fallback }]) => [name, (given as Record<string, unknown>)[name] ?? fallback]);
  const settings = Object.fromEntries(values) as Settings;
  if (faults.length === 0) faults.push(...contradictionsIn(settings));
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

function faultsOf(name: string, value: unknown): string[] {
  if (!Object.hasOwn(SETTINGS, name)) return [`there is no setting ${name}${suggestion(name, Object.keys(SETTINGS))}`];
  const setting: Setting<unknown> = SETTINGS[name as keyof typeof SETTINGS];
  if (setting.accepts(value)) return [];
  return [`${name} must be ${setting.allowed} (given ${JSON.stringify(value)})`];
}

function contradictionsIn({ keptPurchases, tracked, stream, shards }: Settings): string[] {
  const faults: string[] = [];
  if (keptPurchases !== undefined && keptPurchases < tracked) {
    faults.push(`keptPurchases must be at least tracked, ${tracked} (given ${keptPurchases})`);
  }
  if (stream === 'on-demand' && shards !== undefined) {
    faults.push(`shards must be left out where stream is "on-demand": AWS chooses them (given ${shards})`);
  }
  return faults;
}
