import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { newBucket } from './new-bucket.ts';
import { runServices } from './running-services.ts';

await runServices();
const s3 = new S3Client({});
const Bucket = await newBucket(s3);

const MIB = 1024 * 1024;
const large = Buffer.alloc(5 * MIB, 'large part ');
const last = Buffer.from('the last part');

async function begin(Key: string): Promise<string> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/plain' }));
  return UploadId!;
}

async function putPart(Key: string, UploadId: string, [PartNumber, Body]: [number, Buffer]): Promise<CompletedPart> {
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
}

function complete(Key: string, UploadId: string, Parts: CompletedPart[]) {
  return s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
}

function md5(content: Buffer): Buffer {
  return createHash('md5').update(content).digest();
}

describe('an upload in parts', () => {
  test('is one object of them in their order, however they came, with an ETag of their number', async () => {
    const UploadId = await begin('parts');
    const second = await putPart('parts', UploadId, [7, last]);
    const first = await putPart('parts', UploadId, [3, large]);
    const { ETag } = await complete('parts', UploadId, [first, second]);
    expect(ETag).toBe(`"${md5(Buffer.concat([md5(large), md5(last)])).toString('hex')}-2"`);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'parts' }));
    expect(got).toMatchObject({ ContentType: 'text/plain', ContentLength: large.length + last.length });
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(Buffer.concat([large, last]))).toBe(true);
    const Range = `bytes=${large.length - 3}-${large.length + 2}`;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'parts', Range }));
    expect(await Body!.transformToString()).toBe(`${large.toString().slice(-3)}the`);
  });

  test('is not there until it is completed, and lists its parts meanwhile', async () => {
    const UploadId = await begin('under way');
    await putPart('under way', UploadId, [1, Buffer.from('replaced')]);
    const { ETag } = await putPart('under way', UploadId, [1, last]);
    await putPart('under way', UploadId, [2, last]);
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'under way' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    const page = await s3.send(new ListPartsCommand({ Bucket, Key: 'under way', UploadId, MaxParts: 1 }));
    expect(page).toMatchObject({ Parts: [{ PartNumber: 1, Size: last.length, ETag }], IsTruncated: true });
    const next = await s3.send(
      new ListPartsCommand({ Bucket, Key: 'under way', UploadId, PartNumberMarker: page.NextPartNumberMarker }),
    );
    expect(next.Parts!.map(({ PartNumber }) => PartNumber)).toEqual([2]);
    const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'under' }));
    expect(Uploads).toMatchObject([{ Key: 'under way', UploadId }]);
  });

  test('leaves nothing when it is aborted', async () => {
    const UploadId = await begin('aborted');
    const part = await putPart('aborted', UploadId, [1, last]);
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'aborted', UploadId }));
    await expect(complete('aborted', UploadId, [part])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(putPart('aborted', UploadId, [2, last])).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  test('may be completed again, when the first reply was lost', async () => {
    const UploadId = await begin('twice');
    const part = await putPart('twice', UploadId, [1, last]);
    const { ETag } = await complete('twice', UploadId, [part]);
    expect(await complete('twice', UploadId, [part])).toMatchObject({ ETag });
  });

  test('may copy its parts from objects', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }));
    const UploadId = await begin('from copies');
    const { CopyPartResult } = await s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'from copies',
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange: 'bytes=2-5',
      }),
    );
    await complete('from copies', UploadId, [{ PartNumber: 1, ETag: CopyPartResult!.ETag }]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'from copies' }));
    expect(await Body!.transformToString()).toBe('2345');
  });

  test.each([
    ['InvalidPart', 'a part that was not put', (): CompletedPart[] => [{ PartNumber: 9, ETag: '"x"' }]],
    ['InvalidPart', "an ETag that is not the part's", (parts: CompletedPart[]) => [{ ...parts[0], ETag: '"x"' }]],
    ['InvalidPartOrder', 'parts that go back', (parts: CompletedPart[]) => [parts[1]!, parts[0]!]],
    ['EntityTooSmall', 'a small part that is not the last', (parts: CompletedPart[]) => parts],
    ['MalformedXML', 'no part', () => []],
  ])('is refused as %s with %s', async (name, _, choose) => {
    const UploadId = await begin('refused');
    const parts = [await putPart('refused', UploadId, [1, last]), await putPart('refused', UploadId, [2, last])];
    await expect(complete('refused', UploadId, choose(parts))).rejects.toMatchObject({ name });
  });

  test('checks the checksum of its bytes that the completion names', async () => {
    const UploadId = await begin('whole');
    const part = await putPart('whole', UploadId, [1, Buffer.from('hello')]);
    const completion = { Bucket, Key: 'whole', UploadId, MultipartUpload: { Parts: [part] } };
    const wrong = s3.send(new CompleteMultipartUploadCommand({ ...completion, ChecksumCRC32: 'AAAAAA==' }));
    await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
    const right = await s3.send(new CompleteMultipartUploadCommand({ ...completion, ChecksumCRC32: 'NhCmhg==' }));
    expect(right).toMatchObject({ ChecksumCRC32: 'NhCmhg==' });
  });
});
