import { describe, expect, test } from 'vitest';
import { newHead } from '../../../lib/core/cloud/commits.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import type { ArrivedRecord } from '../../../lib/core/cloud/records-by-network.ts';
import { selectLines } from '../../../lib/core/cloud/select-lines.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { buys, streamRecord } from './stream-records.ts';

const NEW = newHead(DEFAULT_NETWORK, { degrees: 1, tracked: 2 }, 2);

function envelope(offset: number): string {
  return JSON.stringify({ source: 'log', offset });
}

function buyersOf(head: Head, records: readonly ArrivedRecord[]): string[] {
  return selectLines(head, records).lines.map(({ line: { parsed } }) =>
    parsed.ok && parsed.value.type === 'purchase' ? parsed.value.user : '?',
  );
}

describe('of the records of a batch', () => {
  test('those up to the position of their shard are left out', () => {
    const head = { ...NEW, shards: { s: { sequenceNumber: '2', at: 0 }, t: { sequenceNumber: '9', at: 0 } } };
    const records = [1, 2, 3, 10].map((number) => streamRecord(number, [buys(`u${number}`)]));
    expect(buyersOf(head, records)).toEqual(['u3', 'u10']);
  });

  test('the last of each shard is its next position, and all of them are covered', () => {
    const records = [
      streamRecord(3, [buys('a')], 's'),
      streamRecord(1, [buys('b')], 't'),
      streamRecord(4, [buys('c')], 's'),
    ];
    const { shards, covers } = selectLines(NEW, records);
    expect(shards).toEqual({ s: { sequenceNumber: '4', at: 4_000 }, t: { sequenceNumber: '1', at: 1_000 } });
    expect(covers).toEqual([
      { shard: 's', first: '3', last: '4' },
      { shard: 't', first: '1', last: '1' },
    ]);
  });
});

describe('of the lines of a source', () => {
  test('those that it has put before are left out', () => {
    const head = { ...NEW, sources: { log: { next: 2, at: 0 } } };
    const record = streamRecord(1, [envelope(1), buys('seen'), buys('new'), buys('newer')]);
    expect(buyersOf(head, [record])).toEqual(['new', 'newer']);
    expect(selectLines(head, [record]).sources).toEqual({ log: { next: 4, at: 1_000 } });
  });

  test('those that it puts twice within the batch are taken once', () => {
    const records = [
      streamRecord(1, [envelope(0), buys('a'), buys('b')]),
      streamRecord(2, [envelope(0), buys('a'), buys('b')]),
      streamRecord(3, [envelope(1), buys('b'), buys('c')]),
    ];
    expect(buyersOf(NEW, records)).toEqual(['a', 'b', 'c']);
    expect(selectLines(NEW, records).sources).toEqual({ log: { next: 3, at: 3_000 } });
  });

  test('bad ones count like others', () => {
    const records = [
      streamRecord(1, [envelope(0), 'no event', '', buys('a')]),
      streamRecord(2, [envelope(0), 'no event', '', buys('a')]),
    ];
    expect(buyersOf(NEW, records)).toEqual(['?', 'a']);
  });

  test('one without a number counts as new', () => {
    const { envelope: head } = streamRecord(1, [envelope(0)]);
    const unnumbered = { ...streamRecord(1, [buys('a')]), ...(head && { envelope: head }) };
    expect(buyersOf(NEW, [unnumbered])).toEqual(['a']);
  });

  test('all are taken where no envelope names it', () => {
    expect(buyersOf(NEW, [streamRecord(1, [buys('a')]), streamRecord(2, [buys('a')])])).toEqual(['a', 'a']);
  });
});
