import type { Asked } from './asked.ts';
import type { AskedOfSeries } from './ask-series.ts';
import { KINESIS_PUT_UNIT_BYTES, PRICES } from './prices.ts';

/** What a month costs, in dollars, by what it is paid for. */
export type Bill = Readonly<Record<BillLine, number>>;

export const BILL_LINES = [
  'Kinesis',
  'Lambda',
  'DynamoDB requests',
  'DynamoDB storage',
  'backups',
  'S3',
  'WebSockets',
  'logs',
  'alarms, metrics, dashboard',
] as const;

type BillLine = (typeof BILL_LINES)[number];

/** As AWS counts a month. */
const HOURS = 730;
const SECONDS = HOURS * 3600;
const DAY = 24 * 3600;
const GIGABYTE = 1e9;

/** Logs, by the lines that a local run writes; what API Gateway notes of a message is by its format. */
const LOGGED = { applied: 1060, skipped: 200, points: 300, message: 330 } as const;
/** Where a function only looks at a batch that is not its own; and where a page may have to be told, one query. By estimate. */
const SKIPPING_MS = 5;
const PUBLISHING = { ms: 25, gigabytes: 0.5, readUnits: 0.5 } as const;
const STREAM_FUNCTION_GIGABYTES = 1769 / 1024;
const SERIES_FUNCTION_GIGABYTES = 1;
/** A write, an answer, and a note that it is sent. By estimate. */
const SERIES_SERVICE_MS = 25;
const POINTS_LOGGED_EVERY_SECONDS = 10;

/** What comes over the stream. */
export interface StreamLoad {
  readonly perSecond: number;
  readonly shards: number;
  readonly retentionHours: number;
  readonly windowSeconds: number;
  readonly recordBytes: number;
  readonly eventsPerRecord: number;
  /** For how long the journal and the table keep what an event leaves there; undefined: for good, and so a month's worth is told. */
  readonly journalDays: number | undefined;
  readonly tableDays: number | undefined;
  /** How many of the events are told in an object of their own; undefined: as was counted, beside a body for each call. */
  readonly toldShare: number | undefined;
  readonly fixed: number;
}

export function billOfStream(asked: Asked, load: StreamLoad): Bill {
  const events = load.perSecond * SECONDS;
  const share = events / asked.events;
  const calls = (load.shards * SECONDS) / load.windowSeconds;
  const told = load.toldShare === undefined ? Math.max(0, asked.s3Puts * share - calls) : load.toldShare * events;
  const puts = load.toldShare === undefined ? asked.s3Puts * share : told;
  const seconds =
    (asked.functionMs * share + SKIPPING_MS * calls) * STREAM_FUNCTION_GIGABYTES +
    PUBLISHING.ms * told * PUBLISHING.gigabytes;
  const keptFor = (days: number | undefined): number => (load.perSecond * (days ?? HOURS / 24) * DAY) / asked.events;
  const { journal, output, table, indexes } = asked.stored;
  const tableBytes = table * keptFor(load.tableDays);
  const logBytes = calls * (LOGGED.applied + LOGGED.skipped);
  return {
    Kinesis: kinesisOf(load, events),
    Lambda: (2 * calls + told) * PRICES.lambdaRequest + (seconds / 1000) * PRICES.lambdaGigabyteSecondArm,
    'DynamoDB requests':
      (asked.readUnits * share + PUBLISHING.readUnits * told) * PRICES.dynamoReadUnit +
      asked.writeUnits * share * PRICES.dynamoWriteUnit,
    'DynamoDB storage': ((tableBytes + indexes * keptFor(load.tableDays)) / GIGABYTE) * PRICES.dynamoStoredGigabyte,
    backups: (tableBytes / GIGABYTE) * PRICES.dynamoBackupGigabyte,
    S3:
      puts * PRICES.s3Put +
      asked.s3Gets * share * PRICES.s3Get +
      ((journal * keptFor(load.journalDays) + output * keptFor(undefined)) / GIGABYTE) * PRICES.s3StoredGigabyte,
    WebSockets: 0,
    logs: logsOf(logBytes),
    'alarms, metrics, dashboard': load.fixed,
  };
}

function kinesisOf(load: StreamLoad, events: number): number {
  const shardHour = PRICES.kinesisShardHour + (load.retentionHours > 24 ? PRICES.kinesisLongerShardHour : 0);
  const units = Math.ceil(load.recordBytes / KINESIS_PUT_UNIT_BYTES) * (events / load.eventsPerRecord);
  return load.shards * HOURS * shardHour + units * PRICES.kinesisPutUnit;
}

function logsOf(bytes: number): number {
  return (bytes / GIGABYTE) * (PRICES.cloudWatchLogsGigabyte + PRICES.cloudWatchLogsStoredGigabyte);
}

/** Points of clients that send one a second. */
export interface SeriesLoad {
  readonly perSecond: number;
  readonly pointsPerMessage: number;
  readonly fixed: number;
}

export function billOfSeries(asked: AskedOfSeries, { perSecond, pointsPerMessage, fixed }: SeriesLoad): Bill {
  const points = perSecond * SECONDS;
  const messages = points / pointsPerMessage;
  const milliseconds = asked.judgingMs * points + SERIES_SERVICE_MS * messages;
  const tableBytes = asked.storedBytes * points;
  const sandboxes = Math.ceil(milliseconds / 1000 / SECONDS);
  const logBytes = messages * LOGGED.message + sandboxes * (SECONDS / POINTS_LOGGED_EVERY_SECONDS) * LOGGED.points;
  return {
    Kinesis: 0,
    Lambda:
      messages * PRICES.lambdaRequest +
      (milliseconds / 1000) * SERIES_FUNCTION_GIGABYTES * PRICES.lambdaGigabyteSecondArm,
    'DynamoDB requests': points * (asked.readUnits * PRICES.dynamoReadUnit + asked.writeUnits * PRICES.dynamoWriteUnit),
    'DynamoDB storage': (tableBytes / GIGABYTE) * PRICES.dynamoStoredGigabyte,
    backups: (tableBytes / GIGABYTE) * PRICES.dynamoBackupGigabyte,
    S3: 0,
    WebSockets: 2 * messages * PRICES.socketMessage + perSecond * HOURS * 60 * PRICES.socketMinute,
    logs: logsOf(logBytes),
    'alarms, metrics, dashboard': fixed,
  };
}

export function totalOf(bill: Bill): number {
  return BILL_LINES.reduce((sum, line) => sum + bill[line], 0);
}
