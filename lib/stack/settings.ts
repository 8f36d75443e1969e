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
  /** Likewise, for each route that reads many items for an answer. */
  apiListsPerSecond: integer(50, 1, 10_000),
  /** WebSockets opened a second; beyond, API Gateway refuses them. */
  connectsPerSecond: integer(50, 1, 500),
  /** Has the APIs behind CloudFront answer nobody else: the generation of the secret that tells them. */
  originSecret: optional(integer(1, 1, 1_000_000)),
  /** What guards CloudFront: it must be in us-east-1, wherever the stack is. */
  webAclArn: text(
    /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/,
    'the ARN of a web ACL for CloudFront (arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID)',
  ),
  /** Whether people have to prove with a second factor who they are; else it is up to each. */
  secondFactor: oneOf('optional', ['optional', 'required']),
  /** The port from which `flagstone dashboard` may sign people in; from none unless given. */
  localDashboardPort: optional(integer(0, 1, 65_535)),
  /** Whose key encrypts tables, buckets and the stream: the services', or one of the account's own. */
  encryptionKey: oneOf('aws', ['aws', 'customer']),
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

type Contradiction = (settings: Settings) => string | false;

const HOURS = 24;

/** What cannot be wanted at once, and why. */
const CONTRADICTIONS: readonly Contradiction[] = [
  ({ webAclArn, originSecret }) =>
    webAclArn !== undefined &&
    originSecret === undefined &&
    'originSecret must be given where webAclArn is: else who asks the APIs by their own addresses passes by what guards CloudFront',
  ({ keptPurchases, tracked }) =>
    keptPurchases !== undefined &&
    keptPurchases < tracked &&
    `keptPurchases must be at least tracked, ${tracked} (given ${keptPurchases})`,
  ({ stream, shards }) =>
    stream === 'on-demand' &&
    shards !== undefined &&
    `shards must be left out where stream is "on-demand": AWS chooses them (given ${shards})`,
  ({ historyDays, streamRetentionHours }) =>
    historyDays * HOURS < streamRetentionHours &&
    `historyDays must be at least the ${streamRetentionHours / HOURS} days of streamRetentionHours: what is put back, or read again after a restore, is told from what was applied by the history (given ${historyDays})`,
  ({ transactionDays, streamRetentionHours }) =>
    transactionDays * HOURS < streamRetentionHours &&
    `transactionDays must be at least the ${streamRetentionHours / HOURS} days of streamRetentionHours: a transaction that comes again is known by the stored one (given ${transactionDays})`,
  ({ transactionDays, trainEveryHours }) =>
    transactionDays * HOURS < trainEveryHours &&
    `transactionDays must be at least the ${trainEveryHours / HOURS} days of trainEveryHours: a model is trained on what is stored (given ${transactionDays})`,
  ({ logRetentionDays, streamRetentionHours }) =>
    logRetentionDays * HOURS < streamRetentionHours &&
    `logRetentionDays must be at least the ${streamRetentionHours / HOURS} days of streamRetentionHours: for so long a batch can fail, and the log says why (given ${logRetentionDays})`,
];

function contradictionsIn(settings: Settings): string[] {
  return CONTRADICTIONS.map((contradictionIn) => contradictionIn(settings)).filter((fault) => fault !== false);
}
