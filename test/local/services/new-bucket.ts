import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';

let buckets = 0;

/** Gives the name of a new bucket. */
export async function newBucket(s3: S3Client): Promise<string> {
  buckets += 1;
  const Bucket = `bucket-${buckets}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}
