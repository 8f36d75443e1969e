import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { newBucket } from './new-bucket.ts';
import { runServices } from './running-services.ts';

await runServices();
const s3 = new S3Client({});

async function bucketWith(keys: readonly string[]): Promise<string> {
  const Bucket = await newBucket(s3);
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  return Bucket;
}

async function listAll(input: ListObjectVersionsCommandInput) {
  const keys: (string | undefined)[] = [];
  let pages = 0;
  let next: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
  while (next !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(new ListObjectVersionsCommand({ ...input, ...next }));
    const { Versions: versions = [], NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    keys.push(...versions.map(({ Key }) => Key));
    pages++;
    expect([page.IsTruncated, VersionIdMarker]).toEqual(KeyMarker === undefined ? [false, undefined] : [true, 'null']);
    next = KeyMarker === undefined ? undefined : { KeyMarker, VersionIdMarker };
  }
  return { keys, pages };
}

test('each object has one version, which tells what the listing of objects tells', async () => {
  const Bucket = await bucketWith(['a', 'b']);
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'another time' }));
  const { Versions: versions, DeleteMarkers: markers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(versions).toEqual(objects.map((object) => ({ ...object, VersionId: 'null', IsLatest: true })));
  expect(objects.map(({ Key, Size }) => [Key, Size])).toEqual([
    ['a', 12],
    ['b', 1],
  ]);
  expect(markers).toBeUndefined();
});

test('versions come in the order of their keys, over pages, under a prefix', async () => {
  const Bucket = await bucketWith(['shop/ü &<', 'shop/b', 'shop/a', 'other', 'shop/a.gz', 'shop']);
  expect(await listAll({ Bucket, Prefix: 'shop/', MaxKeys: 2 })).toEqual({
    keys: ['shop/a', 'shop/a.gz', 'shop/b', 'shop/ü &<'],
    pages: 2,
  });
  expect((await listAll({ Bucket, MaxKeys: 4 })).keys).toHaveLength(6);
  expect((await listAll({ Bucket, Prefix: 'shop/', EncodingType: 'url' })).keys.at(-1)).toBe('shop/%C3%BC%20%26%3C');
  expect(await listAll({ Bucket, Prefix: 'none' })).toEqual({ keys: [], pages: 1 });
});

test('a version is removed by its name, and any other is refused', async () => {
  const Bucket = await bucketWith(['a', 'b']);
  const remove = async (VersionId: string) =>
    s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a', VersionId }] } }));
  await expect(remove('other')).rejects.toMatchObject({ name: 'NotImplemented' });
  expect((await listAll({ Bucket })).keys).toEqual(['a', 'b']);
  expect((await remove('null')).Deleted).toMatchObject([{ Key: 'a' }]);
  expect((await listAll({ Bucket })).keys).toEqual(['b']);
});

test('versions of a bucket that is not there are none', async () => {
  await expect(s3.send(new ListObjectVersionsCommand({ Bucket: 'gone' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});
