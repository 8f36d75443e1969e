import { describe, expect, test } from 'vitest';
import { newHead } from '../../../../lib/core/cloud/commits.ts';
import type { Head } from '../../../../lib/core/cloud/head.ts';
import type { ArrivedRecord } from '../../../../lib/core/cloud/records-by-network.ts';
import { placesIn, selectGivenUp } from '../../../../lib/core/cloud/redrive/select-given-up.ts';
import { Verdicts, type Verdict } from '../../../../lib/core/cloud/redrive/verdicts.ts';
import { DEFAULT_NETWORK } from '../../../../lib/core/network/network-name.ts';
import { buys, streamRecord } from '../stream-records.ts';

const HEAD = newHead(DEFAULT_NETWORK, { degrees: 1, tracked: 2 }, 2);

function numbered(sequenceNumber: number, offset: number, ...users: string[]): ArrivedRecord {
  return streamRecord(sequenceNumber, [JSON.stringify({ source: 'log', offset }), ...users.map((user) => buys(user))]);
}

interface Told {
  readonly records?: Readonly<Record<number, Verdict>>;
  readonly lines?: Readonly<Record<number, Verdict>>;
  readonly head?: Partial<Head>;
}

function select(given: readonly ArrivedRecord[], { records = {}, lines = {}, head }: Told = {}) {
  const verdicts = new Verdicts();
  for (const { lane, places } of placesIn(given)) {
    const told = lane.kind === 'shard' ? records : lines;
    for (const { number } of places) verdicts.set(lane, number, told[Number(number)] ?? 'left');
  }
  const { selection, ...counts } = selectGivenUp({ ...HEAD, ...head }, given, verdicts);
  const users = selection.lines.map(({ line: { parsed } }) =>
    parsed.ok && parsed.value.type === 'purchase' ? parsed.value.user : '?',
  );
  return { selection, counts, users };
}

describe('the places to look up', () => {
  test('are the records of the shard and the numbered lines of each source, in order', () => {
    expect(placesIn([numbered(2, 10, 'a', 'b'), streamRecord(3, [buys('c')]), numbered(4, 0, 'd')])).toEqual([
      { lane: { kind: 'shard', name: 's' }, places: [2n, 3n, 4n].map((number) => placeAt(number, number)) },
      {
        lane: { kind: 'source', name: 'log' },
        places: [placeAt(0n, 4n), placeAt(10n, 2n), placeAt(11n, 2n)],
      },
    ]);
  });

  function placeAt(number: bigint, second: bigint) {
    return { number, at: 1_000 * Number(second) };
  }
});

describe('of a batch that was given up', () => {
  test('what is left is put back, in order, and what is applied is not', () => {
    const given = [1, 2, 3, 4].map((number) => streamRecord(number, [buys(`u${number}`)]));
    const { users, counts, selection } = select(given, { records: { 2: 'applied' } });
    expect(users).toEqual(['u1', 'u3', 'u4']);
    expect(counts).toEqual({ applied: 1, unknown: 0, deleted: 0 });
    expect(selection.redriven).toBe(true);
    expect(selection.covers).toEqual([{ shard: 's', first: '1', last: '4' }]);
  });

  test('a record of which nobody can tell is left alone, and no commit claims to cover it', () => {
    const given = [1, 2, 3].map((number) => streamRecord(number, [buys(`u${number}`)]));
    const { users, counts, selection } = select(given, { records: { 2: 'unknown' } });
    expect(users).toEqual(['u1', 'u3']);
    expect(counts).toEqual({ applied: 0, unknown: 1, deleted: 0 });
    expect(selection.covers).toEqual([
      { shard: 's', first: '1', last: '1' },
      { shard: 's', first: '3', last: '3' },
    ]);
  });

  test('a record is put back as a whole or not at all', () => {
    const { users, counts } = select([numbered(1, 10, 'a', 'b', 'c')], { lines: { 10: 'applied', 12: 'unknown' } });
    expect(users).toEqual([]);
    expect(counts).toEqual({ applied: 1, unknown: 2, deleted: 0 });
  });

  test('a line that its source had put again, and that came through, is not put back', () => {
    const { users, counts } = select([numbered(1, 10, 'a', 'b')], { lines: { 11: 'applied' } });
    expect(users).toEqual(['a']);
    expect(counts.applied).toBe(1);
  });

  test('a line that a commit passed over as put before is put back, if what had it before was given up', () => {
    const { users, counts } = select([numbered(1, 10, 'a', 'b')], {
      records: { 1: 'applied' },
      lines: { 11: 'applied' },
    });
    expect(users).toEqual(['a']);
    expect(counts).toEqual({ applied: 1, unknown: 0, deleted: 0 });
  });

  test('its record tells of a line of which its source does not', () => {
    const lines = { 10: 'unknown', 11: 'unknown' } as const;
    const given = [numbered(1, 10, 'a', 'b')];
    expect(select(given, { records: { 1: 'applied' }, lines }).counts.applied).toBe(2);
    expect(select(given, { lines }).counts.unknown).toBe(2);
  });

  test('of a line that its source had put twice the first is taken, and nothing between two gaps is claimed', () => {
    const given = [numbered(1, 10, 'a'), numbered(2, 12, 'c'), numbered(3, 10, 'a')];
    const { users, counts, selection } = select(given);
    expect(users).toEqual(['a', 'c']);
    expect(counts.applied).toBe(1);
    expect(selection.sourceCovers).toEqual([
      { source: 'log', first: 10, next: 11 },
      { source: 'log', first: 12, next: 13 },
      { source: 'log', first: 10, next: 11 },
    ]);
    expect(selection.sources).toEqual({ log: { next: 13, at: 2_000 } });
  });

  test('a line without a number has its record alone to go by', () => {
    const { offset: _, ...line } = numbered(1, 10, 'a').lines[0]!;
    const record = { ...numbered(1, 10, 'a'), lines: [line] };
    const { users, selection } = select([record]);
    expect(users).toEqual(['a']);
    expect(selection.sourceCovers).toEqual([]);
  });

  test('the positions go on to its last record, but never back', () => {
    const given = [numbered(4, 3, 'a'), numbered(5, 4, 'b')];
    expect(select(given).selection.shards).toEqual({ s: { sequenceNumber: '5', at: 5_000 } });
    const head = { shards: { s: { sequenceNumber: '9', at: 9 } }, sources: { log: { next: 50, at: 9 } } };
    expect(select(given, { head }).selection).toMatchObject({ shards: {}, sources: {} });
  });

  test('what was put before its network was deleted stays deleted', () => {
    const given = [1, 2].map((number) => streamRecord(number, [buys(`u${number}`)]));
    const { users, counts } = select(given, { head: { deleted: { version: 3, at: 2_000 } } });
    expect(users).toEqual(['u2']);
    expect(counts).toEqual({ applied: 0, unknown: 0, deleted: 1 });
  });

  test('nothing that nobody has looked up counts as known', () => {
    expect(new Verdicts().of({ kind: 'shard', name: 's' }, 1n)).toBe('unknown');
  });
});
