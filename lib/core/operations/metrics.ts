/** A figure that a function tells of its work; CloudWatch keeps it under {@link NAMESPACE} and the function's name. */
interface Metric {
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds';
  /** What makes one figure of many: of counts their sum, of ages the worst. */
  readonly statistic: 'Sum' | 'Maximum';
  /** For people, as a legend has it. */
  readonly label: string;
}

const count = (label: string) => ({ unit: 'Count', statistic: 'Sum', label }) as const;
const kept = (label: string) => ({ unit: 'Count', statistic: 'Maximum', label }) as const;

export const NAMESPACE = 'Flagstone';

/** The one dimension that all have: the name of the function, as {@link METRICS} has it. */
export const DIMENSION = 'service';

/**
 * Every metric of Flagstone's own. Each costs as much a month as three alarms, so what a service of AWS tells anyway is not here.
 * A count of nothing is not sent: no figure means none.
 */
export const METRICS = {
  'live-events': {
    Events: count('events of networks applied'),
    Flagged: count('purchases flagged'),
    Rejected: count('lines rejected'),
    Commits: count('commits of networks'),
    CommitConflicts: count('commits lost to others'),
    UsersRead: count('users read that were not in memory'),
    FailedBatches: count('batches of the stream that have to come again'),
    Lag: { unit: 'Milliseconds', statistic: 'Maximum', label: 'age of the newest record when it was applied' },
  },
  transactions: {
    Transactions: count('transactions judged'),
    Anomalies: count('transactions that are anomalous'),
    Duplicates: count('transactions that came again'),
    Rejected: count('lines rejected'),
    CommitConflicts: count('commits lost to others'),
    UsersRead: count('users read that were not in memory'),
    FailedBatches: count('batches of the stream that have to come again'),
    Lag: { unit: 'Milliseconds', statistic: 'Maximum', label: 'age of the newest record when it was applied' },
    ModelAge: { unit: 'Seconds', statistic: 'Maximum', label: 'age of the model judged by' },
    ModelsRefused: count('models that could not be used'),
  },
  series: {
    Points: count('points answered'),
    Anomalies: count('points that are anomalous'),
    Alerts: count('alerts'),
    CommitConflicts: count('commits lost to others'),
    PointsNotShown: count('points that pages were not told of'),
  },
  'batch-log': {
    Loads: count('batch logs loaded'),
    LoadsFailed: count('batch logs that could not be loaded'),
  },
  'stream-log': {
    LogsFailed: count('stream logs that could not be put on the stream'),
  },
  'live-publisher': {
    LiveMessages: count('messages to pages'),
    LiveConnectionsGone: count('pages that were gone'),
  },
  housekeeping: {
    FailuresKept: kept('events that functions gave up on, kept in the journal bucket'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Metric>>>>;

/** A function that has metrics. */
export type Metered = keyof typeof METRICS;

export type MetricName<Of extends Metered> = keyof (typeof METRICS)[Of] & string;

export function metricOf<Of extends Metered>(service: Of, name: MetricName<Of>): Metric {
  const metrics: Readonly<Record<string, Metric>> = METRICS[service];
  const metric = metrics[name];
  if (metric === undefined) throw new RangeError(`${service} has no metric ${name}`);
  return metric;
}
