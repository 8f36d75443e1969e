import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetEventSourceMappingCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { deployedStatus } from '../../../../lib/cli/status/deployed/deployed-status.ts';
import type { RunStatus } from '../../../../lib/local/status.ts';
import { MemorySystem } from '../../memory-system.ts';

const NOW = Date.UTC(2026, 0, 1);
const RESOURCES = [
  ['AWS::Lambda::Function', 'Flagstone-LiveEvents-1A'],
  ['AWS::Lambda::Function', 'Flagstone-Series-2B'],
  ['AWS::Lambda::EventSourceMapping', 'uuid-1'],
  ['AWS::CloudWatch::Alarm', 'Flagstone-Late-3C'],
  ['AWS::CloudWatch::Alarm', 'Flagstone-Errors-4D'],
  ['AWS::S3::Bucket', 'in'],
].map(([ResourceType, PhysicalResourceId]) => ({ ResourceType, PhysicalResourceId, LogicalResourceId: 'x' }));

const cloudFormation = mockClient(CloudFormationClient);
const cloudWatch = mockClient(CloudWatchClient);
const lambda = mockClient(LambdaClient);

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  for (const mock of [cloudFormation, cloudWatch, lambda]) mock.reset();
  cloudFormation
    .on(ListStackResourcesCommand)
    .resolves({ StackResourceSummaries: RESOURCES.slice(0, 2) as never, NextToken: 'more' })
    .on(ListStackResourcesCommand, { NextToken: 'more' })
    .resolves({ StackResourceSummaries: RESOURCES.slice(2) as never });
  for (const [id, name] of [
    ['Flagstone-LiveEvents-1A', 'live-events'],
    ['Flagstone-Series-2B', 'series'],
  ] as const) {
    lambda.on(GetFunctionConfigurationCommand, { FunctionName: id }).resolves({
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Environment: { Variables: { POWERTOOLS_SERVICE_NAME: name } },
    });
  }
  lambda.on(GetEventSourceMappingCommand, { UUID: 'uuid-1' }).resolves({
    FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:Flagstone-LiveEvents-1A',
    State: 'Enabled',
    LastProcessingResult: 'OK',
  });
  measured({});
  cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ AlarmName: 'SomebodyElses' }] });
});

/** What CloudWatch has heard, by metric and function. */
function measured(values: Readonly<Record<string, number[]>>): void {
  cloudWatch.on(GetMetricDataCommand).callsFake(({ MetricDataQueries: queries }: GetMetricDataCommand['input']) => ({
    MetricDataResults: queries?.map(({ Id, MetricStat: { Metric: metric } = {} as never }) => ({
      Id,
      Values: values[`${metric?.MetricName} ${metric?.Dimensions?.[0]?.Value}`] ?? [],
    })),
  }));
}

class Deployed extends MemorySystem {
  override readonly endpoints = {
    http: 'https://api.example/',
    series: 'wss://series.example/series',
    live: 'wss://live.example/live',
  };
}

const STATUSES: Readonly<Record<string, number>> = {
  'https://api.example/api/openapi.json': 401,
  'https://series.example/series': 403,
  'https://live.example/live': 426,
};

function statusOf(answers = STATUSES): Promise<RunStatus> {
  const get = async (url: string) => ({ status: answers[url] ?? 599 });
  return deployedStatus('Flagstone', new Deployed(), { now: NOW, get });
}

function detailsOf({ components }: RunStatus): Record<string, string> {
  return Object.fromEntries(components.map(({ name, healthy, detail }) => [name, `${healthy ? '' : '✗ '}${detail}`]));
}

