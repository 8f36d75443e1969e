import { eventPattern } from '../events/event-pattern.ts';
import { intervalOf } from '../events/schedule-expression.ts';
import { nameInArn } from './account.ts';
import type { DeployedTemplate, NamedResource } from './deployed-template.ts';
import type { MappingDefinition, RuleDefinition, RuleTarget, RuleTrigger } from './definitions.ts';
import { allowOnly, bucketAt, integerOf, optionalTextOf, textOf } from './properties.ts';
import { CannotDeploy } from './template.ts';

const DEFAULT_BATCH_SIZE = 100;
const UNTIL_EXPIRY = -1;

// MetricsConfig and Tags change nothing of what happens. FilterCriteria and the like would.
const MAPPING_PROPERTIES = [
  'FunctionName',
  'EventSourceArn',
  'StartingPosition',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'Enabled',
  'FunctionResponseTypes',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'DestinationConfig',
  'ParallelizationFactor',
  'MetricsConfig',
  'Tags',
];
const ONLY: Readonly<Record<string, string | number>> = { StartingPosition: 'TRIM_HORIZON', ParallelizationFactor: 1 };
const RULE_PROPERTIES = ['Name', 'Description', 'EventPattern', 'ScheduleExpression', 'State', 'Targets', 'Tags'];
const TARGET_PROPERTIES = ['Id', 'Arn', 'Input', 'RetryPolicy'];

export function defineMappings(template: DeployedTemplate): MappingDefinition[] {
  return template.resourcesOf('AWS::Lambda::EventSourceMapping').map((resource) => {
    allowOnly(resource, MAPPING_PROPERTIES);
    refuseValues(resource);
    return {
      name: resource.name,
      functionName: nameInArn(textOf(resource, 'FunctionName')),
      streamName: streamOf(resource),
      enabled: resource.properties['Enabled'] !== false,
      batchSize: integerOf(resource, 'BatchSize', DEFAULT_BATCH_SIZE),
      batchingWindowSeconds: integerOf(resource, 'MaximumBatchingWindowInSeconds', 0),
      reportsBatchItemFailures: reportsBatchItemFailures(resource),
      bisectsOnError: resource.properties['BisectBatchOnFunctionError'] === true,
      maximumRetryAttempts: integerOf(resource, 'MaximumRetryAttempts', UNTIL_EXPIRY),
      maximumRecordAgeSeconds: integerOf(resource, 'MaximumRecordAgeInSeconds', UNTIL_EXPIRY),
      failureBucket: bucketAt(resource, ['DestinationConfig', 'OnFailure', 'Destination']),
    };
  });
}

export function defineRules(template: DeployedTemplate): RuleDefinition[] {
  return template.resourcesOf('AWS::Events::Rule').map((resource) => {
    allowOnly(resource, RULE_PROPERTIES);
    return {
      name: resource.name,
      enabled: resource.properties['State'] !== 'DISABLED',
      trigger: triggerOf(resource),
      targets: targetsOf(resource),
    };
  });
}

function streamOf(resource: NamedResource): string {
  const arn = textOf(resource, 'EventSourceArn');
  if (arn.startsWith('arn:aws:kinesis:')) return nameInArn(arn);
  throw new CannotDeploy(`${resource.logicalId}: the local run polls Kinesis streams only (given ${arn})`);
}

function refuseValues(resource: NamedResource): void {
  for (const [property, only] of Object.entries(ONLY)) {
    const given = resource.properties[property] ?? only;
    if (given !== only) {
      throw new CannotDeploy(
        `${resource.logicalId}: ${property} must be ${only} locally (given ${JSON.stringify(given)})`,
      );
    }
  }
}

function reportsBatchItemFailures(resource: NamedResource): boolean {
  const types = resource.properties['FunctionResponseTypes'];
  return Array.isArray(types) && types.includes('ReportBatchItemFailures');
}

function triggerOf(resource: NamedResource): RuleTrigger {
  const schedule = optionalTextOf(resource, 'ScheduleExpression');
  const pattern = resource.properties['EventPattern'];
  try {
    if (schedule !== undefined) return { kind: 'schedule', everyMilliseconds: intervalOf(schedule) };
    return { kind: 'pattern', pattern: eventPattern(pattern) };
  } catch (error) {
    throw new CannotDeploy(`${resource.logicalId}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function targetsOf(resource: NamedResource): RuleTarget[] {
  const targets = (resource.properties['Targets'] ?? []) as readonly NamedResource['properties'][];
  return targets.map((properties) => {
    const target = { ...resource, properties };
    allowOnly(target, TARGET_PROPERTIES);
    const arn = textOf(target, 'Arn');
    if (!arn.startsWith('arn:aws:lambda:')) {
      throw new CannotDeploy(`${resource.logicalId}: the local run invokes functions only (given ${arn})`);
    }
    return { functionName: nameInArn(arn), input: optionalTextOf(target, 'Input') };
  });
}
