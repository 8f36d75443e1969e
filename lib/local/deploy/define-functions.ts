import { nameInArn } from './account.ts';
import { folderOfAsset, type AssetFolders } from './assets.ts';
import type { DeployedTemplate, NamedResource } from './deployed-template.ts';
import type { AsynchronousSettings, FunctionDefinition } from './definitions.ts';
import { bucketAt, deepOf, integerOf, textOf } from './properties.ts';
import { CannotDeploy } from './template.ts';

const DEFAULT_MEMORY_MEGABYTES = 128;
const DEFAULT_TIMEOUT_SECONDS = 3;
const LONGEST_EVENT_AGE_SECONDS = 6 * 60 * 60;

const DEFAULT_ASYNCHRONOUS: AsynchronousSettings = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: LONGEST_EVENT_AGE_SECONDS,
  failureBucket: undefined,
};

export function defineFunctions(template: DeployedTemplate, folders: AssetFolders): FunctionDefinition[] {
  const asynchronous = asynchronousSettings(template);
  return template.resourcesOf('AWS::Lambda::Function').map((resource) => {
    refuseOtherRuntimes(resource);
    return {
      name: resource.name,
      folder: folderOfAsset(folders, String(deepOf(resource, ['Code', 'S3Key']))),
      handler: textOf(resource, 'Handler'),
      memoryMegabytes: integerOf(resource, 'MemorySize', DEFAULT_MEMORY_MEGABYTES),
      timeoutSeconds: integerOf(resource, 'Timeout', DEFAULT_TIMEOUT_SECONDS),
      environment: environmentOf(resource),
      reservedConcurrency: reservedConcurrencyOf(resource),
      asynchronous: asynchronous.get(resource.name) ?? DEFAULT_ASYNCHRONOUS,
    };
  });
}

function refuseOtherRuntimes(resource: NamedResource): void {
  const runtime = textOf(resource, 'Runtime');
  if (runtime.startsWith('nodejs')) return;
  throw new CannotDeploy(`${resource.logicalId}: the local run runs Node.js only (given ${runtime})`);
}

function environmentOf(resource: NamedResource): Record<string, string> {
  const variables = deepOf(resource, ['Environment', 'Variables']) ?? {};
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}

function reservedConcurrencyOf(resource: NamedResource): number | undefined {
  return resource.properties['ReservedConcurrentExecutions'] === undefined
    ? undefined
    : integerOf(resource, 'ReservedConcurrentExecutions', 0);
}

function asynchronousSettings(template: DeployedTemplate): Map<string, AsynchronousSettings> {
  const settings = template.resourcesOf('AWS::Lambda::EventInvokeConfig').map((resource) => {
    if (deepOf(resource, ['DestinationConfig', 'OnSuccess']) !== undefined) {
      throw new CannotDeploy(`${resource.logicalId}: the local run knows no destinations of success`);
    }
    return [
      nameInArn(textOf(resource, 'FunctionName')),
      {
        maximumRetryAttempts: integerOf(resource, 'MaximumRetryAttempts', DEFAULT_ASYNCHRONOUS.maximumRetryAttempts),
        maximumEventAgeSeconds: integerOf(resource, 'MaximumEventAgeInSeconds', LONGEST_EVENT_AGE_SECONDS),
        failureBucket: bucketAt(resource, ['DestinationConfig', 'OnFailure', 'Destination']),
      },
    ] as const;
  });
  return new Map(settings);
}
