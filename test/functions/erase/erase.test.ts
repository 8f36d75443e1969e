import { describe, expect, test } from 'vitest';
import { erase, type EraseEvent } from '../../../functions/erase/erase.ts';
import { LiveEvents } from '../../../functions/live-events/live-events.ts';
import { Eraser } from '../../../lib/adapters/erasure/eraser.ts';
import { MemoryErasureStore } from '../../../lib/adapters/erasure/memory-erasure-store.ts';
import { MemorySubscriptionStore } from '../../../lib/adapters/live/memory-subscription-store.ts';
import { MemorySeriesStore } from '../../../lib/adapters/series/memory-series-store.ts';
import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { MemoryUserStore } from '../../../lib/adapters/transactions/memory-user-store.ts';
import { flaggedKey } from '../../../lib/core/cloud/object-keys.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { storedIn } from '../../../lib/core/transactions-cloud/user-head.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { DAY, DEFAULTS, HOUR, MemoryCloud, textsOf } from '../../cloud/memory-cloud.ts';
import { committed, idOf, lineOf, NOON, storedOf } from '../../core/transactions-cloud/sample-transactions.ts';
import { befriend, buys, kinesisEvent } from '../../cloud/sample-events.ts';

const PLENTY_MS = 15 * 60 * 1000;
const SCHEDULED: EraseEvent = { source: 'aws.events' };
const ANN = { target: { user: 'ann' } };
const LINES = [befriend('ann', 'ben'), ...['10', '11', '10', '11'].map((amount) => buys('ann', amount)), 'bad "ann"'];

/** A stack in which ann and ben are friends, and ben has bought for more than ann does. */
async function startErase() {
  const cloud = new MemoryCloud();
  const erasures = new MemoryErasureStore();
  const live = new LiveEvents({
    ...cloud.start(),
    mostUsers: 1000,
    onApplied: () => undefined,
    onFailed: () => undefined,
  });
  await live.handle(kinesisEvent([{ sequenceNumber: 1, lines: [...LINES, buys('ben', '5000')] }]));
  const { output } = cloud;
  const ledger = { users: new MemoryUserStore(), transactions: new MemoryTransactionStore(), output };
  const others = { ledger, series: new MemorySeriesStore(), subscriptions: new MemorySubscriptionStore(), erasures };
  const start = (): Eraser => new Eraser({ ...cloud.start(), ...others, defaults: DEFAULTS, retentionMs: DAY });
  const { users, transactions } = ledger;
  const run = async (event: EraseEvent, remainingMs = PLENTY_MS) =>
    erase(event, () => remainingMs, { eraser: start(), now: () => cloud.now });
  return { cloud, erasures, users, transactions, run };
}

/** Whether an id stands in an object that a user's removal has to reach. */
async function objectsNaming(id: string, { output, journal }: MemoryCloud): Promise<string[]> {
  const texts = { ...(await textsOf(output)), ...(await textsOf(journal)) };
  return Object.keys(texts).filter((key) => texts[key]?.includes(id));
}

