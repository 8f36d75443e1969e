import { CloudFormationClient, DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, onTestFinished, test } from 'vitest';
import { findDeployedSystem } from '../../../lib/cli/connect/deployed-system.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';
import { SAMPLE_RESOURCES } from '../../local/sample-resources.ts';

/** InputBucket and so on. */
const NAMING: readonly Output[] = Object.entries(SAMPLE_RESOURCES).map(([name, value]) => ({
  OutputKey: `${name[0]?.toUpperCase()}${name.slice(1)}`,
  OutputValue: value,
}));

const OUTPUTS: readonly Output[] = [
  ...NAMING,
  { OutputKey: 'DefaultDegrees', OutputValue: '2' },
  { OutputKey: 'DefaultTracked', OutputValue: '50' },
  { OutputKey: 'KeptPurchases', OutputValue: '60' },
  { OutputKey: 'Another', OutputValue: 'thing' },
];

const CONFIG = { region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

function describing(outputs: readonly Output[]): void {
  const mock = mockClient(CloudFormationClient);
  onTestFinished(() => mock.restore());
  const stack = { StackName: 'Flagstone', CreationTime: new Date(0), Outputs: [...outputs] };
  mock
    .on(DescribeStacksCommand)
    .rejects(Object.assign(new Error('Stack with id Flgstone does not exist'), { name: 'ValidationError' }))
    .on(DescribeStacksCommand, { StackName: 'Flagstone' })
    .resolves({ Stacks: [{ ...stack, StackStatus: 'CREATE_IN_PROGRESS' }] });
}

test('finds the resources in the outputs of the stack', async () => {
  describing(OUTPUTS);
  expect(await findDeployedSystem('Flagstone', CONFIG)).toMatchObject({
    name: 'the stack Flagstone',
    resources: SAMPLE_RESOURCES,
    defaults: { parameters: { degrees: 2, tracked: 50 }, kept: 60 },
  });
});

test('does without the defaults of networks, which an earlier version did not tell', async () => {
  describing(NAMING);
  expect(await findDeployedSystem('Flagstone', CONFIG)).toMatchObject({
    resources: SAMPLE_RESOURCES,
    defaults: undefined,
  });
});

test('fails if there is no such stack', async () => {
  describing(OUTPUTS);
  const error = new UsageError(
    'there is no stack Flgstone in eu-west-1; deploy it with: npx cdk deploy; or choose its region with AWS_REGION',
  );
  await expect(findDeployedSystem('Flgstone', CONFIG)).rejects.toThrow(error);
});

test('fails if the stack is another one, or not finished', async () => {
  describing(OUTPUTS.slice(2));
  const message =
    'the stack Flagstone is not a finished Flagstone stack: it has no output InputBucket, OutputBucket (its state is CREATE_IN_PROGRESS)';
  await expect(findDeployedSystem('Flagstone', CONFIG)).rejects.toThrow(new UsageError(message));
});
