import { formatTable } from '../table.ts';
import { askTransactions, type AskedOfTransactions, type TransactionsCase } from './ask-transactions.ts';
import { KINESIS_PUT_UNIT_BYTES, PRICES } from './prices.ts';

/** Prints what a thousand transactions ask of AWS, and what a million cost, indexes and all, a record each. */

const PER_SECOND = 1000;
const FUNCTION_GIGABYTES = 1769 / 1024;
const LOG_BYTES_PER_BATCH = 1060;

const HEADINGS = [
  'per 1,000 transactions',
  'DynamoDB requests',
  'read units',
  'write units',
  'S3 puts',
  'KB out',
  'function ms',
  '$ per million',
];

const rows = [];
for (const users of [200, 10_000]) {
  for (const isCold of [false, true]) rows.push(await measure({ users, batch: 1000, isCold }));
}
rows.push(await measure({ users: 10_000, batch: 100, isCold: false }));
console.log(formatTable([HEADINGS, ...rows]));

async function measure({ users, batch, isCold }: TransactionsCase): Promise<string[]> {
  const name = `${users.toLocaleString('en')} users, batches of ${batch}, ${isCold ? 'each of them cold' : 'warm'}`;
  return [name, ...figuresOf(await askTransactions({ users, batch, isCold }))];
}

function figuresOf({ meter, asked }: AskedOfTransactions): string[] {
  const { events: transactions, calls: batches, functionMs } = asked;
  const puts = meter.requestsOf('S3 put');
  const putUnits = Math.ceil(250 / KINESIS_PUT_UNIT_BYTES) * transactions;
  const dollars =
    meter.readUnits * PRICES.dynamoReadUnit +
    meter.writeUnits * PRICES.dynamoWriteUnit +
    puts * PRICES.s3Put +
    meter.requestsOf('S3 get') * PRICES.s3Get +
    batches * PRICES.lambdaRequest +
    (functionMs / 1000) * FUNCTION_GIGABYTES * PRICES.lambdaGigabyteSecondArm +
    (transactions / PER_SECOND / 3600) * PRICES.kinesisShardHour +
    putUnits * PRICES.kinesisPutUnit +
    ((batches * LOG_BYTES_PER_BATCH) / 1e9) * PRICES.cloudWatchLogsGigabyte;
  const figures = [meter.dynamoRequests, meter.readUnits, meter.writeUnits, puts, meter.bytesOut / 1000, functionMs];
  const perMillion = ((dollars * 1e6) / transactions).toFixed(2);
  return [...figures.map((figure) => ((figure * 1000) / transactions).toFixed(1)), perMillion];
}
