import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import type { StateStore } from '../../adapters/state/state-store.ts';
import type { BatchStream } from '../../adapters/stream/batch-stream.ts';
import type { EventStream } from '../../adapters/stream/event-stream.ts';
import type { TransactionStore } from '../../adapters/transactions/transaction-store.ts';
import type { UserStore } from '../../adapters/transactions/user-store.ts';
import type { NetworkDefaults } from '../../local/network-defaults.ts';
import type { Resources } from '../../local/run-file.ts';

/** A running Flagstone, as far as commands reach it. What is opened is loaded only then. */
export interface System {
  /** For messages: `the local run on .flagstone`. */
  readonly name: string;
  readonly resources: Resources;
  /** Undefined where the system does not tell: one that was deployed by an earlier version. */
  readonly defaults: NetworkDefaults | undefined;
  /** The HTTP API and the WebSockets, as far as the system tells, by their names: `http`, `series`, `live`. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The WebSocket address of the series; undefined likewise. */
  readonly series: string | undefined;
  /** Where the dashboard and the API are, such as `http://127.0.0.1:3000`; undefined likewise. */
  readonly dashboard: string | undefined;
  openState(): Promise<StateStore>;
  openUsers(): Promise<UserStore>;
  openTransactions(): Promise<TransactionStore>;
  /** Has a model trained; gives what the function says, as it says it. */
  train(): Promise<unknown>;
  /** Calls a function of the stack, and waits for what it gives. @throws FunctionFailed */
  callFunction(name: string, event: unknown): Promise<unknown>;
  openBucket(name: BucketName): Promise<ObjectStore>;
  openStream(): Promise<EventStream>;
  openBatchStream(): Promise<BatchStream>;
  describeStream(): Promise<StreamDescription>;
}

export interface StreamDescription {
  /** As Kinesis has it: `ACTIVE`. */
  readonly status: string;
  readonly shards: number;
}

export type BucketName = 'inputBucket' | 'outputBucket' | 'journalBucket';
