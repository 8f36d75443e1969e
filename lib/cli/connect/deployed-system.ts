import {
  CloudFormationClient,
  DescribeStacksCommand,
  type CloudFormationClientConfig,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { defaultsOf } from '../../local/network-defaults.ts';
import type { Resources } from '../../local/run-file.ts';
import { UsageError } from '../usage-error.ts';
import { awsSystem } from './aws-system.ts';
import type { System } from './system.ts';

/** The outputs of the stack that name its resources. */
const OUTPUTS: { readonly [Name in keyof Resources]: string } = {
  inputBucket: 'InputBucket',
  outputBucket: 'OutputBucket',
  journalBucket: 'JournalBucket',
  stateTable: 'StateTable',
  transactionTable: 'TransactionTable',
  profileTable: 'ProfileTable',
  trainFunction: 'TrainFunction',
  eraseFunction: 'EraseFunction',
  stream: 'Stream',
};

/** Looks the stack up with the user's own credentials and region. @throws UsageError */
export async function findDeployedSystem(name: string, config: CloudFormationClientConfig = {}): Promise<System> {
  const client = new CloudFormationClient(config);
  const stack = await describeStack(name, client);
  const outputs = outputsOf(stack);
  return awsSystem({
    name: `the stack ${name}`,
    resources: resourcesOf(outputs, { name, state: stack?.StackStatus }),
    defaults: defaultsOf(outputs),
    endpoints: endpointsOf(outputs),
    series: outputs['SeriesUrl'],
    dashboard: outputs['DashboardUrl'],
    clients: { s3: {}, kinesis: {}, dynamodb: {}, lambda: {} },
  });
}

async function describeStack(name: string, client: CloudFormationClient): Promise<Stack | undefined> {
  try {
    const { Stacks: stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return stacks?.[0];
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ValidationError')) throw error;
    const region = await client.config.region();
    throw new UsageError(
      `there is no stack ${name} in ${region}; deploy it with: npx cdk deploy; or choose its region with AWS_REGION`,
      { cause: error },
    );
  }
}

const ENDPOINTS = { http: 'ApiUrl', series: 'SeriesUrl', live: 'LiveUrl' } as const;

function endpointsOf(outputs: Outputs): Readonly<Record<string, string>> {
  const named = Object.entries(ENDPOINTS).map(([name, key]) => [name, outputs[key]] as const);
  return Object.fromEntries(named.flatMap(([name, url]) => (url === undefined ? [] : [[name, url] as const])));
}

type Outputs = Readonly<Record<string, string | undefined>>;

function outputsOf(stack: Stack | undefined): Outputs {
  return Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey: key = '', OutputValue: value }) => [key, value]));
}

function resourcesOf(
  outputs: Outputs,
  { name, state = 'unknown' }: { name: string; state: string | undefined },
): Resources {
  const missing = Object.values(OUTPUTS).filter((key) => outputs[key] === undefined);
  if (missing.length > 0) {
    throw new UsageError(
      `the stack ${name} is not a finished Flagstone stack: it has no output ${missing.join(', ')} (its state is ${state})`,
    );
  }
  const named = Object.entries(OUTPUTS).map(([resource, key]) => [resource, outputs[key]]);
  return Object.fromEntries(named) as Resources;
}
