/**
 * Public prices in dollars, us-east-1, on demand, without free tiers, noted on 2026-11-21 from what was known of the pricing pages
 * of DynamoDB, S3, Kinesis Data Streams, Lambda, API Gateway, CloudWatch and KMS. They change: look there before you rely on them.
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
  /** On top, where records are kept for more than 24 hours and at most 7 days. */
  kinesisLongerShardHour: 0.02,
  /** Of a WebSocket, in either direction, up to 32 KB. */
  socketMessage: 1 / 1e6,
  /** A million minutes of a connection. */
  socketMinute: 0.25 / 1e6,
  dynamoStoredGigabyte: 0.25,
  /** Of a table without its indexes. */
  dynamoBackupGigabyte: 0.2,
  s3StoredGigabyte: 0.023,
  cloudWatchLogsGigabyte: 0.5,
  cloudWatchLogsStoredGigabyte: 0.03,
  /** A month, for each metric that an alarm reads. */
  cloudWatchAlarm: 0.1,
  cloudWatchMetric: 0.3,
  cloudWatchDashboard: 3,
} as const;

/** Kinesis counts puts in pieces of 25 KB. */
export const KINESIS_PUT_UNIT_BYTES = 25 * 1024;
