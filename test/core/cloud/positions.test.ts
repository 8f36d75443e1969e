import { describe, expect, test } from 'vitest';
import { newHead } from '../../../lib/core/cloud/commits.ts';
import { encodeHead } from '../../../lib/core/cloud/head-codec.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { advancePositions, isApplied, MOST_SOURCES, nextLineOf } from '../../../lib/core/cloud/positions.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NOW = 1_500_000_000_000;

function headWith(positions: Partial<Pick<Head, 'shards' | 'sources'>>): Head {
  return { ...newHead(DEFAULT_NETWORK, { degrees: 1, tracked: 2 }, 2), ...positions };
}

describe('the position of a shard', () => {
  test('says which records have been applied, by the number, not by the text', () => {
    const head = headWith({ shards: { s: { sequenceNumber: '1000', at: NOW } } });
    expect(['999', '1000', '1001'].map((number) => isApplied(head, 's', number))).toEqual([true, true, false]);
    expect(isApplied(head, 't', '1')).toBe(false);
  });

  test('moves on with its shard and leaves the others where they are', () => {
    const head = headWith({ shards: { s: { sequenceNumber: '5', at: NOW }, t: { sequenceNumber: '7', at: NOW } } });
    const shards = { s: { sequenceNumber: '6', at: NOW + 1 } };
    expect(advancePositions(head, { shards, sources: {}, retentionMs: DAY }).shards).toEqual({
      s: { sequenceNumber: '6', at: NOW + 1 },
      t: { sequenceNumber: '7', at: NOW },
    });
  });

  test('is dropped when the shard has been silent for twice as long as the stream keeps records', () => {
    const old = { sequenceNumber: '5', at: NOW - 2 * DAY };
    const head = headWith({ shards: { old, older: { ...old, at: old.at - 1 } } });
    const shards = { s: { sequenceNumber: '1', at: NOW } };
    expect(advancePositions(head, { shards, sources: {}, retentionMs: DAY }).shards).toEqual({ old, ...shards });
  });

  test('is dropped by the time of the newest record, where others of the batch are behind', () => {
    const older = { sequenceNumber: '5', at: NOW - 2 * DAY - 1 };
    const shards = { s: { sequenceNumber: '1', at: NOW }, behind: { sequenceNumber: '1', at: NOW - DAY } };
    const advanced = advancePositions(headWith({ shards: { older } }), { shards, sources: {}, retentionMs: DAY });
    expect(advanced.shards).toEqual(shards);
  });
});

describe('the position of a source', () => {
  const shards = { s: { sequenceNumber: '1', at: NOW } };

  test('is its first line before anything of it has been applied', () => {
    const head = headWith({ sources: { a: { next: 120, at: NOW } } });
    expect([nextLineOf(head, 'a'), nextLineOf(head, 'b'), nextLineOf(head, 'constructor')]).toEqual([120, 0, 0]);
  });

  test('is dropped when the source has been silent for a day, and its shard cannot be further behind', () => {
    const [old, older] = [NOW - 2 * DAY, NOW - 2 * DAY - 1];
    const head = headWith({ sources: { old: { next: 1, at: old }, older: { next: 2, at: older } } });
    const sources = { a: { next: 3, at: NOW } };
    expect(Object.keys(advancePositions(head, { shards, sources, retentionMs: DAY }).sources)).toEqual(['a', 'old']);
  });

  test('is dropped when as many others as a head has room for have spoken later', () => {
    const sources = Object.fromEntries(
      Array.from({ length: MOST_SOURCES + 16 }, (_, at) => [`s${at}`, { next: 1, at: NOW + at }]),
    );
    const kept = advancePositions(headWith({ sources }), { shards, sources: {}, retentionMs: DAY }).sources;
    expect(Object.keys(kept).toSorted()).toEqual(Object.keys(sources).slice(16).toSorted());
  });

  test('leaves room for the rest of the head, though all have the longest names', () => {
    const sources = Object.fromEntries(
      Array.from({ length: MOST_SOURCES }, (_, at) => [
        `${at}`.padEnd(128, '\u0001'),
        { next: Number.MAX_SAFE_INTEGER, at: NOW },
      ]),
    );
    expect(Buffer.byteLength(encodeHead(headWith({ sources })))).toBeLessThan(350 * 1024);
  });
});
