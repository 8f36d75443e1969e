import type { KinesisStreamEvent } from 'aws-lambda';
import { redriveTransactions } from '../../../functions/transactions/redrive-transactions.ts';
import { Transactions } from '../../../functions/transactions/transactions.ts';
import { S3ObjectStore } from '../../../lib/adapters/objects/s3-object-store.ts';
import { CurrentModel } from '../../../lib/adapters/transactions/current-model.ts';
import { DynamoTallyStore } from '../../../lib/adapters/transactions/dynamo-tally-store.ts';
import { DynamoTransactionStore } from '../../../lib/adapters/transactions/dynamo-transaction-store.ts';
import { DynamoUserStore } from '../../../lib/adapters/transactions/dynamo-user-store.ts';
import type { LedgerStores } from '../../../lib/adapters/transactions/ledger-outputs.ts';
import { ModelStore } from '../../../lib/adapters/transactions/model-store.ts';
import { rebuildProfiles } from '../../../lib/adapters/transactions/rebuild-profiles.ts';
import type { TallyStore } from '../../../lib/adapters/transactions/tally-store.ts';
import { TransactionCounter } from '../../../lib/adapters/transactions/transaction-counter.ts';
import { TransactionLedger } from '../../../lib/adapters/transactions/transaction-ledger.ts';
import type { RedriveRequest } from '../../../lib/core/operations/redrive.ts';
import type { Clients } from '../application/clients.ts';
import type { Handler } from '../world/lambda.ts';
import type { Sandbox } from '../world/sandbox.ts';
import { MODELS } from './models.ts';
import { JOURNAL_BUCKET, OUTPUT_BUCKET, PROFILE_TABLE, STATE_TABLE, TRANSACTION_TABLE } from './names.ts';
import { wiredClients, type TransactionWorld } from './world.ts';

/** What the functions are made of; a planted mistake replaces some of it. */
export interface TransactionParts {
  readonly clients: (clients: Clients) => Clients;
  readonly stores: (stores: LedgerStores) => LedgerStores;
  readonly tallies: (tallies: TallyStore) => TallyStore;
  readonly ledger: (options: ConstructorParameters<typeof TransactionLedger>[0]) => TransactionLedger;
}

export const RIGHT_TRANSACTION_PARTS: TransactionParts = {
  clients: (clients) => clients,
  stores: (stores) => stores,
  tallies: (tallies) => tallies,
  ledger: (options) => new TransactionLedger(options),
};

interface Started {
  readonly world: TransactionWorld;
  readonly sandbox: Sandbox;
  readonly parts: TransactionParts;
}

/** Starts a function in a sandbox, as its handler does on a cold start. */
export function startTransactionFunction(name: string, started: Started): Handler {
  return FUNCTIONS[name as keyof typeof FUNCTIONS](started);
}

const FUNCTIONS = {
  transactions: (started: Started) => {
    const { stores, tallies, models, now, sleep } = connect(started);
    const { mode, ...limits } = started.world.scenario;
    const transactions = new Transactions({
      ledger: started.parts.ledger({ ...limits, stores, now, sleep }),
      counter: new TransactionCounter({ tallies, transactions: stores.transactions, now }),
      models: new CurrentModel({ models, now, onRefused: () => undefined }),
      output: stores.output,
      mode,
      onApplied: () => undefined,
      onFailed: () => undefined,
    });
    return async (event: KinesisStreamEvent) => transactions.handle(event);
  },
  'redrive-transactions': (started: Started) => {
    const { stores, tallies, journal, models, now, sleep } = connect(started);
    const { mode, ...limits } = started.world.scenario;
    const options = {
      journal,
      ledger: started.parts.ledger({ ...limits, stores, now, sleep }),
      counter: new TransactionCounter({ tallies, transactions: stores.transactions, now }),
      models: new CurrentModel({ models, now, onRefused: () => undefined }),
      output: stores.output,
      mode,
      onFailed: () => undefined,
    };
    return async (request: RedriveRequest) => redriveTransactions(request, options);
  },
  train: (started: Started) => {
    const { models, now } = connect(started);
    const { draws } = started.world;
    return async () => models.publish(draws.pick(MODELS), { now: now(), token: `m${draws.below(1e9)}` });
  },
  profiles: (started: Started) => {
    const { stores, now, sleep } = connect(started);
    return async () => rebuildProfiles({ stores, now, sleep });
  },
};

function connect({ world, sandbox, parts }: Started) {
  const { wire, clock, draws } = world;
  const clients = parts.clients(wiredClients(world, sandbox));
  const sleep = async (milliseconds: number): Promise<void> => wire.sleep(sandbox, milliseconds);
  const table = { client: clients.dynamo, sleep, random: () => draws.unit() };
  const stores = parts.stores({
    users: new DynamoUserStore({ ...table, table: PROFILE_TABLE }),
    transactions: new DynamoTransactionStore({ ...table, table: TRANSACTION_TABLE }),
    output: new S3ObjectStore({ client: clients.s3, bucket: OUTPUT_BUCKET }),
  });
  const journal = new S3ObjectStore({ client: clients.s3, bucket: JOURNAL_BUCKET });
  const tallies = parts.tallies(new DynamoTallyStore({ ...table, table: STATE_TABLE }));
  return {
    stores,
    tallies,
    journal,
    models: new ModelStore(journal),
    now: () => Math.floor(clock.now) + sandbox.skewMs,
    sleep,
  };
}
