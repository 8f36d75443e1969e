import path from 'node:path';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { startKinesis } from './kinesis/start-kinesis.ts';
import type { ObjectCreatedListener } from './s3/object-created.ts';
import { startS3 } from './s3/start-s3.ts';
import { ServiceNotStarted, StoreNotOpened } from './service-not-started.ts';

export interface ServicesOptions {
  /** Everything the services keep is in here. One process at a time. */
  readonly folder: string;
  /** 0 or none: any free port. */
  readonly ports?: Partial<ServicePorts>;
  /** Told of faults of the services themselves; the client has had a 500. */
  readonly onFault?: (error: unknown) => void;
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

/** Starts the local stand-ins for S3, DynamoDB and Kinesis on the loopback address: all, or none. @throws ServiceNotStarted, StoreNotOpened */
export async function startServices(options: ServicesOptions): Promise<LocalServices> {
  const { folder, ports, onFault } = options;
  const started: Stoppable[] = [];
  const start = async <Service extends Stoppable>(name: string, starting: Promise<Service>): Promise<Service> => {
    const service = await starting.catch((error: unknown) => {
      throw notStarted(name, error);
    });
    started.push(service);
    return service;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.stop()));
  };
  try {
    const faults = onFault === undefined ? {} : { onFault };
    // First, because LevelDB's lock tells whether another process has the folder.
    const dynamodb = await start(
      'DynamoDB',
      startDynamoDb({ folder: path.join(folder, 'dynamodb'), port: ports?.dynamodb ?? 0 }),
    );
    const kinesis = await start(
      'Kinesis',
      startKinesis({ folder: path.join(folder, 'kinesis'), port: ports?.kinesis ?? 0, ...faults }),
    );
    const s3 = await start('S3', startS3({ folder: path.join(folder, 's3'), port: ports?.s3 ?? 0, ...faults }));
    const endpoints = { s3: s3.endpoint, dynamodb: dynamodb.endpoint, kinesis: kinesis.endpoint };
    return { endpoints, onObjectCreated: (listener) => s3.onObjectCreated(listener), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Stoppable {
  stop(): Promise<void>;
}

function notStarted(service: string, error: unknown): Error {
  if (error instanceof ServiceNotStarted || error instanceof StoreNotOpened) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StoreNotOpened(`${service} cannot start: ${message}`, { cause: error });
}
