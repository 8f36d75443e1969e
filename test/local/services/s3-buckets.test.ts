import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { newBucket } from './new-bucket.ts';
import { runServices } from './running-services.ts';

const { services } = await runServices();
const s3 = new S3Client({});

describe('a bucket', () => {
  test('is made, found, listed and deleted', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'made' }));
    expect(await s3.send(new HeadBucketCommand({ Bucket: 'made' }))).toMatchObject({ BucketRegion: 'us-east-1' });
    const { Buckets } = await s3.send(new ListBucketsCommand());
    expect(Buckets!.map(({ Name }) => Name)).toContain('made');
    await s3.send(new DeleteBucketCommand({ Bucket: 'made' }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'made' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('tells the region it was made for', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    await s3.send(new CreateBucketCommand({ Bucket: 'in-ireland', CreateBucketConfiguration }));
    const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket: 'in-ireland' }));
    expect(LocationConstraint).toBe('eu-west-1');
  });

  test('is not made twice', async () => {
    const Bucket = await newBucket(s3);
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
  });

  test.each(['Upper', 'a', '-a-', 'a..b', '127.0.0.1', 'under_score'])('may not be called %s', async (Bucket) => {
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'InvalidBucketName' });
  });

  test('is not deleted with objects in it', async () => {
    const Bucket = await newBucket(s3);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }));
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  });

  test.each([
    ['reading', new GetObjectCommand({ Bucket: 'nowhere', Key: 'x' })],
    ['writing', new PutObjectCommand({ Bucket: 'nowhere', Key: 'x', Body: 'x' })],
    ['listing', new ListObjectsV2Command({ Bucket: 'nowhere' })],
    ['deleting', new DeleteBucketCommand({ Bucket: 'nowhere' })],
  ])('that is not there refuses %s', async (_, command) => {
    // One signature of `send` for all commands.
    await expect(s3.send(command as GetObjectCommand)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('says whether its events go to EventBridge', async () => {
    const Bucket = await newBucket(s3);
    const read = () => s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect((await read()).EventBridgeConfiguration).toBeUndefined();
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    expect((await read()).EventBridgeConfiguration).toEqual({});
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} }));
    expect((await read()).EventBridgeConfiguration).toBeUndefined();
  });
});

describe('what is not there', () => {
  test('is told of without a body to HEAD', async () => {
    const Bucket = await newBucket(s3);
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('refuses a large object so that its writer learns why', async () => {
    const put = new PutObjectCommand({ Bucket: 'nowhere', Key: 'x', Body: Buffer.alloc(20_000_000) });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('is told of as S3 tells it', async () => {
    const response = await fetch(`${services.endpoints.s3}/nowhere/x`);
    expect(response.status).toBe(404);
    expect(await response.text()).toMatch(
      /<Error><Code>NoSuchBucket<\/Code><Message>.*<\/Message><BucketName>nowhere<\/BucketName><Resource>\/nowhere\/x<\/Resource>/,
    );
  });
});

describe('what this S3 does not do', () => {
  const tags = { TagSet: [{ Key: 'a', Value: 'b' }] };

  test.each([
    [
      'PUT object with ?tagging',
      (Bucket: string) => new PutObjectTaggingCommand({ Bucket, Key: 'kept', Tagging: tags }),
    ],
    [
      'PUT bucket with ?versioning',
      (Bucket: string) => new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    ],
    ['GET object with ?versionId', (Bucket: string) => new GetObjectCommand({ Bucket, Key: 'kept', VersionId: '1' })],
    [
      'the header x-amz-tagging',
      (Bucket: string) => new PutObjectCommand({ Bucket, Key: 'kept', Body: 'y', Tagging: 'a=b' }),
    ],
    [
      'x-amz-acl: public-read, only private',
      (Bucket: string) => new PutObjectCommand({ Bucket, Key: 'kept', Body: 'y', ACL: 'public-read' }),
    ],
    [
      'notifications by QueueConfiguration, only EventBridgeConfiguration',
      (Bucket: string) =>
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: { QueueConfigurations: [{ QueueArn: 'arn', Events: ['s3:ObjectCreated:*'] }] },
        }),
    ],
    [
      'several ranges in one request',
      (Bucket: string) => new GetObjectCommand({ Bucket, Key: 'kept', Range: 'bytes=0-0,2-2' }),
    ],
  ])('is refused by name: %s', async (what, command) => {
    const Bucket = await newBucket(s3);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }));
    await expect(s3.send(command(Bucket) as GetObjectCommand)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `The local S3 does not implement ${what}.`,
    });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect(await Body!.transformToString()).toBe('x');
  });

  test.each([
    ['POST', '/bucket-1/key', 'POST object'],
    ['PATCH', '/bucket-1', 'PATCH bucket'],
    ['GET', '/bucket-1/?policy', 'GET bucket with ?policy'],
    ['DELETE', '/bucket-1?lifecycle', 'DELETE bucket with ?lifecycle'],
  ])('is refused by name: %s %s', async (method, url, what) => {
    const response = await fetch(`${services.endpoints.s3}${url}`, { method });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain(`<Message>The local S3 does not implement ${what}.</Message>`);
  });

  test('includes a path that is not URL-encoded', async () => {
    const response = await fetch(`${services.endpoints.s3}/bucket-1/%E9`, { method: 'GET' });
    expect(await response.text()).toContain('<Code>InvalidURI</Code>');
  });
});
