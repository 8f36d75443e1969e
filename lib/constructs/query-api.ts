import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FlagstoneFunction } from './flagstone-function.ts';
import type { SignIn } from './sign-in.ts';
import { throttleRoutes } from './throttle-routes.ts';
import { UserAlarm } from './user-alarm.ts';

interface QueryApiProps {
  /** Who may ask. */
  readonly signIn: SignIn;
  /** Requests a second, and how many of them at once, over all callers. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Requests a second of each of some routes, which cost more than others. */
  readonly costly: { readonly routes: readonly string[]; readonly perSecond: number };
  readonly logRetention: RetentionDays;
  readonly removal: RemovalPolicy;
  readonly failing: { readonly userLoses: string };
  readonly slow: { readonly userLoses: string; readonly above: Duration };
}

const FAILING_PERCENT = 1;

/** What an access token says, of who signed in on a page or from a script; a token that only says who one is does not open. */
const ACCESS_SCOPES = ['openid', 'aws.cognito.signin.user.admin'];

/**
 * An HTTP API that is only asked, by who has signed in; it notes which route was asked and what came of it, but not by whom and
 * about whom.
 */
export class QueryApi extends HttpApi {
  readonly stage: HttpStage;
  readonly #authorizer: IHttpRouteAuthorizer;
  readonly #costly: QueryApiProps['costly'];

  constructor(scope: Construct, id: string, props: QueryApiProps) {
    super(scope, id, { createDefaultStage: false });
    const { signIn, costly } = props;
    this.#costly = costly;
    this.#authorizer = new HttpUserPoolAuthorizer('SignedIn', signIn, { userPoolClients: [signIn.client] });
    const logGroup = new LogGroup(this, 'Access', { retention: props.logRetention, removalPolicy: props.removal });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this,
      autoDeploy: true,
      throttle: props.throttle,
      // Those of the stage are free and enough; each route's would cost as much as all of Flagstone's own.
      detailedMetricsEnabled: false,
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: ACCESS_LOG },
    });
    this.#watch(props);
  }

  /** Has one function answer these routes, such as `GET /api/stats`, and whatever else is asked for. */
  serveWith(target: FlagstoneFunction, routes: readonly string[]): void {
    const integration = new HttpLambdaIntegration('Integration', target, { scopePermissionToRoute: false });
    const added = [...routes.map(readKey), HttpRouteKey.DEFAULT].map((routeKey) => {
      const route = new HttpRoute(this, `Route ${routeKey.key.replaceAll('/', ' ')}`, {
        httpApi: this,
        integration,
        routeKey,
        authorizer: this.#authorizer,
        authorizationScopes: ACCESS_SCOPES,
      });
      return { routeKey: routeKey.key, node: route.node };
    });
    const { perSecond, routes: keys } = this.#costly;
    throttleRoutes(
      this.stage,
      perSecond,
      added.filter(({ routeKey }) => keys.includes(routeKey)),
    );
  }

  #watch({ failing, slow }: QueryApiProps): void {
    const period = Duration.minutes(5);
    new UserAlarm(this, 'Failing', {
      metric: new MathExpression({
        expression: 'IF(requests > 0, 100 * failures / requests, 0)',
        usingMetrics: {
          failures: this.stage.metricServerError({ statistic: 'Sum', period }),
          requests: this.stage.metricCount({ statistic: 'SampleCount', period }),
        },
        label: 'Answers of 500 and above, in percent',
        period,
      }),
      above: FAILING_PERCENT,
      periods: 3,
      userLoses: failing.userLoses,
    });
    new UserAlarm(this, 'Slow', {
      metric: this.stage.metricLatency({ statistic: 'p99', period }),
      above: slow.above.toMilliseconds(),
      periods: 3,
      userLoses: slow.userLoses,
    });
  }
}

function readKey(key: string): HttpRouteKey {
  const [method, path = ''] = key.split(' ');
  return HttpRouteKey.with(path, HttpMethod[method as keyof typeof HttpMethod]);
}

const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    time: AccessLogField.contextRequestTime(),
    requestId: AccessLogField.contextRequestId(),
    route: '$context.routeKey',
    method: AccessLogField.contextHttpMethod(),
    status: AccessLogField.contextStatus(),
    bytes: AccessLogField.contextResponseLength(),
    error: AccessLogField.contextErrorMessage(),
    integrationError: '$context.integrationErrorMessage',
    latency: AccessLogField.contextResponseLatency(),
    integrationLatency: AccessLogField.contextIntegrationLatency(),
  }),
);