describe('the status of a deployed stack', () => {
  test('is healthy where all is well, by the names that a local run has', async () => {
    const status = await statusOf();
    expect(status).toMatchObject({ healthy: true, lag: { 'live-events': { milliseconds: 0 } } });
    expect(status.endpoints).toEqual(new Deployed().endpoints);
    expect(detailsOf(status)).toEqual({
      'live-events': 'no call failed in 15 minutes',
      series: 'no call failed in 15 minutes',
      'stream to live-events': 'up to date',
      alarms: 'none of 2 alarms rings',
      '/api': 'answers, and asks who is there',
      '/series': 'answers',
      '/live': 'answers',
    });
    const [asked] = cloudWatch.commandCalls(GetMetricDataCommand);
    expect(asked?.args[0].input).toMatchObject({ StartTime: new Date(NOW - 15 * 60_000), EndTime: new Date(NOW) });
  });

  test('tells what failed of late, and how far the stream is ahead', async () => {
    measured({ 'Errors Flagstone-Series-2B': [1, 0, 2], 'IteratorAge Flagstone-LiveEvents-1A': [1234.4, 9000] });
    const status = await statusOf();
    expect(status).toMatchObject({ healthy: false, lag: { 'live-events': { milliseconds: 1234.4 } } });
    expect(detailsOf(status)).toMatchObject({
      series: '✗ 3 calls failed in 15 minutes',
      'stream to live-events': '1234 ms behind',
    });
  });

  test('is not healthy where the stream is a minute ahead', async () => {
    measured({ 'IteratorAge Flagstone-LiveEvents-1A': [61_000, 0] });
    const status = await statusOf();
    expect(status.healthy).toBe(false);
    expect(detailsOf(status)).toMatchObject({
      'stream to live-events': '✗ 61 s behind; the log of live-events says why',
    });
  });

  test('tells of each alarm that rings what a user loses', async () => {
    const late = { AlarmName: 'Flagstone-Late-3C', AlarmDescription: 'Timeliness: purchases are judged late.' };
    cloudWatch
      .on(DescribeAlarmsCommand)
      .resolves({ MetricAlarms: [{ AlarmName: 'SomebodyElses' }], NextToken: 'more' })
      .on(DescribeAlarmsCommand, { NextToken: 'more' })
      .resolves({ MetricAlarms: [late] });
    const status = await statusOf();
    expect(status.healthy).toBe(false);
    expect(detailsOf(status)).toMatchObject({ 'alarm Flagstone-Late-3C': '✗ Timeliness: purchases are judged late.' });
    expect(detailsOf(status)).not.toHaveProperty('alarms');
  });

  test.each([
    [{ State: 'Failed' as const }, '✗ Lambda says that it is Failed'],
    [{ State: 'Active' as const, LastUpdateStatus: 'Failed' as const }, '✗ its last deployment failed'],
    [{ State: 'Inactive' as const }, 'no call failed in 15 minutes'],
  ])('tells of a function that is %j', async (configuration, detail) => {
    lambda.on(GetFunctionConfigurationCommand, { FunctionName: 'Flagstone-Series-2B' }).resolves(configuration);
    expect(detailsOf(await statusOf())).toMatchObject({ 'Flagstone-Series-2B': detail });
  });

  test.each([
    [{ State: 'Disabled' }, '✗ it is Disabled: nothing of the stream is judged'],
    [{ State: 'Enabled', LastProcessingResult: 'PROBLEM: Function call failed' }, '✗ PROBLEM: Function call failed'],
    [{ State: 'Enabled', LastProcessingResult: 'No records processed' }, 'up to date'],
  ])('tells of a mapping that is %j', async (mapping, detail) => {
    const FunctionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:Flagstone-LiveEvents-1A';
    lambda.on(GetEventSourceMappingCommand).resolves({ FunctionArn, ...mapping });
    expect(detailsOf(await statusOf())).toMatchObject({ 'stream to live-events': detail });
  });

  test('fails if the API answers who has not signed in', async () => {
    const status = await statusOf({ ...STATUSES, 'https://api.example/api/openapi.json': 200 });
    expect(detailsOf(status)).toMatchObject({
      '/api': '✗ answers 200 to who does not say who they are, instead of 401 or 403',
    });
    expect(status.healthy).toBe(false);
  });

  test('fails if a WebSocket API does not answer, or says that it cannot', async () => {
    const { '/series': series, '/live': live } = detailsOf(
      await deployedStatus('Flagstone', new Deployed(), {
        now: NOW,
        get: async (url) => {
          if (url.includes('live')) throw new TypeError('fetch failed');
          return { status: 503 };
        },
      }),
    );
    expect([series, live]).toEqual(['✗ answers 503', '✗ not known: fetch failed']);
  });

  test('tells what it may not see, or does not find, and goes on', async () => {
    const denied = Object.assign(new Error('nobody may'), { name: 'AccessDenied', $metadata: {}, $fault: 'client' });
    cloudWatch.on(DescribeAlarmsCommand).rejects(denied);
    cloudWatch.on(GetMetricDataCommand).rejects(denied);
    const gone = { name: 'ResourceNotFoundException', $metadata: {}, $fault: 'client' };
    lambda.on(GetEventSourceMappingCommand).rejects(Object.assign(new Error('no mapping'), gone));
    const status = await statusOf();
    expect(status.healthy).toBe(false);
    expect(detailsOf(status)).toMatchObject({
      alarms: '✗ not known, AWS does not allow to look: nobody may',
      series: '✗ not known, AWS does not allow to look: nobody may',
      'stream to uuid-1': '✗ is not there: no mapping',
      '/api': 'answers, and asks who is there',
    });
  });

  test('tells that it may not see what the stack consists of', async () => {
    cloudFormation.on(ListStackResourcesCommand).rejects(new Error('nobody may'));
    expect(detailsOf(await statusOf())).toMatchObject({ stack: expect.stringContaining('nobody may') as string });
  });
});
