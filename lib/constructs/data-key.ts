import type { RemovalPolicy } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The account's own key for what tables, buckets and the stream hold. It outlives the stack where they do: without it nobody can read them. */
export class DataKey extends Key {
  constructor(scope: Construct, id: string, { removal }: { readonly removal: RemovalPolicy }) {
    super(scope, id, {
      description: 'Encrypts what Flagstone stores',
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      removalPolicy: removal,
    });
  }
}

/** What a function asks of the key by way of the services, for each of its own actions; those that are not here ask nothing. */
export const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  's3:GetObject': ['kms:Decrypt'],
  // A new object has a data key of its own, or of its bucket.
  's3:PutObject': ['kms:Decrypt', 'kms:GenerateDataKey'],
  'kinesis:GetRecords': ['kms:Decrypt'],
  'kinesis:PutRecord': ['kms:GenerateDataKey'],
  'kinesis:PutRecords': ['kms:GenerateDataKey'],
  'dynamodb:BatchGetItem': ['kms:Decrypt'],
  'dynamodb:BatchWriteItem': ['kms:Decrypt'],
  'dynamodb:DeleteItem': ['kms:Decrypt'],
  'dynamodb:GetItem': ['kms:Decrypt'],
  'dynamodb:PutItem': ['kms:Decrypt'],
  'dynamodb:Query': ['kms:Decrypt'],
  'dynamodb:Scan': ['kms:Decrypt'],
  'dynamodb:UpdateItem': ['kms:Decrypt'],
};
