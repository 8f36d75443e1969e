import { CloudFormationClient, DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, onTestFinished, test } from 'vitest';
import { findDeployedSystem } from '../../../lib/cli/connect/deployed-system.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';

const RESOURCES = {
  inputBucket: 'in',
  outputBucket: 'out',
  journalBucket: 'journal',
  stateTable: 'state',
  transactionTable: 'transactions',
  profileTable: 'profiles',
  trainFunction: 'train',
  eraseFunction: 'erase',
  stream: 'events',
};

const OUTPUTS: readonly Output[] = [
  { OutputKey: 'InputBucket', OutputValue: 'in' },
  { OutputKey: 'OutputBucket', OutputValue: 'out' },
  { OutputKey: 'JournalBucket', OutputValue: 'journal' },
  { OutputKey: 'StateTable', OutputValue: 'state' },
  { OutputKey: 'TransactionTable', OutputValue: 'transactions' },
  { OutputKey: 'ProfileTable', OutputValue: 'profiles' },
  { OutputKey: 'TrainFunction', OutputValue: 'train' },
  { OutputKey: 'Stream', OutputValue: 'events' },
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
    resources: RESOURCES,
    defaults: { parameters: { degrees: 2, tracked: 50 }, kept: 60 },
  });
});

test('does without the defaults of networks, which an earlier version did not tell', async () => {
  describing(OUTPUTS.slice(0, 8));
  expect(await findDeployedSystem('Flagstone', CONFIG)).toMatchObject({ resources: RESOURCES, defaults: undefined });
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
