import type { RemovalPolicy } from 'aws-cdk-lib';
import { Duration, Stack } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

interface PrivateBucketProps {
  readonly removal: RemovalPolicy;
  /** Where S3 notes each access to the bucket, under the bucket's own prefix. */
  readonly accessLogs?: Bucket;
  /** Whether EventBridge hears of each new object. */
  readonly announcesObjects?: boolean;
  readonly expireAfter?: Duration;
  /** The account's own key; else S3 has one. */
  readonly key?: Key | undefined;
  /** For how long an object is kept that was replaced or deleted; else it is gone at once. */
  readonly keepsReplacedFor?: Duration;
}

/** Encrypted, reached over TLS only, and by nobody from outside the account. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id, {
      // A key of the bucket saves a request to the account's own for each object.
      ...(props.key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: props.key, bucketKeyEnabled: true }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: props.removal,
      versioned: props.keepsReplacedFor !== undefined,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          expiration: props.expireAfter,
          noncurrentVersionExpiration: props.keepsReplacedFor,
        },
      ],
      ...(props.accessLogs && { serverAccessLogsBucket: props.accessLogs, serverAccessLogsPrefix: `${id}/` }),
    });
    if (props.announcesObjects) this.announceObjects();
  }

  /** The id under which a wildcard in a policy's resource is found fault with, to be acknowledged with a reason. */
  findingOf(key: string): string {
    const logicalId = Stack.of(this).getLogicalId(this.node.defaultChild as CfnBucket);
    return `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${key}]`;
  }

  // The property `eventBridgeEnabled` would deploy a function of its own to set what CloudFormation can set itself.
  private announceObjects(): void {
    const bucket = this.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
