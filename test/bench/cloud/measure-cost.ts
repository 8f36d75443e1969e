import { formatTable } from '../table.ts';
import { askNetwork, LINES_PER_RECORD } from './ask-network.ts';
import type { Cloud } from './cloud.ts';
import { KINESIS_PUT_UNIT_BYTES, PRICES } from './prices.ts';

/** Prints what a thousand events ask of AWS, and what a million cost. */

const EVENTS_PER_SECOND = 1000;
const FUNCTION_GIGABYTES = 1769 / 1024;
const LOG_BYTES_PER_BATCH = 1060;

const HEADINGS = [
  'per 1,000 events',
  'DynamoDB requests',
  'read units',
  'write units',
  'S3 puts',
  'S3 gets',
  'KB out',
  'KB in',
  'function ms',
  '$ per million',
];

const rows = [];
for (const batch of [100, 1000]) {
  for (const isCold of [false, true]) rows.push(await measure(batch, isCold));
}
console.log(formatTable([HEADINGS, ...rows]));

async function measure(batchEvents: number, isCold: boolean): Promise<string[]> {
  const { cloud, asked } = await askNetwork({ batchEvents, isCold });
  return costOf(cloud, { batchEvents, isCold, measured: asked.events, functionMs: asked.functionMs });
}

interface Measured {
  readonly batchEvents: number;
  readonly isCold: boolean;
  readonly measured: number;
  readonly functionMs: number;
}

function costOf({ meter }: Cloud, { batchEvents, isCold, measured, functionMs }: Measured): string[] {
  const puts = meter.requestsOf('S3 put');
  const gets = meter.requestsOf('S3 get');
  const batches = measured / batchEvents;
  const lineBytes = 110;
  const seconds = measured / EVENTS_PER_SECOND;
  const putUnits = Math.ceil((LINES_PER_RECORD * lineBytes) / KINESIS_PUT_UNIT_BYTES) * (measured / LINES_PER_RECORD);
  const dollars =
    meter.readUnits * PRICES.dynamoReadUnit +
    meter.writeUnits * PRICES.dynamoWriteUnit +
    puts * PRICES.s3Put +
    gets * PRICES.s3Get +
    batches * PRICES.lambdaRequest +
    (functionMs / 1000) * FUNCTION_GIGABYTES * PRICES.lambdaGigabyteSecondArm +
    (seconds / 3600) * PRICES.kinesisShardHour +
    putUnits * PRICES.kinesisPutUnit +
    ((batches * LOG_BYTES_PER_BATCH) / 1e9) * PRICES.cloudWatchLogsGigabyte;
  const per = 1000 / measured;
  const name = `batches of ${batchEvents}, ${isCold ? 'each of them cold' : 'warm'}`;
  const figures = [
    meter.dynamoRequests,
    meter.readUnits,
    meter.writeUnits,
    puts,
    gets,
    meter.bytesOut / 1000,
    meter.bytesIn / 1000,
    functionMs,
  ];
  const perMillion = (dollars * 1e6) / measured;
  return [name, ...figures.map((figure) => (figure * per).toFixed(1)), perMillion.toFixed(2)];
}
