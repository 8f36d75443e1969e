import { Validations, type Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { MathExpression, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Key } from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { KEY_ACTIONS } from './data-key.ts';
import type { PrivateBucket } from './private-bucket.ts';
import { UserAlarm } from './user-alarm.ts';

/** What every function of the stack has in common. */
export interface FunctionSetting {
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  readonly removal: RemovalPolicy;
  /** Where the events are kept that a function has given up on. */
  readonly failures: PrivateBucket;
  /** The account's own key of what the function reads and writes; undefined where the services have their own. */
  readonly key?: Key | undefined;
}

export interface FlagstoneFunctionProps extends Omit<FunctionSetting, 'failures'> {
  /** Undefined for a function whose caller waits for its answer, and so learns of a failure. */
  readonly failures: PrivateBucket | undefined;
  readonly name: string;
  /** The folder of its bundle. */
  readonly folder: string;
  readonly memoryMB: number;
  readonly timeout: Duration;
  readonly invokesItself?: boolean;
  readonly errors: FunctionErrors;
  /** What a user loses soon, where a call has taken nearly all of its time; undefined where that is meant to happen, or told otherwise. */
  readonly nearTimeout?: { readonly userLoses: string };
}

interface FunctionErrors {
  readonly userLoses: string;
  readonly periods: number;
  /** What else counts as an error, of a function that tells of failures by its answer. */
  readonly also?: IMetric;
}

/** Calls that take more than this share of their time ring. */
const NEAR_TIMEOUT = 0.8;

export interface ObjectPermission {
  readonly bucket: PrivateBucket;
  readonly actions: readonly string[];
  readonly keys: readonly string[];
  /** Why a key with a star in it cannot be spelt out. */
  readonly because: string;
}

export interface PatternPermission {
  readonly actions: readonly string[];
  readonly resource: string;
  /** How the checks call the resource. */
  readonly finding: string;
  /** Why it cannot be spelt out. */
  readonly because: string;
}

/** A function with a role, a log and alarms of its own. It may do nothing but write its log until it is allowed to. */
export class FlagstoneFunction extends lambda.Function {
  readonly #role: Role;
  readonly #key: Key | undefined;

  constructor(scope: Construct, id: string, props: FlagstoneFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, { retention: props.logRetention, removalPolicy: props.removal });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      // Lambda's own two lines on each call would be most of the log, and cost more than the call; what fails it still tells.
      systemLogLevelV2: lambda.SystemLogLevel.WARN,
      code: lambda.Code.fromAsset(props.folder),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memoryMB,
      timeout: props.timeout,
      // Lambda would stop a chain of 16 invocations of a function by itself.
      recursiveLoop: props.invokesItself ? lambda.RecursiveLoop.ALLOW : undefined,
      environment: {
        ...props.environment,
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: props.name,
      },
    });
    this.#role = role;
    this.#key = props.key;
    if (props.invokesItself) this.#allowItself(scope, id);
    if (props.failures !== undefined) this.#keepFailures(props.failures);
    this.#watch(props);
  }

  allow(actions: readonly string[], ...resources: readonly string[]): void {
    this.#role.addToPolicy(statement(actions, resources));
    const onKey = [...new Set(actions.flatMap((action) => KEY_ACTIONS[action] ?? []))];
    if (this.#key !== undefined && onKey.length > 0) this.#role.addToPolicy(statement(onKey, [this.#key.keyArn]));
  }

  allowObjects({ bucket, actions, keys, because }: ObjectPermission): void {
    this.allow(actions, ...keys.map((key) => bucket.arnForObjects(key)));
    const stars = keys.filter((key) => key.includes('*'));
    Validations.of(this.#role).acknowledge(...stars.map((key) => ({ id: bucket.findingOf(key), reason: because })));
  }

  allowPattern({ actions, resource, finding, because }: PatternPermission): void {
    this.allow(actions, resource);
    Validations.of(this.#role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason: because });
  }

  // A policy apart: the function waits for its role's own policy, which therefore cannot name the function.
  #allowItself(scope: Construct, id: string): void {
    new Policy(scope, `${id}InvokesItself`, {
      roles: [this.#role],
      statements: [statement(['lambda:InvokeFunction'], [this.functionArn])],
    });
  }

  // Lambda's documentation asks for both permissions; it chooses the keys.
  #keepFailures(bucket: PrivateBucket): void {
    this.allow(['s3:ListBucket'], bucket.bucketArn);
    this.allowObjects({
      bucket,
      actions: ['s3:PutObject'],
      keys: ['aws/lambda/*'],
      because: 'Lambda names the objects in which it keeps the events that a function failed on',
    });
  }

  #watch({ errors: { also, ...errors }, failures, name, timeout, nearTimeout }: FlagstoneFunctionProps): void {
    new UserAlarm(this, 'Errors', { metric: this.#metricErrorsAnd(also), ...errors });
    new UserAlarm(this, 'Throttles', {
      metric: this.metricThrottles(),
      periods: 3,
      userLoses: `Time: for 15 minutes AWS has been refusing to run ${name} as often as needed. Raise the account's limit of concurrent executions.`,
    });
    if (nearTimeout !== undefined) {
      new UserAlarm(this, 'NearTimeout', {
        metric: this.metricDuration({ statistic: 'Maximum' }),
        above: NEAR_TIMEOUT * timeout.toMilliseconds(),
        ...nearTimeout,
      });
    }
    if (failures === undefined) return;
    new UserAlarm(this, 'FailuresNotKept', {
      metric: this.metric('DestinationDeliveryFailures', { statistic: 'Sum' }),
      userLoses: `Events for good: ${name} failed on them, and they could not be kept in the journal bucket either.`,
    });
  }

  #metricErrorsAnd(also: IMetric | undefined): IMetric {
    const errors = this.metricErrors();
    if (also === undefined) return errors;
    // A sum of a list passes over what has no data, as a metric has that is only sent when something fails.
    return new MathExpression({ expression: 'SUM([errors, also])', usingMetrics: { errors, also }, label: 'Errors' });
  }
}

function statement(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources: [...resources] });
}
