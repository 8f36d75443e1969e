import { isDeepStrictEqual } from 'node:util';
import { storedTransaction } from '../../../lib/adapters/transactions/transaction-item.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { Profile } from '../../../lib/core/transactions/profile.ts';
import type { StoredTransaction } from '../../../lib/core/transactions-cloud/stored-transaction.ts';
import { decodeUserHead } from '../../../lib/core/transactions-cloud/user-head-codec.ts';
import type { UserHead } from '../../../lib/core/transactions-cloud/user-head.ts';
import type { FoundTransactionFaults } from '../transactions/find-transaction-faults.ts';
import { JOURNAL_BUCKET, OUTPUT_BUCKET, PROFILE_TABLE, TRANSACTION_TABLE } from '../transactions/names.ts';
import { transactionsIn } from '../transactions/sent-lines.ts';
import type { TransactionWorld } from '../transactions/world.ts';

/**
 * Where batches are given up and put back, whatever came late: each transaction that was sent is stored once, each user has
 * learnt their own once, in the order in which they were judged, each anomaly is told once, and nothing is left to be put back.
 */
export function findRedrivenTransactionFaults(world: TransactionWorld): FoundTransactionFaults {
  const stored = world.dynamo.items(TRANSACTION_TABLE).map(storedTransaction);
  const heads = headsIn(world);
  const senders = sendersIn(world);
  // Two users who claim one id at the same moment can both be judged by it, and the table keeps one: that is as it is to be.
  const rivals = new Set([...senders.values()].filter(({ size }) => size > 1).flatMap((users) => [...users]));
  const faults = [
    ...(world.redriver?.faults ?? []),
    ...world.s3
      .objects(JOURNAL_BUCKET)
      .filter(({ key }) => key.startsWith('aws/lambda/'))
      .map(({ key }) => `${key} is not put back`),
    ...storedFaults(senders, stored),
    ...heads.filter(({ user }) => !rivals.has(user)).flatMap((head) => userFaults(head, stored)),
    ...anomalyFaults(world, stored, senders),
  ];
  return {
    faults,
    commits: heads.reduce((sum, { version }) => sum + version, 0),
    flags: stored.filter(({ judgement }) => judgement.isAnomaly).length,
  };
}

type Senders = ReadonlyMap<string, ReadonlySet<string>>;

/** Who has sent each id. */
function sendersIn({ kinesis }: TransactionWorld): Senders {
  const senders = new Map<string, Set<string>>();
  for (const { transaction } of kinesis.shards.flatMap(transactionsIn)) {
    if (transaction === undefined) continue;
    senders.set(transaction.id, new Set([...(senders.get(transaction.id) ?? []), transaction.user]));
  }
  return senders;
}

function storedFaults(senders: Senders, stored: readonly StoredTransaction[]): string[] {
  const known = new Map(stored.map(({ transaction }) => [transaction.id as string, transaction]));
  const missing = [...senders.keys()].filter((id) => !known.has(id)).map((id) => `${id} is not stored`);
  const strange = [...known]
    .filter(([id, { user }]) => senders.get(id)?.has(user) !== true)
    .map(([id, { user }]) => `${id} is stored for ${user}, who has not sent it`);
  return [...missing, ...strange];
}

function userFaults({ user, totals, profile }: UserHead, stored: readonly StoredTransaction[]): string[] {
  const own = stored
    .filter(({ transaction }) => transaction.user === user)
    .toSorted((one, other) => one.ordinal - other.ordinal);
  const learnt = Profile.empty();
  for (const { transaction, judgement } of own) learnt.learn(transaction, judgement);
  const anomalies = own.filter(({ judgement }) => judgement.isAnomaly).length;
  const isWhole = own.every(({ ordinal }, place) => ordinal === place);
  if (!isWhole) return [`${user} has the ordinals ${own.map(({ ordinal }) => ordinal).join(' ')}`];
  if (totals.transactions !== own.length || totals.anomalies !== anomalies) {
    return [`${user} has ${own.length} transactions, ${anomalies} anomalous; the head says ${JSON.stringify(totals)}`];
  }
  return isDeepStrictEqual(Profile.restore(profile ?? learnt.save()).save(), learnt.save())
    ? []
    : [`the profile of ${user} is not what its transactions teach`];
}

function anomalyFaults({ s3 }: TransactionWorld, stored: readonly StoredTransaction[], senders: Senders): string[] {
  const isOwn = (id: string): boolean => senders.get(id)?.size === 1;
  const told = s3
    .objects(OUTPUT_BUCKET)
    .filter(({ key }) => key.startsWith('anomalies/'))
    .flatMap(({ body }) => Buffer.from(body).toString().trim().split('\n'))
    .map((line) => (JSON.parse(line) as { transaction_id: string }).transaction_id)
    .filter(isOwn);
  const expected = stored
    .filter(({ judgement }) => judgement.isAnomaly)
    .map(({ transaction }) => transaction.id as string)
    .filter(isOwn);
  return isDeepStrictEqual(told.toSorted(), expected.toSorted())
    ? []
    : [`anomalies are told of ${told.toSorted().join(' ')}, and there are ${expected.toSorted().join(' ')}`];
}

function headsIn({ dynamo }: TransactionWorld): UserHead[] {
  return dynamo.items(PROFILE_TABLE).map((item) =>
    decodeUserHead({
      user: item['user_id']?.S as UserId,
      version: Number(item['v']?.N),
      profile: item['p']?.B,
      text: item['d']?.S ?? '',
    }),
  );
}
