import * as fc from 'fast-check';
import {
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListObjectsV2CommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { listPage, type PageEnd } from '../../../lib/local/services/s3/operations/list-page.ts';
import { bytesOfKey, KeyList, keyOfBytes } from '../../../lib/local/services/s3/storage/key-list.ts';
import { seeded } from '../../seeded.ts';
import { newBucket } from './new-bucket.ts';
import { runServices } from './running-services.ts';

await runServices();
const s3 = new S3Client({});

async function bucketWith(keys: readonly string[]): Promise<string> {
  const Bucket = await newBucket(s3);
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))));
  return Bucket;
}

interface Listed {
  readonly keys: string[];
  readonly prefixes: string[];
}

async function listAll(input: ListObjectsV2CommandInput): Promise<Listed & { pages: number }> {
  const listed = { keys: [] as string[], prefixes: [] as string[], pages: 0 };
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ ...input, ContinuationToken }));
    listed.keys.push(...(page.Contents ?? []).map(({ Key }) => Key!));
    listed.prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!));
    listed.pages += 1;
    expect(page.KeyCount).toBe((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0));
    expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return listed;
}

function inByteOrder(keys: readonly string[]): string[] {
  return keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

describe('a listing', () => {
  test('has the keys in the order of their UTF-8 bytes, over pages', async () => {
    const keys = ['B', 'a', 'a-b', 'a/b', 'a0', 'aé', 'z', '~', '_', '\u{fffd}', '😀', 'a b', 'a+b'];
    const Bucket = await bucketWith(keys);
    expect(await listAll({ Bucket, MaxKeys: 4 })).toEqual({ keys: inByteOrder(keys), prefixes: [], pages: 4 });
  });

  test('rolls keys up to the delimiter behind the prefix', async () => {
    const Bucket = await bucketWith(['flagged/a/1', 'flagged/a/2', 'flagged/b/1', 'flagged/c', 'other']);
    const listed = await listAll({ Bucket, Prefix: 'flagged/', Delimiter: '/', MaxKeys: 1 });
    expect(listed).toEqual({ keys: ['flagged/c'], prefixes: ['flagged/a/', 'flagged/b/'], pages: 3 });
  });

  test('goes on behind a key, there or not', async () => {
    const Bucket = await bucketWith(['a', 'b', 'c']);
    expect((await listAll({ Bucket, StartAfter: 'a' })).keys).toEqual(['b', 'c']);
    expect((await listAll({ Bucket, StartAfter: 'aa' })).keys).toEqual(['b', 'c']);
    expect((await listAll({ Bucket, StartAfter: 'c' })).keys).toEqual([]);
  });

  test('tells size, ETag and time of each object, and lists nothing for no keys at most', async () => {
    const Bucket = await bucketWith(['a']);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents).toMatchObject([{ Key: 'a', Size: 1, ETag: '"9dd4e461268c8034f5c8564e155c67a6"' }]);
    expect(Contents![0]!.LastModified!.getTime() % 1000).toBe(0);
    expect(await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }))).toMatchObject({
      KeyCount: 0,
      IsTruncated: false,
    });
  });

  test('encodes keys that XML cannot hold, if asked to', async () => {
    const Bucket = await bucketWith(['a\u0001b c/d']);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
    expect(Contents!.map(({ Key }) => Key)).toEqual(['a%01b%20c/d']);
  });

  test('of the first version goes on from a marker', async () => {
    const Bucket = await bucketWith(['a/1', 'a/2', 'b', 'c']);
    const first = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'a/', CommonPrefixes: [{ Prefix: 'a/' }] });
    const next = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: first.NextMarker }));
    expect(next.Contents!.map(({ Key }) => Key)).toEqual(['b', 'c']);
  });

  test.each([
    ['max-keys that is no number', 'list-type=2&max-keys=many', 'max-keys must be a whole number (given many)'],
    ['a token that it did not give', 'list-type=2&continuation-token=xyz', 'continuation token'],
    ['an unknown encoding', 'list-type=2&encoding-type=rot13&prefix=x', 'encoding-type must be url (given rot13)'],
  ])('refuses %s', async (_, query, message) => {
    const Bucket = await bucketWith([]);
    const response = await fetch(`${process.env['AWS_ENDPOINT_URL_S3']}/${Bucket}?${query}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', 'é', '\u{ffff}', '😀'), maxLength: 5 });

  test('is what a plain filter and sort would list, whatever keys, prefixes, delimiters and page sizes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          text.filter((key) => key !== ''),
          { maxLength: 40 },
        ),
        fc.record({
          prefix: text,
          delimiter: fc.constantFrom('', '/', 'a', '/-', '😀'),
          limit: fc.integer({ min: 1, max: 5 }),
          after: text,
        }),
        (keys, request) => {
          expect(listInPages(keys, request)).toEqual(naiveListing(keys, request));
        },
      ),
      seeded(500),
    );
  });
});

interface Request {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  readonly after: string;
}

function listInPages(keys: readonly string[], { prefix, delimiter, limit, after }: Request): string[] {
  const list = new KeyList();
  for (const key of keys) list.add(bytesOfKey(key));
  const listed: string[] = [];
  let end: PageEnd | undefined = { bytes: bytesOfKey(after), isPrefix: false };
  while (end !== undefined) {
    const request = { prefix: bytesOfKey(prefix), delimiter: bytesOfKey(delimiter), limit, after: end };
    const page = listPage(list, request);
    const merged = [...page.keys, ...page.prefixes].toSorted();
    expect(merged.length).toBeLessThanOrEqual(limit);
    listed.push(...merged.map(keyOfBytes));
    end = page.end;
  }
  return listed;
}

function naiveListing(keys: readonly string[], { prefix, delimiter, after }: Request): string[] {
  const rolledUp = inByteOrder(keys)
    .filter((key) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0)
    .map((key) => {
      const index = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return index === -1 ? key : key.slice(0, index + delimiter.length);
    });
  return [...new Set(rolledUp)];
}
