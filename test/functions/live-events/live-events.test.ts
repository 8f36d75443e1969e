import { describe, expect, test } from 'vitest';
import { faultAlways, faultOnce } from '../../cloud/faults.ts';
import { DEFAULTS, MemoryCloud, textsOf } from '../../cloud/memory-cloud.ts';
import { buys, detect, recordsOf, sampleLines, SHARD, USERS, type TestRecord } from '../../cloud/sample-events.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { startLiveEvents } from './live-events-setup.ts';

const SHOP = 'shop' as NetworkName;
const LINES = sampleLines(60);
const EXPECTED = detect({ parameters: DEFAULTS }, LINES);

const NO_FAILURES = { batchItemFailures: [] };

function envelope(fields: object): string {
  return JSON.stringify({ source: 'log', offset: 0, ...fields });
}

/** A record of a producer that numbers its lines. */
function put(sequenceNumber: number, from: number, to: number): TestRecord {
  return { sequenceNumber, lines: [envelope({ offset: from }), ...LINES.slice(from, to)] };
}

describe('batches of the stream', () => {
  test('are judged as detect judges their lines, however they are cut, warm or cold', async () => {
    expect(EXPECTED.flagged.split('\n').length).toBeGreaterThan(5);
    for (const size of [1, 4, 60]) {
      for (const isWarm of [true, false]) {
        const cloud = new MemoryCloud();
        const warm = startLiveEvents(cloud);
        for (let first = 0; first < 60; first += size) {
          const { handle } = isWarm ? warm : startLiveEvents(cloud);
          expect(await handle(recordsOf(LINES).slice(first, first + size))).toEqual(NO_FAILURES);
        }
        expect(await cloud.flagged()).toBe(EXPECTED.flagged);
        expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
      }
    }
  });

  test('say how much they held', async () => {
    const { handle, applied } = startLiveEvents(new MemoryCloud());
    await handle([{ sequenceNumber: 1, lines: ['broken', ...LINES, ''] }]);
    const flagged = EXPECTED.flagged.split('\n').length - 1;
    const commit = { version: 1, load: 0, sourceCovers: [] };
    const counts = { events: 60, flagged, rejected: 1, conflicts: 0, usersRead: 5 };
    expect(applied).toEqual([{ network: 'default', ...counts, commit }]);
  });

  test('are applied once, though they are delivered again: as they were, cut differently, or in part', async () => {
    const cloud = new MemoryCloud();
    const { handle } = startLiveEvents(cloud);
    const records = recordsOf(LINES);
    await handle(records.slice(0, 20));
    await handle(records.slice(0, 20));
    await handle(records.slice(10, 30));
    await startLiveEvents(cloud).handle(records.slice(15, 60));
    await handle(records);
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
    expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
  });

  test('leave no commit behind if they hold nothing new, or nothing at all', async () => {
    const cloud = new MemoryCloud();
    const { handle, applied } = startLiveEvents(cloud);
    await handle(recordsOf(LINES));
    await handle(recordsOf(LINES));
    expect(await handle([{ sequenceNumber: 900, lines: ['', ' '] }])).toEqual(NO_FAILURES);
    expect(await handle([])).toEqual(NO_FAILURES);
    expect((await cloud.head()).version).toBe(1);
    expect(applied[1]).toMatchObject({ events: 0, flagged: 0, rejected: 0 });
  });

  test('hold each line of a source once, however often the producer has put it', async () => {
    const cloud = new MemoryCloud();
    const { handle } = startLiveEvents(cloud);
    await handle([put(1, 0, 20), put(2, 0, 20)]);
    await handle([put(3, 10, 40)]);
    await startLiveEvents(cloud).handle([put(4, 0, 40), put(5, 40, 60), put(6, 40, 60)]);
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
    expect(await cloud.users(USERS)).toEqual(EXPECTED.users);
  });

  test('of several shards are applied once each, in the order in which they come', async () => {
    const cloud = new MemoryCloud();
    const { handle } = startLiveEvents(cloud);
    const one = recordsOf(LINES.slice(0, 30));
    const other = recordsOf(LINES.slice(30), { shard: 'shardId-000000000001' });
    await handle(one.slice(0, 20));
    await handle(other.slice(0, 20));
    await handle(one);
    await handle(other);
    const committed = [...LINES.slice(0, 20), ...LINES.slice(30, 50), ...LINES.slice(20, 30), ...LINES.slice(50)];
    expect(await cloud.flagged()).toBe(detect({ parameters: DEFAULTS }, committed).flagged);
  });

  test('keep networks apart, named by the line, else by the envelope, else the default one', async () => {
    const cloud = new MemoryCloud();
    const { handle, applied } = startLiveEvents(cloud);
    await handle([
      { sequenceNumber: 1, lines: [envelope({ network: 'shop' }), buys('ann', '1'), buys('ben', '2', 'club')] },
      { sequenceNumber: 2, lines: [buys('clo', '3'), buys('dan', '4', 'shop')] },
    ]);
    expect(applied.map(({ network, events }) => [network, events])).toEqual([
      ['shop', 2],
      ['club', 1],
      ['default', 1],
    ]);
    expect((await cloud.users(USERS, SHOP)).map(({ id }) => id)).toEqual(['ann', 'dan']);
    expect((await cloud.users(USERS)).map(({ id }) => id)).toEqual(['clo']);
  });

  test('hold as many networks in memory as there is room for, and judge the same without', async () => {
    const cloud = new MemoryCloud();
    const { handle } = startLiveEvents(cloud, { mostUsers: 1 });
    const named = LINES.flatMap((line) => [line, line.replace('{', '{"network":"shop",')]);
    for (const record of recordsOf(named, { linesPerRecord: 6 })) await handle([record]);
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
    expect((await cloud.flagged(SHOP)).replaceAll('"network":"shop",', '')).toBe(EXPECTED.flagged);
  });
});

