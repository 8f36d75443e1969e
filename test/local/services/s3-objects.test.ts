import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { newBucket } from './new-bucket.ts';
import { runServices } from './running-services.ts';

const { services } = await runServices();
const s3 = new S3Client({});
const Bucket = await newBucket(s3);

function put(Key: string, Body: PutObjectCommandInput['Body'], more: Partial<PutObjectCommandInput> = {}) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

async function read(Key: string, more: object = {}): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Body!.transformToString();
}

function md5(content: Uint8Array | string): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

describe('an object', () => {
  test('comes back as it was put, with its MD5 as ETag, type and metadata', async () => {
    const { ETag, ChecksumCRC32 } = await put('plain', 'hello', { ContentType: 'text/plain', Metadata: { a: 'b' } });
    expect(ETag).toBe(md5('hello'));
    expect(ChecksumCRC32).toBe('NhCmhg==');
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'plain' }));
    expect(await got.Body!.transformToString()).toBe('hello');
    expect(got).toMatchObject({ ETag, ContentLength: 5, ContentType: 'text/plain', Metadata: { a: 'b' } });
    expect(got.LastModified!.getTime() % 1000).toBe(0);
  });

  test('may be empty', async () => {
    await put('empty', '');
    expect(await read('empty')).toBe('');
  });

  test('is told of without its bytes', async () => {
    await put('head', 'hello', { CacheControl: 'no-store', ContentEncoding: 'gzip' });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'head' }));
    expect(head).toMatchObject({
      ContentLength: 5,
      ETag: md5('hello'),
      CacheControl: 'no-store',
      ContentEncoding: 'gzip',
    });
  });

  test('is stored without the framing of a stream whose checksum trails', async () => {
    const content = Buffer.alloc(3_000_001, 'framed ');
    const pieces = [content.subarray(0, 70_000), content.subarray(70_000, 70_001), content.subarray(70_001)];
    const { ETag } = await put('stream', Readable.from(pieces), {
      ContentLength: content.length,
      ContentType: 'text/plain',
    });
    expect(ETag).toBe(md5(content));
    expect(await read('stream')).toBe(content.toString());
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'stream' }))).not.toHaveProperty('ContentEncoding');
  });

  test('is replaced by a later one, and copied with what is known of it', async () => {
    await put('replaced', 'old');
    await put('replaced', 'new', { ContentType: 'text/x-new', Metadata: { kept: 'yes' } });
    const { CopyObjectResult } = await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/replaced` }),
    );
    expect(CopyObjectResult!.ETag).toBe(md5('new'));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'replaced' }));
    expect(await read('copied')).toBe('new');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'copied' }));
    expect(head).toMatchObject({ ContentType: 'text/x-new', Metadata: { kept: 'yes' } });
  });

  test('is read in whole from before, while it is replaced and deleted', async () => {
    const old = Buffer.alloc(4_000_000, 'old');
    await put('held', old);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'held' }));
    await put('held', 'new');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'held' }));
    expect(await Body!.transformToString()).toBe(old.toString());
  });

  test('is never half of another: readers and writers race', async () => {
    const contents = ['a', 'b', 'c'].map((letter) => letter.repeat(300_000));
    await put('raced', contents[0]);
    const writes = contents.flatMap((content) => [put('raced', content), put('raced', content)]);
    const reads = Array.from({ length: 20 }, () => read('raced'));
    for (const got of await Promise.all(reads)) expect(contents.includes(got)).toBe(true);
    await Promise.all(writes);
  });

  test.each([
    'a',
    'a/b',
    'a/b/',
    '../up',
    './x/../y',
    '/first',
    'double//slash',
    ' + %41 & ? # = ; \' " <é> 日本 😀',
    'k'.repeat(1024),
  ])('may have the key %s', async (key) => {
    await put(key, `of ${key}`);
    expect(await read(key)).toBe(`of ${key}`);
    const { CopyObjectResult } = await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent(key)}` }),
    );
    expect(CopyObjectResult!.ETag).toBe(md5(`of ${key}`));
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: key, MaxKeys: 1 }));
    expect(Contents!.map(({ Key }) => Key)).toEqual([key]);
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: key }] } }));
    await expect(read(key)).rejects.toThrow('The specified key does not exist.');
  });

  test('may not have a key of more than 1,024 bytes', async () => {
    await expect(put('é'.repeat(513), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });
});

describe('many objects', () => {
  test('are deleted at once, whether they are there or not', async () => {
    await Promise.all(['many/1', 'many/2'].map((key) => put(key, 'x')));
    const Objects = ['many/1', 'many/2', 'many/3'].map((Key) => ({ Key }));
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted!.map(({ Key }) => Key)).toEqual(['many/1', 'many/2', 'many/3']);
    expect(Errors).toBeUndefined();
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'many/' }));
    expect(KeyCount).toBe(0);
  });

  test('are put at the same time', async () => {
    const keys = Array.from({ length: 100 }, (_, index) => `parallel/${index}`);
    await Promise.all(keys.map((key) => put(key, key)));
    expect(await Promise.all(keys.map((key) => read(key)))).toEqual(keys);
  });
});

