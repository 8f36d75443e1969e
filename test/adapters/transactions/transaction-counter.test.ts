import { describe, expect, test } from 'vitest';
import { MemoryTallyStore } from '../../../lib/adapters/transactions/memory-tally-store.ts';
import { MemoryTransactionStore } from '../../../lib/adapters/transactions/memory-transaction-store.ts';
import { TransactionCounter, type AppliedLines } from '../../../lib/adapters/transactions/transaction-counter.ts';
import { originOf } from '../../../lib/core/transactions-cloud/line-origin.ts';
import { lineOf, NOON, storedOf } from '../../core/transactions-cloud/sample-transactions.ts';

const FIRST = lineOf('a', { sequenceNumber: '101' });
const DEAR = lineOf('b', { sequenceNumber: '102' }, { amount: '1000' });
const AGAIN = lineOf('a', { sequenceNumber: '103' });
const FOREIGN = lineOf('b', { sequenceNumber: '104' }, { user_id: 'ben' });
const LINES = [FIRST, DEAR, AGAIN, FOREIGN];
const OUTCOMES = new Map([
  [originOf(FIRST), 'normal'],
  [originOf(DEAR), 'anomaly'],
  [originOf(AGAIN), 'nothing'],
  [originOf(FOREIGN), 'rejected'],
] as const);
const BROKEN = { record: { shard: 's1', sequenceNumber: '105', at: NOON }, lines: [] as never[] };

function appliedNow(change: Partial<AppliedLines> = {}): AppliedLines {
  return { shard: 's1', lines: LINES, malformed: [], outcomes: OUTCOMES, ...change };
}

async function setup() {
  const tallies = new MemoryTallyStore();
  const transactions = new MemoryTransactionStore();
  await transactions.write(storedOf(FIRST, DEAR));
  const start = () => new TransactionCounter({ tallies, transactions, now: () => NOON + 500 });
  const counted = async () => {
    const { events, flagged, rejected } = (await tallies.read('s1'))?.tally ?? {};
    return [events, flagged, rejected];
  };
  return { tallies, start, counted };
}

describe('counting what a shard brings', () => {
  test('adds what became of its lines just now', async () => {
    const { tallies, start, counted } = await setup();
    await start().count(appliedNow());
    expect(await counted()).toEqual([2, 1, 1]);
    expect(await tallies.read('s1')).toMatchObject({ position: '104', tally: { latest: { appliedAt: NOON + 500 } } });
  });

  test('counts no line twice, warm or cold', async () => {
    const { start, counted } = await setup();
    const warm = start();
    for (const counter of [warm, warm, start()]) await counter.count(appliedNow());
    expect(await counted()).toEqual([2, 1, 1]);
  });

  test('tells by what is stored what became of lines that were applied before', async () => {
    const { start, counted } = await setup();
    await start().count(appliedNow({ outcomes: new Map() }));
    expect(await counted()).toEqual([2, 1, 1]);
  });

  test('leaves out what is not stored any more', async () => {
    const { start, counted } = await setup();
    await start().count(appliedNow({ lines: [lineOf('gone')], outcomes: new Map() }));
    expect(await counted()).toEqual([0, 0, 0]);
  });

  test('counts malformed lines as rejected, and goes on behind them', async () => {
    const { tallies, start } = await setup();
    const fault = { reason: 'no amount', text: '{}', shard: 's1', sequenceNumber: '105', line: 1 };
    await start().count(appliedNow({ lines: [], malformed: [{ ...BROKEN, lines: [fault, fault] }] }));
    expect(await tallies.read('s1')).toMatchObject({ position: '105', tally: { events: 0, rejected: 2 } });
  });

  test('asks for nothing and writes nothing where there is nothing to count', async () => {
    const { tallies, start } = await setup();
    await start().count(appliedNow({ lines: [] }));
    expect(await tallies.readAll()).toEqual([]);
  });

  test('starts again where somebody else was faster', async () => {
    const { tallies, start, counted } = await setup();
    const slow = start();
    await slow.count(appliedNow({ lines: [FIRST] }));
    await start().count(appliedNow({ lines: [FIRST, DEAR] }));
    await slow.count(appliedNow());
    expect(await counted()).toEqual([2, 1, 1]);
    tallies.write = async () => false;
    await expect(start().count(appliedNow({ lines: [lineOf('z', { sequenceNumber: '200' })] }))).rejects.toThrow(
      'others counted s1 first 20 times in a row',
    );
  });

  test('trusts nothing that it remembers once a write has failed', async () => {
    const { tallies, start, counted } = await setup();
    const counter = start();
    const write = tallies.write.bind(tallies);
    tallies.write = async (...given) => {
      await write(...given);
      throw new Error('the reply is lost');
    };
    await expect(counter.count(appliedNow({ lines: [FIRST] }))).rejects.toThrow('the reply is lost');
    tallies.write = write;
    await counter.count(appliedNow());
    expect(await counted()).toEqual([2, 1, 1]);
  });
});
