import { describe, expect, test } from 'vitest';
import { generationOf, loadOfGeneration, newHead, nextHead } from '../../../lib/core/cloud/commits.ts';
import {
  deletedHead,
  forgettingHead,
  forgettingOf,
  forgottenSince,
  isGone,
  movedPositions,
} from '../../../lib/core/cloud/deletions.ts';
import { isNews, type Drop } from '../../../lib/core/cloud/drop.ts';
import { emptyBody } from '../../../lib/core/cloud/commit-body.ts';
import { decodeHead, encodeHead } from '../../../lib/core/cloud/head-codec.ts';
import type { Head } from '../../../lib/core/cloud/head.ts';
import { selectLines } from '../../../lib/core/cloud/select-lines.ts';
import { canFollow, WorkingSet } from '../../../lib/core/cloud/working-set.ts';
import type { UserId } from '../../../lib/core/events/event.ts';
import { DEFAULT_NETWORK } from '../../../lib/core/network/network-name.ts';
import { nameOf } from '../../../lib/core/text/name-of.ts';
import { buys, streamRecord } from './stream-records.ts';

const [ANN, BEN] = ['ann', 'ben'] as [UserId, UserId];
const NEW = newHead(DEFAULT_NETWORK, { degrees: 1, tracked: 2 }, 2);
const USED: Head = {
  ...NEW,
  version: 7,
  load: 1,
  sequence: 40,
  shards: { s: { sequenceNumber: '2', at: 2_000 } },
  loaded: { 'batch_log.json': { sequencer: '1', at: 1_000, identity: 'x' } },
};

function deleted(now: number): Head {
  return nextHead(USED, '~t', deletedHead(USED, { now, token: 't' }));
}

function drop(at: number): Drop {
  return { key: 'batch_log.json', sequencer: '2', at };
}

function usersOf(head: Head, ...records: Parameters<typeof selectLines>[1][number][]): string[] {
  return selectLines(head, records).lines.map(({ line: { text } }) => (JSON.parse(text) as { id: string }).id);
}

describe('a deleted network', () => {
  test('begins anew, and keeps its version and its places in the stream', () => {
    const head = deleted(4_001);
    expect(head).toMatchObject({ version: 8, load: 3, sequence: 0, flushed: 8, loaded: {}, shards: USED.shards });
    expect(loadOfGeneration(head.generation)).toBe(3);
    expect(head.deleted).toEqual({ version: 8, at: 5_000 });
    expect(decodeHead(encodeHead(head))).toEqual(head);
  });

  test('takes nothing that was put, dropped, or put from a log that was dropped before', () => {
    const head = deleted(4_001);
    const from = (log: number): ReturnType<typeof streamRecord> =>
      streamRecord(9, [JSON.stringify({ source: `log ${log}`, offset: 0, dropped: log }), buys(`of ${log}`)]);
    expect(usersOf(head, streamRecord(4, [buys('old')]), streamRecord(5, [buys('new')]))).toEqual(['new']);
    expect(usersOf(head, from(4_000))).toEqual([]);
    expect(usersOf(head, from(5_000))).toEqual(['of 5000']);
    expect([4_000, 5_000].map((at) => isNews(head, drop(at)))).toEqual([false, true]);
  });

  test('was deleted after all that it had applied, whatever the clock says', () => {
    expect(deleted(100).deleted?.at).toBe(3_000);
  });

  test('is gone until something is committed to it that is more than a place in the stream', () => {
    const head = deleted(4_000);
    expect([USED, head, nextHead(head, 't', {})].map(isGone)).toEqual([false, true, false]);
    const moved = nextHead(head, 't', movedPositions(head));
    expect([isGone(moved), moved.deleted?.at]).toEqual([true, head.deleted?.at]);
    expect(movedPositions(USED)).toEqual({});
    expect(movedPositions(nextHead(head, 't', {}))).toEqual({});
  });
});

describe('a forgotten user', () => {
  const head = nextHead(USED, 't', forgettingHead(USED, ANN, 4_000));

  test('is known by a name that is not their id', () => {
    expect(forgettingOf(head, ANN)).toEqual({ version: 8, at: 4_000 });
    expect(forgettingOf(head, BEN)).toBeUndefined();
    expect(forgettingOf(USED, ANN)).toBeUndefined();
    expect(JSON.stringify(head)).not.toContain('ann');
    expect(nameOf(ANN)).toMatch(/^[\da-f]{16}$/);
    expect(decodeHead(encodeHead(head))).toEqual(head);
  });

  test('has no part in what was put before; others have', () => {
    const lines = (at: number): ReturnType<typeof streamRecord> => streamRecord(at, [buys(ANN), buys(BEN)]);
    expect(usersOf(head, lines(3), lines(4))).toEqual(['ben', 'ann', 'ben']);
    const bad = streamRecord(3, ['{"id":"ann"}']);
    expect(selectLines(head, [bad]).lines).toHaveLength(1);
  });

  test('is not loaded from logs of before', () => {
    expect(forgottenSince(head, [ANN, BEN], 3_999)).toEqual([ANN]);
    expect(forgottenSince(head, [ANN, BEN], 4_000)).toEqual([]);
    expect(forgottenSince(USED, [ANN, BEN], 0)).toEqual([]);
  });

  test('is in no memory that goes on from before', () => {
    const before = nextHead(USED, 'b', {});
    const [other, forgetful] = [{}, forgettingHead(before, ANN, 4_000)].map((change) => nextHead(before, 't', change));
    expect([other!, forgetful!].map((to) => canFollow(before, to))).toEqual([true, false]);
    expect(canFollow(forgetful!, nextHead(forgetful!, 'u', {}))).toBe(true);
    const body = emptyBody({ ...head, version: 8 });
    const memory = new WorkingSet(USED, []);
    memory.restore([ANN], new Map());
    expect(() => memory.follow(head, [{ ...body, forgets: ANN }])).toThrow(RangeError);
  });
});

test('a generation says which load it was begun for', () => {
  expect(['0', generationOf(12, 'ab')].map(loadOfGeneration)).toEqual([0, 12]);
});
