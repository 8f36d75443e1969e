import { Duration } from 'aws-cdk-lib';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { AsynchronousFunction } from '../constructs/asynchronous-function.ts';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import { KeyedTable } from '../constructs/keyed-table.ts';
import { RuleTrigger } from '../constructs/rule-trigger.ts';
import { SocketApi } from '../constructs/socket-api.ts';
import type { FunctionScope } from './function-scope.ts';
import { removalOf } from './resources.ts';
import type { SeriesService } from './series.ts';

const STALE = 'Open pages show what is new late, or when they are loaded again.';

export interface LiveService {
  readonly api: SocketApi;
  /** Who watches what. */
  readonly table: KeyedTable;
  /** Says which page may connect. */
  readonly authorizer: FlagstoneFunction;
}

/** What the detectors have written to the pages that watch. */
export function addLive(functions: FunctionScope, series: SeriesService): LiveService {
  const { scope, settings } = functions;
  const removal = removalOf(settings);
  const table = new KeyedTable(scope, 'Subscriptions', {
    removal,
    key: functions.resources.key,
    partitionKey: 'pk',
    sortKey: 'sk',
    timeToLiveAttribute: 'x',
    late: 'Open pages are told of what is new',
  });
  const api = new SocketApi(scope, 'LiveApi', {
    stageName: 'live',
    throttle: { rateLimit: settings.liveMessagesPerSecond, burstLimit: 2 * settings.liveMessagesPerSecond },
    connectsPerSecond: settings.connectsPerSecond,
    logRetention: settings.logRetentionDays,
    removal,
    userLoses: `Timeliness: for 15 minutes pages could not say what they want to watch. ${STALE}`,
  });
  const live = { api, table, authorizer: addLiveAuthorizer(functions, table) };
  addLiveUpdates(functions, live, series);
  addLivePublisher(functions, live, series);
  return live;
}

/** Takes what pages want to watch. */
function addLiveUpdates(functions: FunctionScope, live: LiveService, series: SeriesService): void {
  const { scope, settings, common } = functions;
  const { environment, ...setting } = common('live-updates');
  const liveUpdates = new FlagstoneFunction(scope, 'LiveUpdates', {
    ...setting,
    environment: {
      ...environment,
      SUBSCRIPTION_TABLE: live.table.tableName,
      SERIES_TABLE: series.table.tableName,
      SERIES_DAYS: String(settings.seriesDays),
      LIVE_CALLBACK_URL: live.api.stage.callbackUrl,
    },
    // API Gateway tells the page.
    failures: undefined,
    memoryMB: 512,
    timeout: Duration.seconds(28),
    errors: {
      userLoses: `Timeliness: for 15 minutes pages could not say what they want to watch. ${STALE}`,
      periods: 3,
    },
  });
  const actions = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'];
  liveUpdates.allow(actions, live.table.tableArn);
  // To mark the clients that are watched.
  liveUpdates.allow(['dynamodb:PutItem', 'dynamodb:Query'], series.table.tableArn);
  const identitySource = ['route.request.querystring.ticket'];
  live.api.serveWith(liveUpdates, new WebSocketLambdaAuthorizer('Tickets', live.authorizer, { identitySource }));
  live.api.allowConnections(liveUpdates, 'POST');
}

/** Pages connect with tickets, as browsers give a WebSocket no header to say who somebody is. */
function addLiveAuthorizer({ scope, common }: FunctionScope, table: KeyedTable): FlagstoneFunction {
  const { environment, ...setting } = common('live-authorizer');
  const liveAuthorizer = new FlagstoneFunction(scope, 'LiveAuthorizer', {
    ...setting,
    environment: { ...environment, SUBSCRIPTION_TABLE: table.tableName },
    // API Gateway refuses the page, which comes back.
    failures: undefined,
    memoryMB: 512,
    timeout: Duration.seconds(10),
    errors: { userLoses: `Timeliness: for 15 minutes pages could not connect. ${STALE}`, periods: 3 },
  });
  liveAuthorizer.allow(['dynamodb:DeleteItem'], table.tableArn);
  return liveAuthorizer;
}

/** Tells pages what is new. */
function addLivePublisher({ scope, resources, common }: FunctionScope, live: LiveService, series: SeriesService): void {
  const { environment, ...setting } = common('live-publisher');
  const publisher = new AsynchronousFunction(scope, 'LivePublisher', {
    ...setting,
    environment: {
      ...environment,
      SUBSCRIPTION_TABLE: live.table.tableName,
      LIVE_CALLBACK_URL: live.api.stage.callbackUrl,
    },
    memoryMB: 512,
    timeout: Duration.minutes(1),
    errors: { userLoses: `Timeliness: telling pages what is new failed and is tried again. ${STALE}`, periods: 3 },
    dropped: { userLoses: `Timeliness: pages were not told of something new. ${STALE}` },
  });
  const { output, table: state } = resources;
  const actions = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'];
  publisher.allow(actions, live.table.tableArn);
  publisher.allow(['dynamodb:Query'], state.tableArn);
  publisher.allowObjects({
    bucket: output,
    actions: ['s3:GetObject'],
    keys: ['anomalies/*'],
    because: 'each commit that found anomalies puts an object of its own, named by time and user',
  });
  live.api.allowConnections(publisher, 'POST');
  new RuleTrigger(scope, 'LivePublisherTrigger', {
    target: publisher,
    description: 'Calls LivePublisher when something was flagged',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [output.bucketName] },
        object: { key: [{ prefix: 'flagged/' }, { prefix: 'anomalies/' }] },
      },
    },
    userLoses: `Timeliness: pages were not told of something new. ${STALE}`,
  });
  series.series.addEnvironment('LIVE_PUBLISHER', publisher.functionName);
  series.series.allow(['lambda:InvokeFunction'], publisher.functionArn);
}
