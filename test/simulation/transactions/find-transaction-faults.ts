import { isDeepStrictEqual } from 'node:util';
import { storedTransaction } from '../../../lib/adapters/transactions/transaction-item.ts';
import { decodeTally, type StoredTally } from '../../../lib/core/cloud/tally-codec.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { Model } from '../../../lib/core/transactions/model.ts';
import type { Transaction, TransactionId } from '../../../lib/core/transactions/transaction.ts';
import type { StoredTransaction } from '../../../lib/core/transactions-cloud/stored-transaction.ts';
import { decodeUserHead } from '../../../lib/core/transactions-cloud/user-head-codec.ts';
import { difference } from '../check/find-output-faults.ts';
import { expectedObjects } from './expected-objects.ts';
import { grouped } from './grouped.ts';
import { transactionsIn, type SentTransaction } from './sent-lines.ts';
import { plain, UserHistory, type PutHead } from './user-history.ts';
import { JOURNAL_BUCKET, OUTPUT_BUCKET, PROFILE_TABLE, STATE_TABLE, TRANSACTION_TABLE } from './names.ts';
import type { TransactionWorld } from './world.ts';

export interface FoundTransactionFaults {
  readonly faults: readonly string[];
  readonly commits: number;
  /** Anomalies. */
  readonly flags: number;
}

/** Compares what is there in the end with what ought to be, by the history that the users' commits tell. */
export function findTransactionFaults(world: TransactionWorld): FoundTransactionFaults {
  const heads = headsIn(world);
  const sent = new Map(world.kinesis.shards.map((shard) => [shard.id, transactionsIn(shard)]));
  const { mode, keptMs } = world.scenario;
  const modelOf = modelsIn(world);
  const users = new Set([
    ...heads.keys(),
    ...[...sent.values()].flat().flatMap(({ transaction }) => transaction?.user ?? []),
  ]);
  const histories = [...users].map((user) => {
    const storedForAnother = (id: TransactionId): number | undefined => firstStored(world, id, user);
    const history = new UserHistory({ user, sent, mode, keptMs, modelOf, storedForAnother });
    for (const head of heads.get(user) ?? []) history.commit(head);
    history.end();
    return history;
  });
  return {
    faults: [
      ...histories.flatMap(({ faults }) => faults),
      ...tableFaults(world, histories),
      ...modelFaults(world),
      ...tallyFaults(world, histories, [...sent.values()].flat()),
      ...outputFaults(world, histories, [...sent.values()].flat()),
    ],
    commits: [...heads.values()].flat().length,
    flags: histories.flatMap(({ told }) => told.flatMap(({ anomalies }) => anomalies)).length,
  };
}

function headsIn({ putItems }: TransactionWorld): Map<UserId, PutHead[]> {
  const heads = new Map<UserId, PutHead[]>();
  for (const { table, item, at } of putItems) {
    if (table !== PROFILE_TABLE) continue;
    const user = item['user_id']?.S as UserId;
    const text = item['d']?.S ?? '';
    const head = decodeUserHead({ user, version: Number(item['v']?.N), profile: item['p']?.B, text });
    heads.set(user, [...(heads.get(user) ?? []), { head, at }]);
  }
  return heads;
}

/** Models as they were put, whatever has become of them. */
function modelsIn({ putObjects }: TransactionWorld): (version: string) => Model | undefined {
  const models = new Map<string, Model>();
  return (version) => {
    const known = models.get(version);
    const put = putObjects.find(({ bucket, key }) => bucket === JOURNAL_BUCKET && key === `models/${version}.bin`);
    const model = known ?? (put && Model.restore(put.body));
    if (model !== undefined) models.set(version, model);
    return model;
  };
}

/** The list of models never goes back: each tells of all the models of the one before, except for those older than the oldest. */
function modelFaults({ putObjects }: TransactionWorld): string[] {
  const lists = putObjects.filter(({ key }) => key === 'models/current.json').map(({ body }) => versionsIn(body));
  return lists.flatMap((versions, index) => {
    const oldest = versions.at(-1) ?? '';
    const lost = (lists[index - 1] ?? []).filter((version) => version > oldest && !versions.includes(version));
    return lost.map((version) => `the model ${version} is no longer listed, and ${oldest} is`);
  });
}

function versionsIn(list: Uint8Array): string[] {
  const { models } = JSON.parse(Buffer.from(list).toString()) as { models: { version: string }[] };
  return models.map(({ version }) => version);
}

function firstStored({ putItems }: TransactionWorld, id: TransactionId, exceptFor: UserId): number | undefined {
  return putItems.find(
    ({ table, item }) =>
      table === TRANSACTION_TABLE && item['transaction_id']?.S === id && item['user_id']?.S !== exceptFor,
  )?.at;
}