describe('a part of an object', () => {
  test.each([
    ['bytes=0-4', '01234', 'bytes 0-4/10'],
    ['bytes=3-3', '3', 'bytes 3-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('is given for %s', async (Range, content, ContentRange) => {
    await put('range', '0123456789');
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range }));
    expect(await got.Body!.transformToString()).toBe(content);
    expect(got).toMatchObject({ ContentRange, ContentLength: content.length });
    expect(got.$metadata.httpStatusCode).toBe(206);
  });

  test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('is refused for %s, behind the end', async (Range) => {
    await put('range', '0123456789');
    await expect(read('range', { Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  test('is the whole for a range that is none', async () => {
    await put('range', '0123456789');
    expect(await read('range', { Range: 'lines=1-2' })).toBe('0123456789');
    expect(await read('range', { Range: 'bytes=5-2' })).toBe('0123456789');
  });
});

describe('a condition', () => {
  const before = new Date(0);
  const later = new Date(Date.now() + 3_600_000);

  test.each([
    ['IfNoneMatch of the same', { IfNoneMatch: md5('x') }, 304],
    ['IfNoneMatch of any', { IfNoneMatch: '*' }, 304],
    ['IfModifiedSince later', { IfModifiedSince: later }, 304],
    ['IfMatch of another', { IfMatch: md5('y') }, 412],
    ['IfUnmodifiedSince before', { IfUnmodifiedSince: before }, 412],
  ])('%s keeps an object from the reader', async (_, condition, httpStatusCode) => {
    await put('condition', 'x');
    await expect(read('condition', condition)).rejects.toMatchObject({ $metadata: { httpStatusCode } });
  });

  test.each([
    ['IfNoneMatch of another', { IfNoneMatch: md5('y') }],
    ['IfMatch of the same', { IfMatch: md5('x') }],
    ['IfModifiedSince before', { IfModifiedSince: before }],
    ['IfUnmodifiedSince later', { IfUnmodifiedSince: later }],
  ])('%s lets an object through', async (_, condition) => {
    await put('condition', 'x');
    expect(await read('condition', condition)).toBe('x');
  });

  test('IfNoneMatch lets one of twenty writers win', async () => {
    const writes = Array.from({ length: 20 }, (_, index) => put('raced-once', `${index}`, { IfNoneMatch: '*' }));
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map(({ reason }) => (reason as Error).name);
    expect(new Set(reasons)).toEqual(new Set(['PreconditionFailed']));
  });

  test('IfMatch lets only him write who knows what is there', async () => {
    const { ETag } = await put('cas', 'first');
    await put('cas', 'second', { IfMatch: ETag });
    await expect(put('cas', 'third', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await read('cas')).toBe('second');
  });
});

describe('a checksum', () => {
  test.each([
    ['ChecksumCRC32', 'AAAAAA=='],
    ['ChecksumCRC32C', 'AAAAAA=='],
    ['ChecksumCRC64NVME', 'AAAAAAAAAAA='],
    ['ChecksumSHA1', Buffer.alloc(20).toString('base64')],
    ['ChecksumSHA256', Buffer.alloc(32).toString('base64')],
    ['ContentMD5', Buffer.alloc(16).toString('base64')],
  ])('%s that is not that of the bytes refuses them', async (name, value) => {
    await expect(put('wrong', 'hello', { [name]: value })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(read('wrong')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test.each([
    ['ChecksumCRC32', 'NhCmhg=='],
    ['ChecksumCRC32C', 'mnG7TA=='],
    ['ChecksumCRC64NVME', 'M3eFcAZSQlc='],
    ['ChecksumSHA1', 'qvTGHdzF6KLavt4PO0gs2a6pQ00='],
    ['ChecksumSHA256', 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
  ])('%s that is right comes back with the object', async (name, value) => {
    expect(await put('right', 'hello', { [name]: value })).toMatchObject({ [name]: value });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'right', ChecksumMode: 'ENABLED' }));
    expect(got).toMatchObject({ [name]: value });
  });

  test('that trails is checked, too', async () => {
    const frames = '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n';
    const response = await fetch(`${services.endpoints.s3}/${Bucket}/trailing`, {
      method: 'PUT',
      body: frames,
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '5',
        'x-amz-trailer': 'x-amz-checksum-crc32',
      },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>BadDigest</Code>');
  });

  test.each([
    ['breaks off in a chunk', '9\r\nhello', '9'],
    ['breaks off before the last chunk', '5\r\nhello\r\n', '5'],
    ['is shorter than announced', '5\r\nhello\r\n0\r\n\r\n', '6'],
    ['has no length', 'hello', '5'],
  ])('and length refuse a framed body that %s', async (_, body, length) => {
    const response = await fetch(`${services.endpoints.s3}/${Bucket}/framed`, {
      method: 'PUT',
      body,
      headers: { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': length },
    });
    expect(await response.text()).toContain('<Code>IncompleteBody</Code>');
    await expect(read('framed')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('200 MB', () => {
  const block = Buffer.alloc(1_000_000, 'constant memory ');

  async function* blocks(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < 200; index += 1) yield block;
  }

  test('go in and out in constant memory', async () => {
    const url = `${services.endpoints.s3}/${Bucket}/200MB`;
    const before = process.memoryUsage().rss;
    // Without the SDK, whose checksums in JavaScript would take most of the time.
    const init = { method: 'PUT', body: blocks(), duplex: 'half' };
    expect((await fetch(url, init as unknown as RequestInit)).status).toBe(200);
    let size = 0;
    for await (const chunk of (await fetch(url)).body!) size += (chunk as Uint8Array).length;
    expect(size).toBe(200_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});
