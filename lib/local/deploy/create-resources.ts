import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, IncreaseStreamRetentionPeriodCommand } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import type { Clients } from '../clients.ts';
import type { BucketDefinition, Definitions, StreamDefinition, TableDefinition } from './definitions.ts';

export type StoredDefinition = TableDefinition | StreamDefinition | BucketDefinition;

const SHORTEST_RETENTION_HOURS = 24;

const CREATE = {
  table: createTable,
  stream: createStream,
  bucket: createBucket,
} as const satisfies { [Kind in StoredDefinition['kind']]: unknown };

export function storedDefinitions({ tables, streams, buckets }: Definitions): StoredDefinition[] {
  return [...tables, ...streams, ...buckets];
}

/** Creates a resource in the stand-ins; one that is there already stays as it is. */
export async function create(definition: StoredDefinition, clients: Clients): Promise<void> {
  const createOne = CREATE[definition.kind] as (definition: StoredDefinition, clients: Clients) => Promise<void>;
  await createOne(definition, clients);
}

async function createTable({ name, attributes, keys, indexes }: TableDefinition, { dynamodb }: Clients): Promise<void> {
  const command = new CreateTableCommand({
    TableName: name,
    AttributeDefinitions: attributes,
    KeySchema: keys,
    BillingMode: 'PAY_PER_REQUEST',
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
  });
  await unlessThere(dynamodb.send(command));
  // It is created a moment after the answer, and not there until then.
  const times = { minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 30 };
  await waitUntilTableExists({ client: dynamodb, ...times }, { TableName: name });
}

async function createStream({ name, shards, retentionHours }: StreamDefinition, { kinesis }: Clients): Promise<void> {
  const capacity =
    shards === undefined ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' as const } } : { ShardCount: shards };
  await unlessThere(kinesis.send(new CreateStreamCommand({ StreamName: name, ...capacity })));
  if (retentionHours === SHORTEST_RETENTION_HOURS) return;
  await untilActive(() =>
    kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: name, RetentionPeriodHours: retentionHours })),
  );
}

async function createBucket({ name, announcesObjects }: BucketDefinition, { s3 }: Clients): Promise<void> {
  await unlessThere(s3.send(new CreateBucketCommand({ Bucket: name })));
  const configuration = announcesObjects ? { EventBridgeConfiguration: {} } : {};
  await s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket: name, NotificationConfiguration: configuration }),
  );
}

const THERE_ALREADY: ReadonlySet<string> = new Set([
  'ResourceInUseException',
  'BucketAlreadyOwnedByYou',
  'BucketAlreadyExists',
]);

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof Error && THERE_ALREADY.has(error.name))) throw error;
  }
}

const PATIENCE = 100;
const PAUSE_MS = 20;

/** A stream takes a moment to be created, and until then is "in use". A retention that it has already is as good. */
async function untilActive(change: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await change();
      return;
    } catch (error) {
      if (!(error instanceof Error) || attempt === PATIENCE) throw error;
      if (error.name === 'InvalidArgumentException') return;
      if (error.name !== 'ResourceInUseException') throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
