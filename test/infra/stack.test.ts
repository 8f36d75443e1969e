import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { FlagstoneFunction } from '../../lib/constructs/flagstone-function.ts';
import { propertiesOf, sampleStack, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate();

const ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/flagstone/1234';

interface TableIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly { readonly AttributeName: string }[];
}

function violationsIn(stack: ReturnType<typeof sampleStack>): string[] {
  const { violations } = new AwsSolutionsChecks().validateScope(stack);
  return violations.map(({ ruleName }) => ruleName);
}

describe('the stack', () => {
  test.each([
    ['as it is by default', {}],
    ['with an origin secret and a web ACL', { originSecret: 1, webAclArn: ACL }],
    ['with a key of the account', { encryptionKey: 'customer' }],
    ['with all of these', { originSecret: 1, webAclArn: ACL, encryptionKey: 'customer' }],
  ])('passes the checks of AwsSolutions %s', (_, settings) => {
    expect(violationsIn(sampleStack(settings))).toEqual([]);
  });

  test('fails these checks if a right has a star that no reason was given for', () => {
    const careless = sampleStack();
    const someFunction = careless.node.findAll().find((construct) => construct instanceof FlagstoneFunction);
    someFunction?.allow(['s3:Get*'], 'arn:aws:s3:::elsewhere/key');
    expect(violationsIn(careless)).toEqual(['AwsSolutions-IAM5[Action::s3:Get*]']);
  });

  test('consists of these kinds of resources: only the files of the dashboard run code while it is deployed', () => {
    const resources: Record<string, { Type: string }> = template.toJSON()['Resources'];
    const types = new Set(Object.values(resources).map(({ Type }) => Type));
    expect([...types].toSorted()).toEqual([
      'AWS::ApiGateway::Account',
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Authorizer',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Route',
      'AWS::ApiGatewayV2::Stage',
      'AWS::CloudFront::Distribution',
      'AWS::CloudFront::Function',
      'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::ResponseHeadersPolicy',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::Cognito::ManagedLoginBranding',
      'AWS::Cognito::UserPool',
      'AWS::Cognito::UserPoolClient',
      'AWS::Cognito::UserPoolDomain',
      'AWS::DynamoDB::Table',
      'AWS::Events::Rule',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Kinesis::Stream',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'Custom::DashboardFiles',
    ]);
  });

  test('tells the names that the command line looks up, and what networks begin with', () => {
    const names = [
      'InputBucket',
      'OutputBucket',
      'JournalBucket',
      'StateTable',
      'TransactionTable',
      'ProfileTable',
      'TrainFunction',
      'Stream',
    ];
    const {
      DefaultDegrees: degrees,
      DefaultTracked: tracked,
      KeptPurchases: kept,
      ...others
    } = template.findOutputs('*');
    expect(Object.keys(others)).toEqual(expect.arrayContaining(names));
    expect([degrees, tracked, kept]).toEqual([{ Value: '2' }, { Value: '50' }, { Value: '50' }]);
  });
});

describe('what is stored', () => {
  test.each([
    ['survives the stack', { removal: 'retain' }, 'Retain'],
    ['goes with the stack where the settings say so', { removal: 'destroy' }, 'Delete'],
  ])('%s', (_, settings, policy) => {
    const chosen = sampleTemplate(settings);
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table']) {
      const policies = Object.values(chosen.findResources(type)).map((resource) => resource['DeletionPolicy']);
      expect(new Set(policies)).toEqual(new Set([policy]));
    }
    const tables = propertiesOf(chosen, 'AWS::DynamoDB::Table');
    const isProtected = { DeletionProtectionEnabled: policy === 'Retain' };
    expect(tables).toMatchObject(tables.map(() => isProtected));
  });

  test('is encrypted and private', () => {
    for (const bucket of propertiesOf(template, 'AWS::S3::Bucket')) {
      expect(bucket).toHaveProperty('BucketEncryption.ServerSideEncryptionConfiguration');
      expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    }
    expect(propertiesOf(template, 'AWS::Kinesis::Stream')).toMatchObject([
      { StreamEncryption: { EncryptionType: 'KMS' } },
    ]);
  });

  test('is reached over TLS only', () => {
    const policies = propertiesOf(template, 'AWS::S3::BucketPolicy');
    const buckets = Object.keys(template.findResources('AWS::S3::Bucket'));
    expect(policies.map(({ Bucket }) => Bucket.Ref)).toEqual(buckets);
    for (const { PolicyDocument } of policies) {
      const insecure = { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
      expect(PolicyDocument.Statement).toContainEqual(expect.objectContaining(insecure));
    }
  });

  test('can be brought back to any point in time', () => {
    const recoverable = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
    const tables = propertiesOf(template, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(5);
    expect(tables).toMatchObject(tables.map(() => recoverable));
  });

  test('goes when it expires, if it is a transaction, and is listed by time', () => {
    const tables = propertiesOf(template, 'AWS::DynamoDB::Table');
    const expiring = tables.filter(({ TimeToLiveSpecification: expiry }) => expiry?.AttributeName === 'expires_at');
    expect(expiring).toMatchObject([{ TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true } }]);
    const [{ GlobalSecondaryIndexes: indexes }] = expiring as [Record<string, TableIndex[]>];
    expect(
      indexes!.map(({ IndexName, KeySchema }) => [IndexName, ...KeySchema.map((key) => key.AttributeName)]),
    ).toEqual([
      ['newest', 'recent', 'moment'],
      ['by-user', 'user_id', 'moment'],
      ['by-category', 'category', 'moment'],
      ['anomalies', 'severity', 'moment'],
    ]);
  });

  test('is announced where logs are dropped and where flagged purchases come out', () => {
    const announcing = {
      Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
    };
    const buckets = Object.keys(template.findResources('AWS::S3::Bucket', announcing));
    expect(buckets).toEqual([expect.stringMatching(/^Input/), expect.stringMatching(/^Output/)]);
  });
});

describe('the stream', () => {
  test('has the shards that are asked for', () => {
    const [stream] = propertiesOf(sampleTemplate({ shards: 4 }), 'AWS::Kinesis::Stream');
    expect(stream).toMatchObject({ ShardCount: 4, StreamModeDetails: { StreamMode: 'PROVISIONED' } });
  });

  test('is scaled by AWS where it is on demand', () => {
    const [stream] = propertiesOf(sampleTemplate({ stream: 'on-demand' }), 'AWS::Kinesis::Stream');
    expect(stream).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    expect(stream).not.toHaveProperty('ShardCount');
  });

  test('gives its records in order and all of them, until an hour before it forgets them', () => {
    const chosen = sampleTemplate({ streamRetentionHours: 48, batchSize: 10, batchWindowSeconds: 0 });
    expect(propertiesOf(chosen, 'AWS::Kinesis::Stream')).toMatchObject([{ RetentionPeriodHours: 48 }]);
    const mappings = propertiesOf(chosen, 'AWS::Lambda::EventSourceMapping');
    const mapping = {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      StartingPosition: 'TRIM_HORIZON',
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: false,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 47 * 60 * 60,
    };
    expect(mappings).toMatchObject([mapping, mapping]);
    for (const loss of ['MaximumRetryAttempts', 'FilterCriteria', 'TumblingWindowInSeconds']) {
      for (const one of mappings) expect(one).not.toHaveProperty(loss);
    }
  });
});
