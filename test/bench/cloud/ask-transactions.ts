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
import { askedOf, storedSince, type Asked, type Stored } from './asked.ts';
import { dynamoClient, s3Client } from './clients.ts';
import { ShardOfEvents } from './cloud.ts';
import { functionTime } from './function-time.ts';
import { Meter } from './meter.ts';
import { SimulatedDynamo } from './simulated-dynamo.ts';
import { SimulatedS3 } from './simulated-s3.ts';

const BATCHES = 12;
const DAY_MS = 24 * 3600 * 1000;
const CATEGORIES = ['groceries', 'fuel', 'restaurant', 'travel', 'clothing', 'online', 'health', 'home'];

export interface TransactionsCase {
  readonly users: number;
  /** Transactions in a batch. */
  readonly batch: number;
  readonly isCold: boolean;
}

export interface AskedOfTransactions {
  readonly meter: Meter;
  readonly asked: Asked;
}

/** Has batches of transactions judged, a record each. */
export async function askTransactions({ users, batch, isCold }: TransactionsCase): Promise<AskedOfTransactions> {
  const meter = new Meter();
  const [dynamo, s3] = [new SimulatedDynamo(meter), new SimulatedS3()];
  const shard = new ShardOfEvents();
  const events = BATCHES * batch;
  const lines = transactionLines(users, 2 * events);
  let sandbox = sandboxOn(dynamo, s3, meter);
  const run = async (from: number, to: number): Promise<void> => {
    for (let first = from; first < to; first += batch) {
      if (isCold) sandbox = sandboxOn(dynamo, s3, meter);
      await sandbox.handle(shard.batchOf(lines.slice(first, first + batch), 1));
    }
  };
  await run(0, events);
  meter.reset();
  const before = storedIn(dynamo, s3);
  const functionMs = await functionTime(meter, () => run(events, 2 * events));
  const stored = storedSince(before, storedIn(dynamo, s3));
  return { meter, asked: askedOf(meter, { events, calls: BATCHES, functionMs, stored }) };
}

function storedIn(dynamo: SimulatedDynamo, s3: SimulatedS3): Stored {
  return { ...dynamo.storedBytes, journal: s3.storedBytes('journal/'), output: s3.storedBytes('output/') };
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
