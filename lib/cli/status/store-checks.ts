import { countFailures, MOST_COUNTED } from '../../adapters/objects/count-failures.ts';
import { ModelStore, UnusableModel } from '../../adapters/transactions/model-store.ts';
import { formatTimestamp } from '../../core/events/timestamp.ts';
import { FAILURES_PREFIX } from '../../core/operations/failures.ts';
import type { Component } from '../../local/status.ts';
import type { BucketName, System } from '../connect/system.ts';
import { counted } from '../terminal/numbers.ts';
import { bad, checked, good, type Finding } from './check.ts';

type Check = (system: System, now: number) => Promise<Finding>;

/** What is asked of a system's stores, deployed or local, by the name of what answers. */
const CHECKS = {
  stream: async (system) => {
    const { status, shards } = await system.describeStream();
    const isAtWork = status === 'ACTIVE' || status === 'UPDATING';
    return (isAtWork ? good : bad)(`${system.resources.stream} is ${status}, ${counted(shards, 'shard')}`);
  },
  'input bucket': reachable('inputBucket'),
  'output bucket': reachable('outputBucket'),
  'journal bucket': reachable('journalBucket'),
  'state table': async (system) => {
    const networks = await (await system.openState()).listNetworks();
    return good(`${system.resources.stateTable} has ${counted(networks.length, 'network')}`);
  },
  'transaction table': async (system) => {
    const { transactions } = await (await system.openTransactions()).list({ list: { of: 'all' }, limit: 1 });
    const [newest] = transactions;
    const has = newest ? `transactions, the newest of ${formatTimestamp(newest.transaction.time)}` : 'no transactions';
    return good(`${system.resources.transactionTable} has ${has}`);
  },
  'profile table': async (system) => {
    // Whoever it is: what counts is that an answer comes.
    await (await system.openUsers()).readUsers(['nobody' as never]);
    return good(`${system.resources.profileTable} can be read`);
  },
  model: async (system, now) => {
    const models = new ModelStore(await system.openBucket('journalBucket'));
    const [newest] = await models.latest();
    if (newest === undefined) return good('none yet; habits alone decide');
    const fault = await models.read(newest).then(() => undefined, faultOf);
    const age = `${ageOf(now - Date.parse(newest.trainedAt))} old`;
    return fault === undefined ? good(age) : bad(`${fault}; the one before stays; flagstone train makes another`);
  },
  'given up on': async (system) => {
    const count = await countFailures(await system.openBucket('journalBucket'));
    if (count === 0) return good('nothing');
    const shown = count === MOST_COUNTED ? `${counted(count, 'event')} and more` : counted(count, 'event');
    const where = `${system.resources.journalBucket}/${FAILURES_PREFIX}`;
    return bad(`${shown} under ${where}; once the cause is mended, flagstone redrive puts them back`);
  },
} as const satisfies Readonly<Record<string, Check>>;

export function checkStores(system: System, now: number): Promise<Component[]> {
  return Promise.all(Object.entries<Check>(CHECKS).map(([name, check]) => checked(name, () => check(system, now))));
}

function reachable(name: BucketName): Check {
  return async (system) => {
    await (await system.openBucket(name)).find('any');
    return good(`${system.resources[name]} can be read`);
  };
}

function faultOf(error: unknown): string {
  if (error instanceof UnusableModel) return error.message;
  throw error;
}

const HOUR_MS = 3_600_000;

function ageOf(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR_MS);
  if (hours < 1) return 'less than an hour';
  return hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day');
}
