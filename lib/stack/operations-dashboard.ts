import { Duration } from 'aws-cdk-lib';
import { Alarm, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import { KeyedTable } from '../constructs/keyed-table.ts';
import { OperationsDashboard, type DashboardRow } from '../constructs/operations-dashboard.ts';
import type { QueryApi } from '../constructs/query-api.ts';
import type { SocketApi } from '../constructs/socket-api.ts';
import { labelledMetric } from './flagstone-metric.ts';
import type { FunctionScope } from './function-scope.ts';

interface Apis {
  readonly api: QueryApi;
  /** By their paths. */
  readonly sockets: Readonly<Record<string, SocketApi>>;
}

const SUM = { statistic: 'Sum', period: Duration.minutes(5) } as const;
const WORST = { ...SUM, statistic: 'Maximum' } as const;

/** The stack's health at a glance. To be added last: it shows the alarms, functions and tables that are there by then. */
export function addOperationsDashboard({ scope, resources }: FunctionScope, apis: Apis): OperationsDashboard {
  const all = scope.node.findAll();
  const functions = all.filter((construct) => construct instanceof FlagstoneFunction);
  const tables = all.filter((construct) => construct instanceof KeyedTable);
  const ofFunctions = (name: string, options: typeof SUM | typeof WORST): IMetric[] =>
    functions.map((each) => each.metric(name, { ...options, label: each.node.id }));
  const ofTables = (name: string): IMetric[] =>
    tables.map((table) => table.metric(name, { ...SUM, label: table.node.id }));
  const ofSockets = (name: string): IMetric[] =>
    Object.entries(apis.sockets).map(([label, socket]) => socketMetric(socket, name, label));

  const rows: readonly DashboardRow[] = [
    {
      title: 'What comes in',
      graphs: {
        'Records on the stream': [resources.stream.metricIncomingRecords({ ...SUM, label: 'records' })],
        'Judged and answered': [
          labelledMetric('live-events', 'Events'),
          labelledMetric('transactions', 'Transactions'),
          labelledMetric('series', 'Points'),
          labelledMetric('batch-log', 'Loads'),
        ],
        Rejected: [labelledMetric('live-events', 'Rejected'), labelledMetric('transactions', 'Rejected')],
        'Requests and messages': [apis.api.stage.metricCount({ ...SUM, label: 'api' }), ...ofSockets('MessageCount')],
      },
    },
    {
      title: 'What is flagged',
      graphs: {
        Purchases: [labelledMetric('live-events', 'Flagged')],
        Transactions: [labelledMetric('transactions', 'Anomalies')],
        Series: [labelledMetric('series', 'Anomalies'), labelledMetric('series', 'Alerts')],
        'Told to pages': [
          labelledMetric('live-publisher', 'LiveMessages'),
          labelledMetric('live-publisher', 'LiveConnectionsGone'),
          labelledMetric('series', 'PointsNotShown'),
        ],
      },
    },
    {
      title: 'How late it is',
      graphs: {
        'Age of the records that are read': ['LiveEvents', 'Transactions'].flatMap((id) =>
          functions
            .filter(({ node }) => node.id === id)
            .map((each) => each.metric('IteratorAge', { ...WORST, label: id })),
        ),
        'Age of the records that are applied': [
          labelledMetric('live-events', 'Lag'),
          labelledMetric('transactions', 'Lag'),
        ],
        'Time of an answer of the API': [apis.api.stage.metricLatency({ ...SUM, statistic: 'p99', label: '99 %' })],
        'Age of the model': [labelledMetric('transactions', 'ModelAge')],
      },
    },
    {
      title: 'What fails',
      graphs: {
        'Errors of functions': ofFunctions('Errors', SUM),
        'Batches that come again': [
          labelledMetric('live-events', 'FailedBatches'),
          labelledMetric('transactions', 'FailedBatches'),
        ],
        'Throttled functions and tables': [
          ...ofFunctions('Throttles', SUM),
          ...ofTables('WriteThrottleEvents'),
          ...ofTables('ReadThrottleEvents'),
        ],
        'Given up on, and kept': [labelledMetric('housekeeping', 'FailuresKept', Duration.hours(1))],
      },
    },
    {
      title: 'What it costs',
      graphs: {
        'Time of functions': ofFunctions('Duration', SUM),
        Commits: [labelledMetric('live-events', 'Commits')],
        'Units written': ofTables('ConsumedWriteCapacityUnits'),
        'Units read': ofTables('ConsumedReadCapacityUnits'),
        'Work done twice, or cold': [
          labelledMetric('transactions', 'Duplicates'),
          labelledMetric('live-events', 'CommitConflicts'),
          labelledMetric('transactions', 'CommitConflicts'),
          labelledMetric('series', 'CommitConflicts'),
          labelledMetric('live-events', 'UsersRead'),
          labelledMetric('transactions', 'UsersRead'),
        ],
      },
    },
  ];
  const alarms = all.filter((construct) => construct instanceof Alarm);
  return new OperationsDashboard(scope, 'Operations', { alarms, rows });
}

function socketMetric({ apiId, stage }: SocketApi, metricName: string, label: string): Metric {
  const dimensionsMap = { ApiId: apiId, Stage: stage.stageName };
  return new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap, label, ...SUM });
}
