import { setImmediate } from 'node:timers/promises';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, expect, test } from 'vitest';
import type { ObjectCreated } from '../../../lib/local/services/s3/object-created.ts';
import { startS3, type LocalS3 } from '../../../lib/local/services/s3/start-s3.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const Bucket = 'announced';

let folder: string;
let local: LocalS3;
let s3: S3Client;

async function start(): Promise<void> {
  local = await startS3({ folder, port: 0 });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  s3 = new S3Client({ endpoint: local.endpoint, region: 'us-east-1', credentials });
}

/** Stops as a kill does: what was not acknowledged is told again at the next start. */
async function restart(): Promise<void> {
  await local.stop();
  await start();
}

function listen(): ObjectCreated[] {
  const told: ObjectCreated[] = [];
  local.onObjectCreated((event) => told.push(event));
  return told;
}

async function put(Key: string, Body = 'x'): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
}

beforeEach(async () => {
  folder = await temporaryFolder();
  await start();
  await s3.send(new CreateBucketCommand({ Bucket }));
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  return () => local.stop();
});

test('a created object is told as EventBridge tells it, with its key as it is', async () => {
  const told = listen();
  await put('a b/+é.json', 'hello');
  expect(told).toHaveLength(1);
  expect(told[0]!.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(told[0]!.detail).toMatchObject({
    version: '0',
    bucket: { name: Bucket },
    object: {
      key: 'a b/+é.json',
      size: 5,
      etag: '5d41402abc4b2a76b9719d911017c592',
      sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
    },
    reason: 'PutObject',
  });
});

test('copies and completed uploads are told as what they are', async () => {
  const told = listen();
  await put('source');
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/source` }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber: 1, Body: 'x' }));
  const Parts = [{ PartNumber: 1, ETag }];
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload: { Parts } }));
  const reasons = told.map(({ detail: { object, reason } }) => [object.key, reason]);
  expect(reasons).toEqual([
    ['source', 'PutObject'],
    ['copy', 'CopyObject'],
    ['parts', 'CompleteMultipartUpload'],
  ]);
});

test('what happened before anybody listened is told first, in order', async () => {
  for (const key of ['1', '2', '3']) await put(key);
  await restart();
  const told = listen();
  await put('4');
  expect(told.map(({ detail }) => detail.object.key)).toEqual(['1', '2', '3', '4']);
});

test('an event is told again after a restart until it is acknowledged, also of an object that has gone', async () => {
  const first = listen();
  for (const key of ['kept', 'acknowledged', 'gone']) await put(key);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
  await first[1]!.acknowledge();
  await first[1]!.acknowledge();
  await restart();
  const second = listen();
  expect(second.map(({ id, detail }) => [id, detail])).toEqual(
    [first[0]!, first[2]!].map(({ id, detail }) => [id, detail]),
  );
  for (const event of second) await event.acknowledge();
  await restart();
  const third = listen();
  await setImmediate();
  expect(third).toEqual([]);
});

test('sequencers rise, also over restarts and with nothing left to tell', async () => {
  const sequencers: string[] = [];
  for (let run = 0; run < 3; run += 1) {
    local.onObjectCreated((event) => {
      sequencers.push(event.detail.object.sequencer);
      void event.acknowledge();
    });
    await put('same');
    await put('same');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'same' }));
    await restart();
  }
  expect(sequencers).toHaveLength(6);
  expect(sequencers).toEqual([...new Set(sequencers)].toSorted());
});

test('buckets without EventBridge, refused and failed puts are not told', async () => {
  const told = listen();
  await s3.send(new CreateBucketCommand({ Bucket: 'silent' }));
  await s3.send(new PutObjectCommand({ Bucket: 'silent', Key: 'x', Body: 'x' }));
  await put('there');
  const again = s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x', IfNoneMatch: '*' }));
  await expect(again).rejects.toMatchObject({ name: 'PreconditionFailed' });
  const wrong = s3.send(new PutObjectCommand({ Bucket, Key: 'wrong', Body: 'x', ChecksumCRC32: 'AAAAAA==' }));
  await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
  expect(told.map(({ detail }) => detail.object.key)).toEqual(['there']);
});

test('there is one listener', () => {
  listen();
  expect(listen).toThrow('somebody listens already');
});
