import { Duration } from 'aws-cdk-lib';
import { FlagstoneFunction } from '../constructs/flagstone-function.ts';
import { QueryApi } from '../constructs/query-api.ts';
import type { OriginSecret } from '../constructs/origin-secret.ts';
import type { SignIn } from '../constructs/sign-in.ts';
import { ROUTE_KEYS, routeKeyOf } from '../core/api/paths.ts';
import type { FunctionScope } from './function-scope.ts';
import type { LiveService } from './live.ts';
import { removalOf } from './resources.ts';
import type { SeriesService } from './series.ts';

/** An answer of theirs can take a thousand transactions to be read, or all of a user's friends and theirs. */
const COSTLY = ['transactions', 'anomalies', 'flaggedPurchases', 'neighbourhood', 'client'] as const;

const INDEXES = ['newest', 'by-user', 'by-category', 'anomalies'];

interface AskedServices {
  readonly series: SeriesService;
  readonly live: LiveService;
  readonly signIn: SignIn;
  readonly originSecret: OriginSecret | undefined;
}

/** What the detectors have found, to whoever has signed in. */
export function addApi(functions: FunctionScope, { series, live, signIn, originSecret }: AskedServices): QueryApi {
  const { scope, settings, common } = functions;
  const { environment, ...setting } = common('api');
  const api = new QueryApi(scope, 'QueryApi', {
    signIn,
    throttle: { rateLimit: settings.apiRequestsPerSecond, burstLimit: 2 * settings.apiRequestsPerSecond },
    costly: { routes: COSTLY.map((name) => routeKeyOf(name)), perSecond: settings.apiListsPerSecond },
    logRetention: settings.logRetentionDays,
    removal: removalOf(settings),
    failing: {
      userLoses:
        'Sight: for 15 minutes more than 1 % of what the dashboard and others asked was answered with an error. What is flagged goes on being flagged.',
    },
    slow: {
      above: Duration.seconds(3),
      userLoses: 'Time: for 15 minutes 1 in 100 answers has taken more than three seconds. Pages are slow to fill.',
    },
  });
  const answering = new FlagstoneFunction(scope, 'Api', {
    ...setting,
    environment: {
      ...environment,
      SERIES_TABLE: series.table.tableName,
      SUBSCRIPTION_TABLE: live.table.tableName,
    },
    // API Gateway tells the caller.
    failures: undefined,
    // It waits for tables most of the time; with less memory its cold starts would be slower.
    memoryMB: 1024,
    // API Gateway waits no longer than 30 seconds.
    timeout: Duration.seconds(29),
    errors: { userLoses: 'Sight: for 15 minutes requests to the API have crashed its function.', periods: 3 },
  });
  allowReading(answering, functions, series);
  // For its tickets.
  answering.allow(['dynamodb:PutItem'], live.table.tableArn);
  originSecret?.checkedBy(answering);
  api.serveWith(answering, ROUTE_KEYS);
  return api;
}

function allowReading(answering: FlagstoneFunction, { resources }: FunctionScope, { table: clients }: SeriesService) {
  const { table, transactionTable, profileTable, journal, output } = resources;
  answering.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], table.tableArn);
  answering.allow(['dynamodb:BatchGetItem'], profileTable.tableArn);
  answering.allow(['dynamodb:Query'], ...INDEXES.map((name) => transactionTable.indexArn(name)));
  answering.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], clients.tableArn);
  // Without the right to list, S3 does not say that there is no model yet.
  answering.allow(['s3:ListBucket'], journal.bucketArn, output.bucketArn);
  answering.allowObjects({
    bucket: output,
    actions: ['s3:GetObject'],
    keys: ['flagged/*'],
    because: 'each commit that flagged anything puts an object of its own, which tells of what records it was made',
  });
  answering.allowObjects({
    bucket: journal,
    actions: ['s3:GetObject'],
    keys: ['bodies/*', 'models/current.json'],
    because: 'each commit has a body of its own, whose key holds the network, the version and a random token',
  });
}
