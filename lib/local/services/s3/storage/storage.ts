import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { S3Error } from '../protocol/s3-error.ts';
import { BodyFiles } from './body-files.ts';
import type { Bucket, Catalogue } from './catalogue.ts';
import { Ledger } from './ledger.ts';
import type { StoredObject } from './stored-object.ts';

/** A folder: `ledger.jsonl` says what there is, `bodies/` holds the bytes. */
export interface Storage {
  readonly ledger: Ledger;
  readonly files: BodyFiles;
}

export async function openStorage(folder: string): Promise<Storage> {
  await mkdir(folder, { recursive: true });
  const files = await BodyFiles.open(path.join(folder, 'bodies'));
  const ledger = await Ledger.open(path.join(folder, 'ledger.jsonl'), (freed) => files.remove(freed));
  await files.sweep(ledger.catalogue.files());
  return { ledger, files };
}

/** @throws NoSuchBucket */
export function bucketIn(catalogue: Catalogue, name: string): Bucket {
  const bucket = catalogue.buckets.get(name);
  if (bucket === undefined) throw new S3Error('NoSuchBucket', { BucketName: name });
  return bucket;
}

/** @throws NoSuchBucket, NoSuchKey */
export function objectIn(catalogue: Catalogue, bucket: string, key: string): StoredObject {
  const object = bucketIn(catalogue, bucket).objects.get(key);
  if (object === undefined) throw new S3Error('NoSuchKey', { Key: key });
  return object;
}