describe('what is wrong in a batch', () => {
  test('is rejected with the reason, the line and where it came from, and stops nothing', async () => {
    const cloud = new MemoryCloud();
    const { handle } = startLiveEvents(cloud);
    const long = 'x'.repeat(1025);
    const lines = [
      buys('ann', '-5'),
      buys('ann', '5'),
      buys('ann', '5', 'a/b'),
      buys(long, '5'),
      '{"event_type":"like"}',
    ];
    expect(await handle([{ sequenceNumber: 7, lines }])).toEqual(NO_FAILURES);

    const written = (await textsOf(cloud.output))['rejected/network=default/000000000001.json']!;
    const rejected = written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rejected).toEqual(
      [1, 3, 4, 5].map((number) => ({
        reason: expect.any(String) as string,
        line: lines[number - 1],
        shard: SHARD,
        sequence_number: '7',
        line_number: number,
      })),
    );
    expect(rejected.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('amount'),
      'network must be 1 to 64 letters, digits, ".", "_" or "-" (given "a/b")',
      expect.stringContaining('an id must be at most 1024 bytes long'),
      expect.stringContaining('like'),
    ]);
    expect((await cloud.users(USERS)).map(({ purchases }) => purchases.length)).toEqual([1]);
  });

  test('is rejected byte for byte once, though the record is no text', async () => {
    const cloud = new MemoryCloud();
    const { handle } = startLiveEvents(cloud);
    const record = { sequenceNumber: 1, lines: Uint8Array.from([0xff, 0xfe, 10, 0x7b]) };
    await handle([record]);
    await handle([record]);
    const texts = Object.values(await textsOf(cloud.output, 'rejected/'));
    expect(texts).toHaveLength(1);
    expect(texts[0]!.split('\n')).toHaveLength(3);
  });
});

describe('when something fails', () => {
  test('the batch comes again from the first record of the network that failed; the other networks go on', async () => {
    const cloud = new MemoryCloud();
    const faults = faultOnce('journal.put', 'before');
    const { handle, applied, failures } = startLiveEvents(cloud, { faults });
    const records = [
      { sequenceNumber: 1, lines: [buys('eve', '1', 'club')] },
      { sequenceNumber: 2, lines: [buys('ann', '1', 'shop')] },
      { sequenceNumber: 3, lines: [buys('ben', '1', 'club')] },
      { sequenceNumber: 4, lines: [buys('ann', '2', 'shop')] },
    ];
    // The club commits first, and fails.
    expect(await handle(records)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(applied.map(({ network }) => network)).toEqual(['shop']);
    expect(failures).toHaveLength(1);

    await handle(records);
    expect((await cloud.users(USERS, SHOP)).map(({ purchases }) => purchases.length)).toEqual([2]);
    expect((await cloud.users(USERS, 'club' as NetworkName)).map(({ id }) => id)).toEqual(['ben', 'eve']);
  });

  test('records before those of the network that failed need not come again', async () => {
    const faults = faultAlways('state.readHead', 'before');
    const cloud = new MemoryCloud();
    const healthy = startLiveEvents(cloud);
    const records = [
      { sequenceNumber: 1, lines: [''] },
      { sequenceNumber: 2, lines: [buys('ann', '1')] },
    ];
    expect(await startLiveEvents(cloud, { faults }).handle(records)).toEqual({
      batchItemFailures: [{ itemIdentifier: '2' }],
    });
    expect(await healthy.handle(records)).toEqual(NO_FAILURES);
  });

  test('what was applied in memory and not committed is forgotten', async () => {
    const cloud = new MemoryCloud();
    const warm = startLiveEvents(cloud, { faults: faultOnce('state.writeHead', 'before') });
    const records = recordsOf(LINES);
    expect(await warm.handle(records.slice(0, 20))).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
    // The retry is cut differently: had the memory stayed, these would be judged on events that come after them.
    for (const record of records) await warm.handle([record]);
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
  });

  test.each(['after', 'denied'] as const)('a lost reply of the commit is settled by reading: %s', async (fault) => {
    const cloud = new MemoryCloud();
    const { handle, applied } = startLiveEvents(cloud, { faults: faultOnce('state.writeHead', fault) });
    expect(await handle(recordsOf(LINES))).toEqual(NO_FAILURES);
    expect(applied).toMatchObject([{ events: 60, conflicts: 0 }]);
    expect(await cloud.flagged()).toBe(EXPECTED.flagged);
  });

  test.each(['output.put', 'state.writeFlags'])(
    'what a commit has to tell is written by whoever comes next: %s',
    async (call) => {
      const cloud = new MemoryCloud();
      const failing = startLiveEvents(cloud, { faults: faultOnce(call, 'before') });
      await failing.handle([{ sequenceNumber: 1, lines: [...LINES, 'broken'] }]);
      expect(failing.failures).toHaveLength(1);

      await startLiveEvents(cloud).handle([{ sequenceNumber: 2, lines: [buys('ann', '1')] }]);
      expect(await cloud.flagged()).toBe(EXPECTED.flagged);
      expect(Object.keys(await textsOf(cloud.output, 'rejected/'))).toHaveLength(1);
      expect(await cloud.state.readFlags((await cloud.head()).network, 100)).toHaveLength(
        EXPECTED.flagged.split('\n').length - 1,
      );
    },
  );
});
