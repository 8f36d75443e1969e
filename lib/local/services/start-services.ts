import type { ObjectCreatedListener } from './s3/object-created.ts';

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
export async function startServices(_options: ServicesOptions): Promise<LocalServices> {
  throw new Error('not yet written');
}

/** A port is taken, or a folder cannot be used: the message names the service, and what to do. */
export class ServiceNotStarted extends Error {
  override readonly name = 'ServiceNotStarted';
}
