import { Duration } from 'aws-cdk-lib';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import { KeyedTable } from '../constructs/keyed-table.ts';
import { SocketApi } from '../constructs/socket-api.ts';
import type { FunctionScope } from './function-scope.ts';
import { removalOf } from './resources.ts';

export interface SeriesService {
  readonly api: SocketApi;
  /** The clients, and their points. */
  readonly table: KeyedTable;
  readonly series: FlagstoneFunction;
}

/** Points over WebSockets to verdicts. */
export function addSeries({ scope, settings, resources, common }: FunctionScope): SeriesService {
  const { environment, ...setting } = common('series');
  const removal = removalOf(settings);
  const table = new KeyedTable(scope, 'Clients', {
    removal,
    key: resources.key,
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLiveAttribute: 'x',
    late: 'Points of series are answered',
  });
  const api = new SocketApi(scope, 'SeriesApi', {
    stageName: 'series',
    throttle: { rateLimit: settings.seriesMessagesPerSecond, burstLimit: 2 * settings.seriesMessagesPerSecond },
    connectsPerSecond: settings.connectsPerSecond,
    logRetention: settings.logRetentionDays,
    removal,
    userLoses:
      'Answers: for 15 minutes API Gateway has not been able to call the function of the series. Clients send again what was not answered.',
  });
  const series = new FlagstoneFunction(scope, 'Series', {
    ...setting,
    environment: {
      ...environment,
      SERIES_TABLE: table.tableName,
      SERIES_CALLBACK_URL: api.stage.callbackUrl,
      SERIES_LIMITS: settings.seriesLimits,
      SERIES_DAYS: String(settings.seriesDays),
    },
    // API Gateway tells the client.
    failures: undefined,
    // A point is judged in a fraction of a millisecond; but whoever comes cold reads a window first, and its client waits.
    memoryMB: 1024,
    // API Gateway waits no longer than 29 seconds.
    timeout: Duration.seconds(28),
    errors: {
      userLoses:
        'Answers: for 15 minutes points of series have not been taken. Clients send again what was not answered.',
      periods: 3,
    },
    nearTimeout: {
      userLoses:
        'Time: points of series have waited for more than 22 of the 28 seconds that an answer may take. Clients send again what is not answered in time.',
    },
  });
  const actions = ['GetItem', 'PutItem', 'Query', 'BatchWriteItem'];
  series.allow(
    actions.map((action) => `dynamodb:${action}`),
    table.tableArn,
  );
  // Programs connect with the credentials that AWS knows them by.
  api.serveWith(series, new WebSocketIamAuthorizer());
  api.allowConnections(series, 'POST', 'DELETE');
  return { api, table, series };
}
