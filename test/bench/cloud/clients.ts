import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Meter } from './meter.ts';
import type { SimulatedDynamo } from './simulated-dynamo.ts';
import type { SimulatedS3 } from './simulated-s3.ts';
import { simulatedService } from './simulated-service.ts';

const DYNAMO_MS = 10;
const S3_MS = 40;

const COMMON = { region: 'us-east-1', credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' } } as const;

/** A client of the SDK whose requests a simulated table answers after 10 ms. */
export function dynamoClient(table: SimulatedDynamo, meter: Meter): DynamoDBClient {
  const requestHandler = simulatedService((request) => table.answer(request), { meter, latencyMs: DYNAMO_MS });
  return new DynamoDBClient({ ...COMMON, requestHandler });
}

/** A client of the SDK whose requests simulated buckets answer after 40 ms. */
export function s3Client(buckets: SimulatedS3, meter: Meter): S3Client {
  const requestHandler = simulatedService((request) => buckets.answer(request), { meter, latencyMs: S3_MS });
  return new S3Client({ ...COMMON, forcePathStyle: true, requestHandler });
}
