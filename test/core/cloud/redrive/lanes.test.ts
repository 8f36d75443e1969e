import { describe, expect, test } from 'vitest';
import { emptyBody, type CommitBody } from '../../../../lib/core/cloud/commit-body.ts';
import {
  beforeBodiesOf,
  bodyKey,
  redrivenKey,
  redrivenPrefix,
  redrivenStretch,
} from '../../../../lib/core/cloud/object-keys.ts';
import {
  includes,
  isPast,
  lanesIn,
  reachedIn,
  stretchesIn,
  type Lane,
  type Positions,
} from '../../../../lib/core/cloud/redrive/lanes.ts';
import type { NetworkName } from '../../../../lib/core/network/network-name.ts';

const HOUR = 60 * 60 * 1000;
const RETENTION = 24 * HOUR;
const SHARD: Lane = { kind: 'shard', name: 's' };
const SOURCE: Lane = { kind: 'source', name: 'log' };

const POSITIONS: Positions = {
  shards: { s: { sequenceNumber: '49590338271490256608559692538361571095921575989136588898', at: 0 } },
  sources: { log: { next: 12, at: 0 } },
};

describe('a place in a lane', () => {
  test('is past once the network has come to it, however long its number is', () => {
    const number = BigInt('49590338271490256608559692538361571095921575989136588898');
    expect(isPast(POSITIONS, { ...SHARD, number, at: 0 }, RETENTION)).toBe(true);
    expect(isPast(POSITIONS, { ...SHARD, number: number + 1n, at: 0 }, RETENTION)).toBe(false);
    expect(isPast(POSITIONS, { ...SOURCE, number: 11n, at: 0 }, RETENTION)).toBe(true);
    expect(isPast(POSITIONS, { ...SOURCE, number: 12n, at: 0 }, RETENTION)).toBe(false);
  });

  test('of a lane that is not listed is past once the lane would have been forgotten', () => {
    const seen = (at: number): Positions => ({ shards: { t: { sequenceNumber: '1', at } }, sources: {} });
    expect(isPast({ shards: {}, sources: {} }, { ...SHARD, number: 1n, at: 0 }, RETENTION)).toBe(false);
    for (const lane of [SHARD, SOURCE]) {
      expect(isPast(seen(48 * HOUR), { ...lane, number: 1n, at: 0 }, RETENTION)).toBe(false);
      expect(isPast(seen(48 * HOUR + 1), { ...lane, number: 1n, at: 0 }, RETENTION)).toBe(true);
    }
    expect(reachedIn(seen(0), SHARD)).toBeUndefined();
    expect(reachedIn(seen(0), SOURCE)).toBeUndefined();
  });
});

describe('what a commit covers', () => {
  const body: CommitBody = {
    ...emptyBody({ version: 1, generation: '0', load: 0, parameters: { degrees: 1, tracked: 2 }, sequence: 0 }),
    covers: [
      { shard: 's', first: '3', last: '5' },
      { shard: 't', first: '1', last: '1' },
    ],
    sourceCovers: [
      { source: 'log', first: 0, next: 4 },
      { source: 'log', first: 9, next: 10 },
    ],
  };

  test('is told lane by lane, with both ends', () => {
    expect(stretchesIn(body, SHARD)).toEqual([{ first: 3n, last: 5n }]);
    expect(stretchesIn(body, SOURCE)).toEqual([
      { first: 0n, last: 3n },
      { first: 9n, last: 9n },
    ]);
    expect(stretchesIn(body, { kind: 'source', name: 's' })).toEqual([]);
  });

  test('is nothing of sources in a body of an earlier version', () => {
    const { sourceCovers: _, ...older } = body;
    expect(lanesIn(older).map(({ lane }) => lane.kind)).toEqual(['shard', 'shard']);
  });

  test('holds its ends and what is between them', () => {
    const inside = [2n, 3n, 4n, 5n, 6n].filter((number) => includes({ first: 3n, last: 5n }, number));
    expect(inside).toEqual([3n, 4n, 5n]);
  });
});

test('the bodies of a version sort behind its mark, and those of the version before in front of it', () => {
  const network = 'shop' as NetworkName;
  const keys = [bodyKey(network, 9, 'zzzzzzzz'), beforeBodiesOf(network, 10), bodyKey(network, 10, '-_______')];
  expect(keys.toSorted()).toEqual(keys);
});

describe('the key that marks what was put back', () => {
  const network = 'shop' as NetworkName;

  test('names the lane and both ends, which can be read from it', () => {
    const key = redrivenKey(network, SHARD, { first: 3n, last: 5n });
    expect(key).toBe('redriven/network=shop/shard=s/3-5');
    expect(redrivenStretch(key)).toEqual({ first: 3n, last: 5n });
  });

  test('is one that S3 takes, whatever a source calls itself', () => {
    const prefix = redrivenPrefix(network, { kind: 'source', name: '\ud800/'.repeat(64) });
    expect(prefix).toMatch(/^redriven\/network=shop\/source=(?:d800002f){64}\/$/);
    expect(prefix.length).toBeLessThan(900);
  });
});
