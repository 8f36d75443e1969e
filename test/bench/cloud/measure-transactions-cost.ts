import { Transactions } from '../../../functions/transactions/transactions.ts';
import { S3ObjectStore } from '../../../lib/adapters/objects/s3-object-store.ts';
import { CurrentModel } from '../../../lib/adapters/transactions/current-model.ts';
import { DynamoTallyStore } from '../../../lib/adapters/transactions/dynamo-tally-store.ts';
import { DynamoTransactionStore } from '../../../lib/adapters/transactions/dynamo-transaction-store.ts';
import { DynamoUserStore } from '../../../lib/adapters/transactions/dynamo-user-store.ts';
import { ModelStore } from '../../../lib/adapters/transactions/model-store.ts';
import { TransactionCounter } from '../../../lib/adapters/transactions/transaction-counter.ts';
import { TransactionLedger } from '../../../lib/adapters/transactions/transaction-ledger.ts';
import { WORLD } from '../../../lib/adapters/world.ts';
import { Random } from '../logs/random.ts';
import { formatTable } from '../table.ts';
import { dynamoClient, s3Client } from './clients.ts';
import { ShardOfEvents } from './cloud.ts';
import { Meter } from './meter.ts';
import { KINESIS_PUT_UNIT_BYTES, PRICES } from './prices.ts';
import { SimulatedDynamo } from './simulated-dynamo.ts';
import { SimulatedS3 } from './simulated-s3.ts';

/** Prints what a thousand transactions ask of AWS, and what a million cost, indexes and all, a record each. */

const BATCHES = 12;
const PER_SECOND = 1000;
const FUNCTION_GIGABYTES = 1769 / 1024;
const LOG_BYTES_PER_BATCH = 1500;
const DAY_MS = 24 * 3600 * 1000;
const CATEGORIES = ['groceries', 'fuel', 'restaurant', 'travel', 'clothing', 'online', 'health', 'home'];

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

interface Case {
  readonly users: number;
  /** Transactions in a batch. */
  readonly batch: number;
  readonly isCold: boolean;
}

async function measure({ users, batch, isCold }: Case): Promise<string[]> {
  const meter = new Meter();
  const [dynamo, s3] = [new SimulatedDynamo(meter), new SimulatedS3()];
  const shard = new ShardOfEvents();
  const lines = transactionLines(users, 2 * BATCHES * batch);
  let sandbox = sandboxOn(dynamo, s3, meter);
  const run = async (from: number, to: number): Promise<void> => {
    for (let first = from; first < to; first += batch) {
      if (isCold) sandbox = sandboxOn(dynamo, s3, meter);
      await sandbox.handle(shard.batchOf(lines.slice(first, first + batch), 1));
    }
  };
  await run(0, BATCHES * batch);
  meter.reset();
  const start = performance.now();
  await run(BATCHES * batch, 2 * BATCHES * batch);
  const functionMs = performance.now() - start - meter.simulationMs;
  const name = `${users.toLocaleString('en')} users, batches of ${batch}, ${isCold ? 'each of them cold' : 'warm'}`;
  return [name, ...figuresOf(meter, { transactions: BATCHES * batch, functionMs })];
}

function sandboxOn(dynamo: SimulatedDynamo, s3: SimulatedS3, meter: Meter): Transactions {
  const client = dynamoClient(dynamo, meter);
  const buckets = s3Client(s3, meter);
  const output = new S3ObjectStore({ client: buckets, bucket: 'output' });
  const stores = {
    users: new DynamoUserStore({ client, table: 'profiles' }),
    transactions: new DynamoTransactionStore({ client, table: 'transactions' }),
    output,
  };
  const models = new ModelStore(new S3ObjectStore({ client: buckets, bucket: 'journal' }));
  const tallies = new DynamoTallyStore({ client, table: 'state' });
  const limits = { retentionMs: DAY_MS, keptMs: 90 * DAY_MS, mostUsers: Infinity };
  return new Transactions({
    ledger: new TransactionLedger({ ...WORLD, ...limits, stores }),
    models: new CurrentModel({ models, now: WORLD.now, onRefused: () => undefined }),
    counter: new TransactionCounter({ ...WORLD, tallies, transactions: stores.transactions }),
    output,
    mode: 'enhanced',
    onApplied: () => undefined,
    onFailed: (error) => {
      throw new Error('a batch failed', { cause: error });
    },
  });
}

/** One in twenty far above what its user spends. */
function transactionLines(users: number, count: number): string[] {
  const random = new Random(1);
  return Array.from({ length: count }, (_, number) => {
    const amount = (random.chance(0.05) ? 2000 : 20) + random.below(2000) / 100;
    return JSON.stringify({
      event_type: 'transaction',
      transaction_id: `t-${100_000_000 + number}`,
      user_id: `user-${random.below(users)}`,
      amount: amount.toFixed(2),
      timestamp: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString().slice(0, 19).replace('T', ' '),
      location: 'DE',
      merchant_category: CATEGORIES[random.below(CATEGORIES.length)],
      payment_method: random.chance(0.7) ? 'card' : 'transfer',
    });
  });
}

function figuresOf(meter: Meter, { transactions, functionMs }: { transactions: number; functionMs: number }): string[] {
  const puts = meter.requestsOf('S3 put');
  const batches = BATCHES;
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
