import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { RunStatus } from '../../../local/status.ts';
import type { System } from '../../connect/system.ts';
import { bad } from '../check.ts';
import { checkAddresses, type Fetch } from '../check-addresses.ts';
import { checkAlarms } from './check-alarms.ts';
import { checkFunctions } from './check-functions.ts';
import { checkMappings } from './check-mappings.ts';
import { RecentMetrics } from './recent-metrics.ts';
import { StackResources } from './stack-resources.ts';

export interface DeployedSources {
  readonly now: number;
  readonly get?: Fetch;
}

/** What AWS tells of the functions, mappings, alarms and APIs of a stack. */
export async function deployedStatus(stack: string, system: System, sources: DeployedSources): Promise<RunStatus> {
  const { endpoints, resources } = system;
  const { http, series, live } = endpoints;
  const [addresses, { components, lag }] = await Promise.all([
    checkAddresses({ http, sockets: { '/series': series, '/live': live } }, sources.get),
    checkStack(stack, sources),
  ]);
  const all = [...components, ...addresses];
  return { healthy: all.every(({ healthy }) => healthy), endpoints, resources: { ...resources }, components: all, lag };
}

async function checkStack(stack: string, { now }: DeployedSources): Promise<Pick<RunStatus, 'components' | 'lag'>> {
  const found = await findResources(stack);
  if (!(found instanceof StackResources)) return { components: [found], lag: {} };
  const lambda = new LambdaClient({});
  const cloudWatch = new CloudWatchClient({});
  const ids = found.ofType('AWS::Lambda::Function');
  const metrics = new RecentMetrics(cloudWatch, { functions: ids, now });
  const functions = await checkFunctions(ids, { lambda, metrics });
  const [{ components: mappings, lag }, alarms] = await Promise.all([
    checkMappings(found.ofType('AWS::Lambda::EventSourceMapping'), { lambda, metrics, functions }),
    checkAlarms(found.ofType('AWS::CloudWatch::Alarm'), cloudWatch),
  ]);
  return { components: [...functions.map(({ component }) => component), ...mappings, ...alarms], lag };
}

async function findResources(stack: string) {
  try {
    return await StackResources.of(stack, new CloudFormationClient({}));
  } catch (error) {
    return { name: 'stack', ...bad(`what it consists of is not known: ${String(error)}`) };
  }
}