/** Each accepted transaction is stored, as it was judged, until it expires; of one that two users have had, either's. */
function tableFaults({ dynamo, clock }: TransactionWorld, histories: readonly UserHistory[]): string[] {
  const accepted = grouped(
    histories.flatMap((history) => history.accepted),
    ({ transaction }) => transaction.id,
  );
  const faults: string[] = [];
  const stored = new Set<TransactionId>();
  for (const item of dynamo.items(TRANSACTION_TABLE)) {
    const found = storedTransaction(item);
    stored.add(found.transaction.id);
    const candidates = accepted.get(found.transaction.id) ?? [];
    if (candidates.some((one) => isDeepStrictEqual(comparable(one), comparable(found)))) continue;
    faults.push(
      `${found.transaction.id} is stored as ${JSON.stringify(plain(found))}, which nobody has judged: ${JSON.stringify(plain(candidates))}`,
    );
  }
  for (const [id, candidates] of accepted) {
    const isExpired = candidates.some(({ expiresAt }) => expiresAt <= clock.now);
    if (!stored.has(id) && !isExpired) faults.push(`${id} is not stored`);
  }
  return faults;
}

/** An expiry is told in whole seconds. */
function comparable(stored: StoredTransaction): unknown {
  return plain({ ...stored, expiresAt: Math.ceil(stored.expiresAt / 1000) });
}

/**
 * Each line is counted once. Where two users have sent an id, and one of their lines was applied by an invocation that died,
 * what is stored of the id in the end need not tell what had become of that line.
 */
function tallyFaults(
  { dynamo }: TransactionWorld,
  histories: readonly UserHistory[],
  sent: readonly SentTransaction[],
): string[] {
  const tallies = dynamo.items(STATE_TABLE).map(({ d }) => decodeTally(JSON.parse(d?.S ?? '') as StoredTally));
  const accepted = histories.flatMap((history) => history.accepted.map(({ transaction }) => transaction));
  const malformed = sent.filter(({ transaction }) => transaction === undefined).length;
  const senders = sent.flatMap(({ transaction }) => transaction ?? []);
  const expected = {
    events: [accepted.length, contestedAmong(accepted)],
    flagged: [sumOf(histories, ({ totals }) => totals.anomalies), contestedAmong(accepted)],
    rejected: [malformed + sumOf(histories, ({ totals }) => totals.foreign), contestedAmong(senders)],
  } as const;
  return (['events', 'flagged', 'rejected'] as const).flatMap((name) => {
    const counted = sumOf(tallies, (tally) => tally[name]);
    const [right, unclear] = expected[name];
    if (Math.abs(counted - right) <= unclear) return [];
    return [`${counted} ${name} are counted where there were ${right}`];
  });
}

/** How many of these have an id that several users have. */
function contestedAmong(transactions: readonly Transaction[]): number {
  const byId = [...grouped(transactions, ({ id }) => id).values()];
  const contested = byId.filter((same) => new Set(same.map(({ user }) => user)).size > 1);
  return contested.flat().length;
}

function sumOf<Value>(values: readonly Value[], count: (value: Value) => number): number {
  return values.reduce((sum, value) => sum + count(value), 0);
}

/** The objects are those of the history, and have never been anything else. */
function outputFaults(
  world: TransactionWorld,
  histories: readonly UserHistory[],
  sent: Parameters<typeof expectedObjects>[1],
): string[] {
  const expected = expectedObjects(histories, sent).toSorted();
  const now = world.s3.objects(OUTPUT_BUCKET).map(shownObject).toSorted();
  const ever = world.putObjects.filter(({ bucket }) => bucket === OUTPUT_BUCKET).map(shownObject);
  const strays = ever.filter((object) => !expected.includes(object));
  return [
    ...difference('objects', expected.join('\n'), now.join('\n')),
    ...strays.map((object) => `an object was something else for a while: ${object}`),
  ];
}

/** Without the user's hash, and without the reasons of rejections. */
function shownObject({ key, body }: { readonly key: string; readonly body: Uint8Array }): string {
  const lines = Buffer.from(body).toString().trimEnd().split('\n');
  const shown = lines.map((line) => {
    const fields = JSON.parse(line) as Record<string, unknown>;
    return key.startsWith('rejected/') ? Object.assign(fields, { reason: fields['reason'] !== '' }) : fields;
  });
  return `${key.replace(/-[0-9a-f]{16}-(\d+)\.json$/, '-USER-$1.json')} ${JSON.stringify(shown)}`;
}
