import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FailureRecord, FailureStore } from './failure-store.ts';

export class S3FailureStore implements FailureStore {
  readonly #client: Pick<S3Client, 'send'>;

  constructor(client: Pick<S3Client, 'send'>) {
    this.#client = client;
  }

  async keep(bucket: string, { key, body }: FailureRecord): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
    );
  }
}
