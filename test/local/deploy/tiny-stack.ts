import type { Template } from '../../../lib/local/deploy/template.ts';

const CODE = { S3Bucket: 'assets', S3Key: 'code.zip' };

interface TinyStackOptions {
  /** Further properties of the mapping. */
  readonly mapping?: Readonly<Record<string, unknown>>;
  /** Further properties of the function. */
  readonly lambda?: Readonly<Record<string, unknown>>;
  readonly resources?: Template['Resources'];
}

/** A stack with one function, and each kind of trigger. */
export function tinyStack({ mapping, lambda, resources }: TinyStackOptions = {}): Template {
  const target = [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Worker', 'Arn'] } }];
  return {
    Resources: {
      InputBucket3F2A1B4C: {
        Type: 'AWS::S3::Bucket',
        Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
      },
      OutputBucket0A0A0A0A: { Type: 'AWS::S3::Bucket' },
      JournalBucket0B0B0B0B: { Type: 'AWS::S3::Bucket' },
      StateTable: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
      EventStream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2, RetentionPeriodHours: 48 } },
      Worker: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: CODE,
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Timeout: 10,
          MemorySize: 256,
          Environment: { Variables: { OUTPUT_BUCKET: { Ref: 'OutputBucket0A0A0A0A' }, TABLE: { Ref: 'StateTable' } } },
          ...lambda,
        },
      },
      WorkerRetries: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Worker' },
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['JournalBucket0B0B0B0B', 'Arn'] } } },
        },
      },
      WorkerRole: { Type: 'AWS::IAM::Role', Properties: { Whatever: { 'Fn::Unknown': 1 } } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'Worker' },
          EventSourceArn: { 'Fn::GetAtt': ['EventStream', 'Arn'] },
          StartingPosition: 'TRIM_HORIZON',
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...mapping,
        },
      },
      Uploaded: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.s3'],
            'detail-type': ['Object Created'],
            detail: { bucket: { name: [{ Ref: 'InputBucket3F2A1B4C' }] }, object: { key: [{ suffix: '.txt' }] } },
          },
          State: 'ENABLED',
          Targets: target,
        },
      },
      Hourly: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(1 hour)', State: 'ENABLED', Targets: target },
      },
      ...resources,
    },
    Outputs: {
      InputBucket: { Value: { Ref: 'InputBucket3F2A1B4C' } },
      OutputBucket: { Value: { Ref: 'OutputBucket0A0A0A0A' } },
      JournalBucket: { Value: { Ref: 'JournalBucket0B0B0B0B' } },
      StateTable: { Value: { Ref: 'StateTable' } },
      // One table, and one function, for all that a run has to name.
      TransactionTable: { Value: { Ref: 'StateTable' } },
      ProfileTable: { Value: { Ref: 'StateTable' } },
      TrainFunction: { Value: { Ref: 'Worker' } },
      EraseFunction: { Value: { Ref: 'Worker' } },
      Stream: { Value: { Ref: 'EventStream' } },
    },
  };
}
