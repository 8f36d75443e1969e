/**
 * Public prices in dollars, us-east-1, on demand, without free tiers, noted on 2026-11-21 from what was known of the pricing pages
 * of DynamoDB, S3, Kinesis Data Streams, Lambda, API Gateway and CloudWatch. They change: look there before you rely on them.
 */
export const PRICES = {
  dynamoWriteUnit: 0.625 / 1e6,
  dynamoReadUnit: 0.125 / 1e6,
  s3Put: 0.005 / 1e3,
  s3Get: 0.0004 / 1e3,
  lambdaRequest: 0.2 / 1e6,
  lambdaGigabyteSecondArm: 0.0000133334,
  kinesisShardHour: 0.015,
  kinesisPutUnit: 0.014 / 1e6,
  /** Of a WebSocket, in either direction, up to 32 KB. */
  socketMessage: 1 / 1e6,
  cloudWatchLogsGigabyte: 0.5,
} as const;

/** Kinesis counts puts in pieces of 25 KB. */
export const KINESIS_PUT_UNIT_BYTES = 25 * 1024;
