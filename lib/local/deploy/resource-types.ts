import { ACCOUNT, REGION } from './account.ts';

/** How a type of resource appears in the rest of the template, and what the local run does with it. */
export type ResourceType =
  | { readonly emulated: true; readonly nameProperty: string; readonly attributes: Attributes }
  | { readonly emulated: false; readonly instead?: string; readonly attributes: Attributes };

/** What `Fn::GetAtt` gives, by the resource's name. */
type Attributes = Readonly<Record<string, (name: string) => string>>;

const arn = (service: string, kind: string) => ({
  Arn: (name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${kind}${name}`,
});
const globalArn = (service: string, kind: string) => ({
  Arn: (name: string) => `arn:aws:${service}::${ACCOUNT}:${kind}${name}`,
});

const NO_ROLES = 'every function may do everything';
const HERE_FROM_DISK = 'the dashboard is served from dist/dashboard, beside the APIs';
const NOBODY_ASKED = 'whoever is on this machine is let in, and nobody from elsewhere';
const NO_ALARMS = 'nothing rings; flagstone status tells what fails';

/** Every type of resource that the local run has heard of. A template with any other is refused. */
export const RESOURCE_TYPES = {
  'AWS::DynamoDB::Table': { emulated: true, nameProperty: 'TableName', attributes: arn('dynamodb', 'table/') },
  'AWS::Kinesis::Stream': { emulated: true, nameProperty: 'Name', attributes: arn('kinesis', 'stream/') },
  'AWS::S3::Bucket': {
    emulated: true,
    nameProperty: 'BucketName',
    attributes: { Arn: (name) => `arn:aws:s3:::${name}` },
  },
  'AWS::Lambda::Function': { emulated: true, nameProperty: 'FunctionName', attributes: arn('lambda', 'function:') },
  'AWS::Lambda::EventSourceMapping': { emulated: true, nameProperty: '', attributes: {} },
  'AWS::Lambda::EventInvokeConfig': { emulated: true, nameProperty: '', attributes: {} },
  'AWS::ApiGatewayV2::Api': { emulated: true, nameProperty: '', attributes: {} },
  'AWS::ApiGatewayV2::Stage': { emulated: true, nameProperty: 'StageName', attributes: {} },
  'AWS::ApiGatewayV2::Route': { emulated: true, nameProperty: '', attributes: {} },
  'AWS::ApiGatewayV2::Authorizer': { emulated: true, nameProperty: '', attributes: {} },
  'AWS::ApiGatewayV2::Integration': { emulated: true, nameProperty: '', attributes: {} },
  'AWS::Events::Rule': { emulated: true, nameProperty: 'Name', attributes: arn('events', 'rule/') },

  'AWS::ApiGateway::Account': { emulated: false, instead: 'who connects is not noted', attributes: {} },
  'AWS::IAM::Role': { emulated: false, instead: NO_ROLES, attributes: globalArn('iam', 'role/') },
  'AWS::IAM::Policy': { emulated: false, instead: NO_ROLES, attributes: {} },
  'AWS::IAM::ManagedPolicy': { emulated: false, instead: NO_ROLES, attributes: {} },
  'AWS::Lambda::Permission': { emulated: false, instead: NO_ROLES, attributes: {} },
  'AWS::S3::BucketPolicy': { emulated: false, instead: 'buckets take what the loopback address sends', attributes: {} },
  'AWS::KMS::Key': { emulated: false, instead: 'data is not encrypted at rest', attributes: arn('kms', 'key/') },
  'AWS::KMS::Alias': { emulated: false, instead: 'data is not encrypted at rest', attributes: {} },
  'AWS::Logs::LogGroup': {
    emulated: false,
    instead: 'functions log to files, one a function, in the folder logs',
    attributes: arn('logs', 'log-group:'),
  },
  'AWS::Logs::MetricFilter': { emulated: false, instead: NO_ALARMS, attributes: {} },
  'AWS::CloudWatch::Alarm': { emulated: false, instead: NO_ALARMS, attributes: arn('cloudwatch', 'alarm:') },
  'AWS::CloudWatch::CompositeAlarm': { emulated: false, instead: NO_ALARMS, attributes: arn('cloudwatch', 'alarm:') },
  'AWS::CloudWatch::Dashboard': { emulated: false, instead: NO_ALARMS, attributes: {} },
  'AWS::SNS::Topic': {
    emulated: false,
    instead: NO_ALARMS,
    attributes: { TopicArn: (name) => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}` },
  },
  'AWS::SNS::TopicPolicy': { emulated: false, instead: NO_ALARMS, attributes: {} },
  'AWS::SNS::Subscription': { emulated: false, instead: NO_ALARMS, attributes: {} },
  'AWS::CloudFront::Distribution': {
    emulated: false,
    instead: HERE_FROM_DISK,
    attributes: { DomainName: () => 'dashboard.invalid' },
  },
  'AWS::CloudFront::Function': {
    emulated: false,
    instead: HERE_FROM_DISK,
    attributes: { FunctionARN: globalArn('cloudfront', 'function/').Arn },
  },
  'AWS::CloudFront::OriginAccessControl': { emulated: false, instead: HERE_FROM_DISK, attributes: {} },
  'AWS::CloudFront::ResponseHeadersPolicy': { emulated: false, instead: HERE_FROM_DISK, attributes: {} },
  'AWS::Cognito::UserPool': {
    emulated: false,
    instead: NOBODY_ASKED,
    attributes: {
      ...arn('cognito-idp', 'userpool/'),
      ProviderURL: (name) => `https://cognito-idp.${REGION}.amazonaws.com/${name}`,
    },
  },
  'AWS::Cognito::UserPoolClient': { emulated: false, instead: NOBODY_ASKED, attributes: {} },
  'AWS::Cognito::ManagedLoginBranding': { emulated: false, instead: NOBODY_ASKED, attributes: {} },
  'AWS::Cognito::UserPoolDomain': { emulated: false, instead: NOBODY_ASKED, attributes: {} },
  'AWS::SecretsManager::Secret': { emulated: false, instead: NOBODY_ASKED, attributes: {} },
  'Custom::DashboardFiles': { emulated: false, instead: HERE_FROM_DISK, attributes: {} },
  'AWS::CDK::Metadata': { emulated: false, attributes: {} },
} as const satisfies Readonly<Record<string, ResourceType>>;

export type ResourceTypeName = keyof typeof RESOURCE_TYPES;

export function isResourceTypeName(name: string): name is ResourceTypeName {
  return Object.hasOwn(RESOURCE_TYPES, name);
}
