import { describe, expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { MemoryUserStore } from '../../../lib/adapters/transactions/memory-user-store.ts';
import { rebuildProfiles } from '../../../lib/adapters/transactions/rebuild-profiles.ts';
import { TransactionLedger } from '../../../lib/adapters/transactions/transaction-ledger.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { readTransactions } from '../../../lib/core/transactions-cloud/transaction-lines.ts';
import { counting, faultAlways, faultAt, faulty, NO_FAULTS, type FaultPlan } from '../../cloud/faults.ts';
import { textsOf } from '../../cloud/memory-cloud.ts';
import { ANN, HOUR_MS, NOON, STRICT, transactionText } from '../../core/transactions-cloud/sample-transactions.ts';

const BEN = 'ben' as UserId;

class Cloud {
  readonly users = new MemoryUserStore();
  readonly transactions = new MemoryTransactionStore();
  readonly output = new MemoryObjectStore();
  slept = 0;

  start(faults: FaultPlan = NO_FAULTS, mostUsers = 1000): TransactionLedger {
    const stores = {
      users: faulty('users', this.users, faults),
      transactions: faulty('transactions', this.transactions, faults),
      output: faulty('output', this.output, faults),
    };
    const sleep = async (): Promise<void> => void this.slept++;
    const times = { now: () => NOON + 5000, sleep, retentionMs: 24 * HOUR_MS, keptMs: 90 * 24 * HOUR_MS };
    return new TransactionLedger({ ...times, stores, mostUsers });
  }

  async endState(): Promise<object> {
    const page = await this.transactions.list({ list: { of: 'all' }, limit: 1000 });
    return {
      heads: Object.fromEntries(await this.users.readUsers([ANN, BEN])),
      transactions: page.transactions,
      output: await textsOf(this.output),
    };
  }
}

function linesOf(...texts: readonly string[]) {
  const records = texts.map((text, index) => {
    return { shard: 's1', sequenceNumber: String(100 + index), at: NOON, data: Buffer.from(text) };
  });
  return readTransactions(records).byUser;
}

const TEXTS = [
  transactionText('a'),
  transactionText('b', { user_id: 'ben', amount: '1000' }),
  transactionText('a'),
  transactionText('c', { amount: '2000' }),
  transactionText('c', { user_id: 'ben' }),
];

describe('a ledger', () => {
  test('applies each line once, and tells what became of them', async () => {
    const cloud = new Cloud();
    const ledger = cloud.start();
    const { outcomes, ...applied } = await ledger.apply(linesOf(...TEXTS), STRICT);
    const counts = { transactions: 3, anomalies: 2, duplicates: 1, rejected: 1, conflicts: 0, usersRead: 2 };
    expect(applied).toEqual({ ...counts, failed: new Map() });
    expect([...outcomes.values()]).toEqual(['normal', 'nothing', 'anomaly', 'anomaly', 'rejected']);
    const end = await cloud.endState();
    for (const again of [ledger, cloud.start()]) {
      const repeated = await again.apply(linesOf(...TEXTS), STRICT);
      expect(repeated).toMatchObject({ transactions: 0, duplicates: 0, outcomes: new Map() });
    }
    expect(await cloud.endState()).toEqual(end);
    expect(Object.keys(await textsOf(cloud.output))).toHaveLength(3);
  });

  test('asks little of the stores while it is warm', async () => {
    const counts = counting();
    const ledger = new Cloud().start(counts);
    await ledger.apply(linesOf(...TEXTS), STRICT);
    const { ...first } = counts.calls;
    await ledger.apply(linesOf(...TEXTS, transactionText('d')), STRICT);
    expect(counts.calls).toEqual({
      ...first,
      'transactions.readOwners': first['transactions.readOwners']! + 1,
      'users.writeUser': first['users.writeUser']! + 1,
      'transactions.write': first['transactions.write']! + 1,
    });
  });

  test.each(['before', 'after', 'denied'] as const)('ends the same where any call fails: %s', async (fault) => {
    const undisturbed = new Cloud();
    await undisturbed.start().apply(linesOf(...TEXTS), STRICT);
    const end = await undisturbed.endState();
    for (let call = 1; ; call++) {
      const cloud = new Cloud();
      const plan = faultAt(call, fault);
      // A read cannot be denied.
      const reads = /read|list/;
      const disturbed = cloud.start((name) => (fault === 'denied' && reads.test(name) ? undefined : plan(name)));
      await disturbed.apply(linesOf(...TEXTS), STRICT);
      if (!plan.hasCome()) break;
      for (const ledger of [disturbed, cloud.start()]) await ledger.apply(linesOf(...TEXTS), STRICT);
      expect(await cloud.endState(), `call ${call}`).toEqual(end);
    }
  });

  test('fails a user alone whose commit fails, and goes on with the others', async () => {
    const cloud = new Cloud();
    const writeUser = cloud.users.writeUser.bind(cloud.users);
    cloud.users.writeUser = async (head) => {
      if (head.user === BEN) throw new Error('no');
      return writeUser(head);
    };
    const { failed, transactions } = await cloud.start().apply(linesOf(...TEXTS), STRICT);
    expect([...failed.keys()]).toEqual([BEN]);
    expect(transactions).toBe(2);
  });

  test('gives up where others are always first, and forgets users where there are too many', async () => {
    const cloud = new Cloud();
    const { failed, conflicts } = await cloud
      .start(faultAlways('users.writeUser', 'denied'))
      .apply(linesOf(...TEXTS), STRICT);
    // The first attempt has in fact been made, so that nothing is left to do.
    expect([failed.size, conflicts]).toEqual([0, 2]);
    const stuck = new Cloud();
    stuck.users.writeUser = async () => false;
    const given = await stuck.start(NO_FAULTS, 0).apply(linesOf(...TEXTS), STRICT);
    expect([given.failed.size, given.conflicts]).toEqual([2, 42]);
    expect(stuck.slept).toBeGreaterThan(10);
  });
});

describe('profiles', () => {
  test('are rebuilt as they were, each as a commit', async () => {
    const cloud = new Cloud();
    await cloud.start().apply(linesOf(...TEXTS), STRICT);
    const before = await cloud.users.readUsers([ANN, BEN]);
    await cloud.users.writeUser({ ...before.get(ANN)!, version: 2, profile: undefined, commit: undefined });
    const outcomes: string[] = [];
    const options = { stores: cloud, now: () => NOON + 6000, sleep: async () => {} };
    const counts = await rebuildProfiles({ ...options, onUser: (outcome) => void outcomes.push(outcome) });
    expect(counts).toEqual({ rebuilt: 2, nothing: 0, busy: 0 });
    expect(outcomes).toEqual(['rebuilt', 'rebuilt']);
    const after = await cloud.users.readUsers([ANN, BEN]);
    for (const user of [ANN, BEN]) expect(after.get(user)?.profile).toEqual(before.get(user)?.profile);
    expect([after.get(ANN)?.version, after.get(BEN)?.version]).toEqual([3, 2]);
  });

  test('of users that never rest, or of whom nothing is left, stay as they are', async () => {
    const cloud = new Cloud();
    await cloud.start().apply(linesOf(...TEXTS), STRICT);
    const writeUser = cloud.users.writeUser.bind(cloud.users);
    cloud.users.writeUser = async (head) => head.user !== ANN && writeUser(head);
    const options = { stores: cloud, now: () => NOON + 6000, sleep: async () => {} };
    expect(await rebuildProfiles(options)).toEqual({ rebuilt: 1, nothing: 0, busy: 1 });
    const later = { ...options, now: () => NOON + 91 * 24 * HOUR_MS };
    expect(await rebuildProfiles(later)).toEqual({ rebuilt: 0, nothing: 2, busy: 0 });
  });
});

describe('transactions that were given up', () => {
  const putBack = { judge: STRICT, isDryRun: false };

  test('are put back though the positions are beyond them, unless they are stored', async () => {
    const cloud = new Cloud();
    const ledger = cloud.start();
    const all = linesOf(...TEXTS);
    const last = linesOf('', '', '', '', '', transactionText('z'));
    await ledger.apply(linesOf(transactionText('a')), STRICT);
    await ledger.apply(last, STRICT);
    expect(await ledger.redrive(all, putBack)).toMatchObject({ putBack: 3, applied: 2, unknown: 0, failed: [] });
    const end = await cloud.endState();
    expect(await cloud.start().redrive(linesOf(...TEXTS.slice(0, 4)), putBack)).toMatchObject({
      putBack: 0,
      applied: 4,
    });
    expect(await cloud.endState()).toEqual(end);
  });

  test('are only looked at by a dry run', async () => {
    const cloud = new Cloud();
    const before = await cloud.endState();
    const told = await cloud.start().redrive(linesOf(...TEXTS), { judge: STRICT, isDryRun: true });
    expect(told).toMatchObject({ putBack: 5, applied: 0, outcomes: [] });
    expect(await cloud.endState()).toEqual(before);
  });
});
