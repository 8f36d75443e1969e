import { Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnApi,
  type IWebSocketRouteAuthorizer,
  LogGroupLogDestination,
  WebSocketApi,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { accountThatLogs } from './account-that-logs.ts';
import type { FlagstoneFunction } from './flagstone-function.ts';
import { throttleRoutes } from './throttle-routes.ts';
import { UserAlarm } from './user-alarm.ts';

interface SocketApiProps {
  /** The last part of its address. */
  readonly stageName: string;
  /** Messages a second, and how many of them at once, over all clients. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Connections opened a second, over all clients. */
  readonly connectsPerSecond: number;
  readonly logRetention: RetentionDays;
  readonly removal: RemovalPolicy;
  readonly userLoses: string;
}

const LATER_ROUTES = ['$default', '$disconnect'] as const;

/** A WebSocket API with one stage; it notes who connects and what comes of each message, but not what messages say. */
export class SocketApi extends WebSocketApi {
  readonly stage: WebSocketStage;
  readonly #connectsPerSecond: number;

  constructor(scope: Construct, id: string, props: SocketApiProps) {
    super(scope, id);
    this.#connectsPerSecond = props.connectsPerSecond;
    const logGroup = new LogGroup(this, 'Access', { retention: props.logRetention, removalPolicy: props.removal });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this,
      stageName: props.stageName,
      autoDeploy: true,
      throttle: props.throttle,
      // Those of the stage are free and enough.
      detailedMetricsEnabled: false,
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: ACCESS_LOG },
    });
    this.stage.node.addDependency(accountThatLogs(Stack.of(this)));
    new UserAlarm(this, 'NotCalled', {
      metric: new Metric({
        namespace: 'AWS/ApiGateway',
        metricName: 'ExecutionError',
        dimensionsMap: { ApiId: this.apiId, Stage: props.stageName },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      periods: 3,
      userLoses: props.userLoses,
    });
  }

  /** Gives all that clients do to one function; the authorizer says who may connect. */
  serveWith(target: FlagstoneFunction, authorizer: IWebSocketRouteAuthorizer): void {
    const integrationOf = (route: string) => new WebSocketLambdaIntegration(`${route.slice(1)}Integration`, target);
    const connect = this.addRoute('$connect', { integration: integrationOf('$connect'), authorizer });
    throttleRoutes(this.stage, this.#connectsPerSecond, [connect]);
    for (const route of LATER_ROUTES) {
      Validations.of(this.addRoute(route, { integration: integrationOf(route) })).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'API Gateway authorizes a connection when it is made, on $connect alone',
      });
    }
  }

  /** Lets a function send to the connections of this API (POST), or close them (DELETE). */
  allowConnections(target: FlagstoneFunction, ...methods: readonly ('POST' | 'DELETE')[]): void {
    for (const method of methods) {
      const path = `${this.stage.stageName}/${method}/@connections/*`;
      target.allowPattern({
        actions: ['execute-api:ManageConnections'],
        resource: Stack.of(this).formatArn({ service: 'execute-api', resource: this.apiId, resourceName: path }),
        finding: `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${this.#logicalId}>/${path}`,
        because: 'API Gateway names the connections of this API when they are made',
      });
    }
  }

  get #logicalId(): string {
    return Stack.of(this).getLogicalId(this.node.defaultChild as CfnApi);
  }
}

const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    time: AccessLogField.contextRequestTime(),
    requestId: AccessLogField.contextRequestId(),
    route: '$context.routeKey',
    event: '$context.eventType',
    connection: '$context.connectionId',
    status: AccessLogField.contextStatus(),
    error: AccessLogField.contextErrorMessage(),
    integrationError: '$context.integrationErrorMessage',
    integrationLatency: AccessLogField.contextIntegrationLatency(),
  }),
);
