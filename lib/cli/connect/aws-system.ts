import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { KinesisClientConfig } from '@aws-sdk/client-kinesis';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkDefaults } from '../../local/network-defaults.ts';
import type { Resources } from '../../local/run-file.ts';
import type { System } from './system.ts';

export interface AwsSystemOptions {
  readonly name: string;
  readonly resources: Resources;
  readonly defaults: NetworkDefaults | undefined;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly series: string | undefined;
  readonly dashboard: string | undefined;
  readonly clients: {
    readonly s3: S3ClientConfig;
    readonly kinesis: KinesisClientConfig;
    readonly dynamodb: DynamoDBClientConfig;
    readonly lambda: LambdaClientConfig;
  };
}

/** A system that is reached through the protocols of AWS. */
export function awsSystem({ clients, ...told }: AwsSystemOptions): System {
  const { resources } = told;
  return {
    ...told,
    openState: async () => {
      const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
      const { DynamoStateStore } = await import('../../adapters/state/dynamo-state-store.ts');
      return new DynamoStateStore({ client: new DynamoDBClient(clients.dynamodb), table: resources.stateTable, sleep });
    },
    openUsers: async () => {
      const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
      const { DynamoUserStore } = await import('../../adapters/transactions/dynamo-user-store.ts');
      const client = new DynamoDBClient(clients.dynamodb);
      return new DynamoUserStore({ client, table: resources.profileTable, sleep });
    },
    openTransactions: async () => {
      const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
      const { DynamoTransactionStore } = await import('../../adapters/transactions/dynamo-transaction-store.ts');
      const client = new DynamoDBClient(clients.dynamodb);
      return new DynamoTransactionStore({ client, table: resources.transactionTable, sleep });
    },
    train: async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      const { invokeFunction } = await import('./invoke-function.ts');
      return invokeFunction(new LambdaClient(clients.lambda), { name: resources.trainFunction });
    },
    callFunction: async (name, event) => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      const { invokeFunction } = await import('./invoke-function.ts');
      return invokeFunction(new LambdaClient(clients.lambda), { name, event });
    },
    openBucket: async (bucket) => {
      const { S3Client } = await import('@aws-sdk/client-s3');
      const { S3ObjectStore } = await import('../../adapters/objects/s3-object-store.ts');
      return new S3ObjectStore({ client: new S3Client(clients.s3), bucket: resources[bucket] });
    },
    openStream: async () => {
      const { KinesisClient } = await import('@aws-sdk/client-kinesis');
      const { KinesisEventStream } = await import('../../adapters/stream/kinesis-event-stream.ts');
      const client = new KinesisClient(clients.kinesis);
      return new KinesisEventStream({ client, streamName: resources.stream, sleep });
    },
    openBatchStream: async () => {
      const { KinesisClient } = await import('@aws-sdk/client-kinesis');
      const { KinesisBatchStream } = await import('../../adapters/stream/kinesis-batch-stream.ts');
      const client = new KinesisClient(clients.kinesis);
      return new KinesisBatchStream({ client, streamName: resources.stream, sleep });
    },
    describeStream: async () => {
      const { KinesisClient } = await import('@aws-sdk/client-kinesis');
      const { describeStream } = await import('./describe-stream.ts');
      return describeStream(new KinesisClient(clients.kinesis), resources.stream);
    },
  };
}
