import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { REGION } from './deploy/account.ts';
import type { LocalServices } from './services/start-services.ts';

export interface Clients {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly kinesis: KinesisClient;
}

/** Clients of the stand-ins, whatever this process's own environment says of AWS. */
export function localClients(endpoints: LocalServices['endpoints']): Clients {
  const settings = { region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  return {
    s3: new S3Client({ ...settings, endpoint: endpoints.s3, forcePathStyle: true }),
    dynamodb: new DynamoDBClient({ ...settings, endpoint: endpoints.dynamodb }),
    kinesis: new KinesisClient({ ...settings, endpoint: endpoints.kinesis }),
  };
}
