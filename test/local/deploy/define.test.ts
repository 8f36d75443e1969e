import { describe, expect, test } from 'vitest';
import { define } from '../../../lib/local/deploy/define.ts';
import { matches } from '../../../lib/local/events/event-pattern.ts';
import { tinyStack } from './tiny-stack.ts';

const FOLDERS = new Map([['code.zip', '/code']]);

describe('a template is read', () => {
  const definitions = define(tinyStack(), FOLDERS);

  test('with names that people can type', () => {
    expect(definitions.buckets.map(({ name }) => name)).toEqual([
      'flagstone-input',
      'flagstone-output',
      'flagstone-journal',
    ]);
    expect(definitions.tables.map(({ name }) => name)).toEqual(['flagstone-state']);
    expect(definitions.streams).toEqual([{ kind: 'stream', name: 'flagstone-event', shards: 2, retentionHours: 48 }]);
    expect(definitions.outputs).toMatchObject({ InputBucket: 'flagstone-input', Stream: 'flagstone-event' });
  });

  test('with the environment of its functions, and what becomes of failures', () => {
    expect(definitions.functions).toEqual([
      {
        name: 'flagstone-worker',
        folder: '/code',
        handler: 'index.handler',
        memoryMegabytes: 256,
        timeoutSeconds: 10,
        environment: { OUTPUT_BUCKET: 'flagstone-output', TABLE: 'flagstone-state' },
        reservedConcurrency: undefined,
        asynchronous: { maximumRetryAttempts: 1, maximumEventAgeSeconds: 21_600, failureBucket: 'flagstone-journal' },
      },
    ]);
  });

  test('with its triggers', () => {
    expect(definitions.mappings).toMatchObject([
      {
        functionName: 'flagstone-worker',
        streamName: 'flagstone-event',
        batchSize: 100,
        reportsBatchItemFailures: true,
      },
    ]);
    expect(definitions.rules.map(({ name, targets }) => [name, targets[0]?.functionName])).toEqual([
      ['flagstone-uploaded', 'flagstone-worker'],
      ['flagstone-hourly', 'flagstone-worker'],
    ]);
    const [uploaded, hourly] = definitions.rules.map(({ trigger }) => trigger);
    expect(hourly).toEqual({ kind: 'schedule', everyMilliseconds: 3_600_000 });
    const detail = { bucket: { name: 'flagstone-input' }, object: { key: 'a/b.txt' } };
    const event = { source: 'aws.s3', 'detail-type': 'Object Created', detail };
    expect(uploaded?.kind === 'pattern' && matches(uploaded.pattern, event)).toBe(true);
  });

  test('a name that the template gives counts', () => {
    const named = tinyStack({
      resources: { Extra: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'my-own' } } },
    });
    expect(define(named, FOLDERS).buckets.at(-1)?.name).toBe('my-own');
  });
});

describe('a template is refused', () => {
  test.each([
    [
      'a resource of an unknown type',
      { resources: { Queue: { Type: 'AWS::SQS::Queue' } } },
      /Queue is of type AWS::SQS::Queue/,
    ],
    [
      'a condition',
      { resources: { Odd: { Type: 'AWS::S3::Bucket', Condition: 'C' } } },
      /Odd: the local run knows no conditions/,
    ],
    ['filter criteria', { mapping: { FilterCriteria: {} } }, /Mapping: the local run does not emulate FilterCriteria/],
    [
      'parallel batches',
      { mapping: { ParallelizationFactor: 2 } },
      /ParallelizationFactor must be 1 locally \(given 2\)/,
    ],
    ['another start', { mapping: { StartingPosition: 'LATEST' } }, /StartingPosition must be TRIM_HORIZON/],
    ['another runtime', { lambda: { Runtime: 'python3.13' } }, /Node\.js only \(given python3\.13\)/],
    ['code that is nowhere', { lambda: { Code: { S3Key: 'other.zip' } } }, /where the code other\.zip is/],
    ['a number that is none', { lambda: { Timeout: 'soon' } }, /Worker: Timeout must be an integer/],
    [
      'a reference to nothing',
      { lambda: { Environment: { Variables: { A: { Ref: 'Nothing' } } } } },
      /Worker: the template refers to Nothing/,
    ],
    [
      'an unknown attribute',
      { lambda: { Environment: { Variables: { A: { 'Fn::GetAtt': ['StateTable', 'StreamArn'] } } } } },
      /does not know the attribute StreamArn of StateTable/,
    ],
    [
      'a failure destination that is no bucket',
      { mapping: { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:1:q' } } } },
      /sends failures to buckets only/,
    ],
    [
      'a table with a stream',
      { resources: { Other: { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: {} } } } },
      /Other: the local run does not emulate StreamSpecification/,
    ],
    [
      'a cron schedule',
      {
        resources: { Nightly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 1 * * ? *)' } } },
      },
      /Nightly: a schedule must be rate/,
    ],
    [
      'an operator of patterns that is unknown',
      {
        resources: {
          Odd: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: [{ cidr: '10.0.0.0/8' }] } } },
        },
      },
      /Odd: the local run does not know \{"cidr":"10\.0\.0\.0\/8"\} in event patterns/,
    ],
  ])('fails for %s', (_, options, message) => {
    expect(() => define(tinyStack(options), FOLDERS)).toThrow(message);
  });
});
