import { MemoryObjectStore } from '../../lib/adapters/objects/memory-object-store.ts';
import { MemoryStateStore } from '../../lib/adapters/state/memory-state-store.ts';
import { MemoryTransactionStore } from '../../lib/adapters/transactions/memory-transaction-store.ts';
import { MemoryUserStore } from '../../lib/adapters/transactions/memory-user-store.ts';
import { MemoryEventStream } from '../../lib/adapters/stream/memory-event-stream.ts';
import type { BucketName, System } from '../../lib/cli/connect/system.ts';
import { newHead, nextHead } from '../../lib/core/cloud/commits.ts';
import type { Head } from '../../lib/core/cloud/head.ts';
import { flaggedKey } from '../../lib/core/cloud/object-keys.ts';
import type { NetworkName } from '../../lib/core/network/network-name.ts';
import { SAMPLE_RESOURCES } from '../local/sample-resources.ts';

/** A system whose state, buckets and stream are in memory. */
export class MemorySystem implements System {
  readonly name = 'a system in memory';
  readonly resources = SAMPLE_RESOURCES;
  readonly defaults: System['defaults'];
  readonly endpoints = {};
  readonly series = undefined;
  readonly dashboard = undefined;
  readonly state = new MemoryStateStore();
  readonly stream = new MemoryEventStream();
  readonly users = new MemoryUserStore();
  readonly transactions = new MemoryTransactionStore();
  /** What training gives. */
  trained: unknown = { outcome: 'too few', transactions: 0, needed: 256 };
  /** What functions give. */
  onCall: (name: string, event: unknown) => unknown = (name) => {
    throw new Error(`there is no function ${name}`);
  };
  readonly buckets: Readonly<Record<BucketName, MemoryObjectStore>> = {
    inputBucket: new MemoryObjectStore(),
    outputBucket: new MemoryObjectStore(),
    journalBucket: new MemoryObjectStore(),
  };

  constructor(defaults?: System['defaults']) {
    this.defaults = defaults;
  }

  async openState(): Promise<MemoryStateStore> {
    return this.state;
  }

  async openUsers(): Promise<MemoryUserStore> {
    return this.users;
  }

  async openTransactions(): Promise<MemoryTransactionStore> {
    return this.transactions;
  }

  async train(): Promise<unknown> {
    return this.trained;
  }

  async callFunction(name: string, event: unknown): Promise<unknown> {
    return this.onCall(name, event);
  }

  async openBucket(name: BucketName): Promise<MemoryObjectStore> {
    return this.buckets[name];
  }

  async openStream(): Promise<MemoryEventStream> {
    return this.stream;
  }

  async describeStream(): Promise<{ readonly status: string; readonly shards: number }> {
    return { status: 'ACTIVE', shards: 1 };
  }

  async openBatchStream(): Promise<MemoryEventStream> {
    return this.stream;
  }

  /** Has something committed to a network, which by that there is. */
  async commit(name: string, change: Partial<Head> = {}): Promise<void> {
    const network = name as NetworkName;
    const head = (await this.state.readHead(network)) ?? newHead(network, { degrees: 3, tracked: 50 }, 60);
    await this.state.writeHead(nextHead(head, '~token', change));
  }

  /** Puts the object of a commit that flagged something. */
  async flag(
    name: string,
    at: { readonly load: number; readonly version: number; readonly lines: string },
  ): Promise<void> {
    await this.buckets.outputBucket.put(flaggedKey(name as NetworkName, at.load, at.version), at.lines);
  }
}
