import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { Settings } from '../environment.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { S3ObjectStore } from '../objects/s3-object-store.ts';
import { DynamoStateStore } from '../state/dynamo-state-store.ts';
import type { StateStore } from '../state/state-store.ts';
import { WORLD } from '../world.ts';
import { CommitLog } from './commit-log.ts';
import { NetworkSession } from './network-session.ts';
import type { OutputStores } from './outputs.ts';

/** Requests under way at a time: as many as users are stored at a time, and some. */
const MOST_SOCKETS = 128;

/** In 1.7 GB there is room for so many users with 50 purchases and some friends each. */
export const MOST_USERS = 500_000;

export interface Networks {
  readonly state: StateStore;
  readonly input: ObjectStore;
  readonly output: ObjectStore;
  readonly journal: ObjectStore;
  readonly stores: OutputStores;
  readonly log: CommitLog;
  readonly openSession: (network: NetworkName) => NetworkSession;
}

/** Connects a function to the networks' state, once per cold start. */
export function connectNetworks(settings: Settings): Networks {
  const requestHandler = { maxSockets: MOST_SOCKETS } as const;
  const client = new S3Client({ requestHandler });
  const input = new S3ObjectStore({ client, bucket: settings.inputBucket });
  const output = new S3ObjectStore({ client, bucket: settings.outputBucket });
  const journal = new S3ObjectStore({ client, bucket: settings.journalBucket });
  const state = new DynamoStateStore({ client: new DynamoDBClient({ requestHandler }), table: settings.stateTable });
  const { defaults, keptPurchases, flushEvery, retentionMs } = settings;
  const log = new CommitLog({ state, journal, defaults, keptPurchases });
  const stores = { state, output };
  const session = { log, stores, ...WORLD, flushEvery, retentionMs, mostUsers: MOST_USERS };
  return {
    state,
    input,
    output,
    journal,
    stores,
    log,
    openSession: (network) => new NetworkSession(network, session),
  };
}