describe('a removal that is asked for', () => {
  test('is done, and told with the times when the rest goes', async () => {
    const { cloud, erasures, run } = await startErase();
    expect(await objectsNaming('ann', cloud)).not.toEqual([]);
    const askedAt = cloud.now;
    expect(await run(ANN)).toMatchObject({
      outcome: 'removed',
      removed: { 'objects of rejected lines': 1 },
      askedAt,
      streamUntil: askedAt + DAY,
      due: askedAt + HOUR,
    });
    expect(await objectsNaming('ann', cloud)).toEqual([]);
    expect(await cloud.users(['ben' as UserId])).toMatchObject([{ friends: [] }]);
    expect(await erasures.readAll()).toMatchObject([{ erasure: { passes: 1 } }]);
  });

  test('leaves of an object what is of others, and what is noted beside it', async () => {
    const { cloud, run } = await startErase();
    const key = flaggedKey(DEFAULT_NETWORK, 1, 0);
    const [anns, bens] = ['ann', 'ben'].map((id) => `${JSON.stringify({ event_type: 'purchase', id })}\n`);
    const notes = { contentType: 'application/x-ndjson', metadata: { request: 'r' } };
    await cloud.output.put(key, `${anns}${bens}`, notes);
    expect(await run(ANN)).toMatchObject({ removed: { 'flagged objects, in part': 1 } });
    expect(Buffer.from(await cloud.output.get(key)).toString()).toBe(bens);
    expect(await cloud.output.find(key)).toMatchObject({ metadata: notes.metadata });
  });

  test('goes on where time ran out, step by step, and counts all', async () => {
    const { cloud, erasures, run } = await startErase();
    const outcomes: string[] = [];
    const places = new Set<string | undefined>();
    let removed = {};
    do {
      const progress = await run(ANN, 1);
      outcomes.push(progress!.outcome);
      places.add((await erasures.readAll())[0]!.erasure.place?.step);
      ({ removed } = progress!);
    } while (outcomes.at(-1) === 'unfinished' && outcomes.length < 100);
    expect(outcomes.length).toBeGreaterThan(5);
    expect(places.size).toBe(outcomes.length);
    expect(outcomes.at(-1)).toBe('removed');
    expect(await objectsNaming('ann', cloud)).toEqual([]);
    const whole = await startErase();
    expect(removed).toEqual((await whole.run(ANN))!.removed);
  });

  test('takes the latest transactions, which no list may have yet, and leaves an id to whom it belongs', async () => {
    const { cloud, users, transactions, run } = await startErase();
    cloud.now = NOON + HOUR;
    const head = committed(lineOf('claimed'));
    const judged = storedIn(head.commit!).map(({ transaction }) => transaction.id);
    expect(judged).toEqual(['claimed']);
    const others = storedOf(lineOf('claimed', {}, { user_id: 'ben' }));
    expect(await users.writeUser(head)).toBe(true);
    await transactions.write([...storedOf(lineOf('own')), ...others]);
    expect((await run(ANN))!.removed).toMatchObject({ transactions: 1 });
    expect(await transactions.readOwners([idOf('own'), idOf('claimed')])).toEqual(new Map([['claimed', 'ben']]));
    const latest = await startErase();
    expect(await latest.users.writeUser(head)).toBe(true);
    await latest.transactions.write(storedIn(head.commit!));
    latest.transactions.list = async () => ({ transactions: [], cursor: undefined });
    expect((await latest.run(ANN))!.removed).toMatchObject({ transactions: 1 });
    expect(await latest.transactions.readOwners(judged)).toEqual(new Map());
  });

  test('answers in time for a connection that waits, and is not begun anew', async () => {
    const { cloud, erasures, run } = await startErase();
    const { now } = cloud;
    const eraser = {
      erase: async (_: unknown, isOutOfTime: () => boolean) => isOutOfTime(),
      eraseDue: async () => true,
    };
    const ends: unknown[] = [];
    for (const later of [0, 39_999, 40_000]) {
      let clock = now;
      const asked = { ...eraser, erase: async (_: unknown, isOver: () => boolean) => ((clock += later), isOver()) };
      ends.push(await erase(ANN, () => PLENTY_MS, { eraser: asked as never, now: () => clock }));
    }
    expect(ends).toEqual([false, false, true]);
    await run(ANN, 1);
    const [begun] = await erasures.readAll();
    cloud.now += HOUR;
    await run(ANN, 1);
    expect((await erasures.readAll())[0]!.erasure.askedAt).toBe(begun!.erasure.askedAt);
  });

  test.each([
    { target: {} },
    { target: { user: 'ann', client: 'till' } },
    { target: { network: 'a/b', user: 'ann' } },
    { target: 'ann' },
    { target: null },
  ])('of $target is refused, and nothing is removed', async ({ target }) => {
    const { cloud, erasures, run } = await startErase();
    const before = await objectsNaming('ann', cloud);
    await expect(run({ target })).rejects.toThrow('the target of a removal must be one of');
    expect([await objectsNaming('ann', cloud), await erasures.readAll()]).toEqual([before, []]);
  });
});

describe('the schedule', () => {
  test('removes nothing that nobody asked for', async () => {
    const { cloud, run } = await startErase();
    const before = await objectsNaming('ann', cloud);
    expect(await run(SCHEDULED)).toBeUndefined();
    expect(await objectsNaming('ann', cloud)).toEqual(before);
  });

  test('goes on with what was interrupted', async () => {
    const { cloud, erasures, run } = await startErase();
    await run(ANN, 1);
    expect(await objectsNaming('ann', cloud)).not.toEqual([]);
    await run(SCHEDULED);
    expect(await objectsNaming('ann', cloud)).toEqual([]);
    expect(await erasures.readAll()).toMatchObject([{ erasure: { passes: 1 } }]);
  });

  test('finds what was written late, and at last forgets whom it has removed', async () => {
    const { cloud, erasures, run } = await startErase();
    await run(ANN);
    const late = 'rejected/network=default/000000000001.json';
    await cloud.output.put(late, '{"reason":"bad","line":"ann"}\n');
    await run(SCHEDULED);
    expect(await objectsNaming('ann', cloud)).toEqual([late]);
    cloud.now += HOUR;
    await run(SCHEDULED);
    expect(await objectsNaming('ann', cloud)).toEqual([]);
    expect((await cloud.head()).forgotten).not.toEqual({});
    cloud.now += DAY;
    await run(SCHEDULED);
    expect(await erasures.readAll()).toEqual([]);
    expect((await cloud.head()).forgotten).toEqual({});
  });

  test('leaves the rest to the next time where time runs out', async () => {
    const { erasures, run } = await startErase();
    await run(ANN, 1);
    await run({ target: { client: 'till' } }, 1);
    await run(SCHEDULED, 1);
    const places = (await erasures.readAll()).map(({ erasure }) => erasure.place?.step);
    await run(SCHEDULED);
    expect(places).toHaveLength(2);
    expect(await erasures.readAll()).toMatchObject([{ erasure: { passes: 1 } }, { erasure: { passes: 1 } }]);
  });
});
