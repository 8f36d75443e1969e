import type { DeployedTemplate, NamedResource } from './deployed-template.ts';
import type { BucketDefinition, StreamDefinition, TableDefinition } from './definitions.ts';
import { deepOf, integerOf } from './properties.ts';
import { CannotDeploy } from './template.ts';

const DEFAULT_RETENTION_HOURS = 24;

export function defineTables(template: DeployedTemplate): TableDefinition[] {
  return template.resourcesOf('AWS::DynamoDB::Table').map((resource) => {
    for (const unsupported of ['LocalSecondaryIndexes', 'StreamSpecification']) {
      if (resource.properties[unsupported] !== undefined) {
        throw new CannotDeploy(`${resource.logicalId}: the local run does not emulate ${unsupported}`);
      }
    }
    return {
      kind: 'table',
      name: resource.name,
      attributes: listOf(resource, 'AttributeDefinitions'),
      keys: listOf(resource, 'KeySchema'),
      indexes: listOf(resource, 'GlobalSecondaryIndexes'),
    };
  });
}

export function defineStreams(template: DeployedTemplate): StreamDefinition[] {
  return template.resourcesOf('AWS::Kinesis::Stream').map((resource) => ({
    kind: 'stream',
    name: resource.name,
    shards: isOnDemand(resource) ? undefined : integerOf(resource, 'ShardCount', 1),
    retentionHours: integerOf(resource, 'RetentionPeriodHours', DEFAULT_RETENTION_HOURS),
  }));
}

export function defineBuckets(template: DeployedTemplate): BucketDefinition[] {
  return template.resourcesOf('AWS::S3::Bucket').map((resource) => ({
    kind: 'bucket',
    name: resource.name,
    announcesObjects: announcesObjects(resource),
  }));
}

function isOnDemand(resource: NamedResource): boolean {
  return deepOf(resource, ['StreamModeDetails', 'StreamMode']) === 'ON_DEMAND';
}

function announcesObjects(resource: NamedResource): boolean {
  const notifications = deepOf(resource, ['NotificationConfiguration']) ?? {};
  const others = Object.keys(notifications).filter((kind) => kind !== 'EventBridgeConfiguration');
  if (others.length > 0) {
    throw new CannotDeploy(`${resource.logicalId}: the local run does not emulate ${others.join(', ')}`);
  }
  const eventBridge = deepOf(resource, ['NotificationConfiguration', 'EventBridgeConfiguration']);
  return eventBridge !== undefined && deepOf(resource, [...ANNOUNCING]) !== false;
}

const ANNOUNCING = ['NotificationConfiguration', 'EventBridgeConfiguration', 'EventBridgeEnabled'] as const;

function listOf<Element>(resource: NamedResource, property: string): Element[] {
  const value = resource.properties[property] ?? [];
  if (Array.isArray(value)) return value;
  throw new CannotDeploy(`${resource.logicalId}: ${property} must be a list (given ${JSON.stringify(value)})`);
}
