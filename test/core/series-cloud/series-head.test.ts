import { describe, expect, test } from 'vitest';
import { connectedHead, disconnectedHead, newHead, sourceOf } from '../../../lib/core/series-cloud/new-head.ts';
import {
  decodeSeriesHead,
  encodeSeriesHead,
  isActive,
  isConnected,
  isWatched,
  pointCount,
  pointsFrom,
  type SeriesHead,
} from '../../../lib/core/series-cloud/series-head.ts';
import { roundScore } from '../../../lib/core/series-cloud/score-steps.ts';
import { quietPoint } from './stored-points.ts';

const CONNECTING = {
  client: 'a',
  window: 5,
  limits: 'textbook',
  owner: '',
  now: 1000,
  connection: { id: 'c1', at: 900 },
} as const;

const BORN = newHead(CONNECTING, 'born');
const FIRST = connectedHead(BORN, CONNECTING);

describe('a head', () => {
  test('is the same when decoded', () => {
    const head: SeriesHead = { ...FIRST, tail: [quietPoint(1), quietPoint(2)], chunks: 3, latest: 2000 };
    expect(decodeSeriesHead(encodeSeriesHead(head))).toEqual(head);
    expect(pointCount(head)).toBe(98);
  });

  test('tells its latest points with their places', () => {
    const head: SeriesHead = { ...FIRST, tail: [quietPoint(1), quietPoint(2)], chunks: 3 };
    expect(pointsFrom(head, 97)).toEqual([[97, quietPoint(2)]]);
    expect(pointsFrom(head, 5)).toEqual([
      [96, quietPoint(1)],
      [97, quietPoint(2)],
    ]);
    expect(pointsFrom(head, 98)).toEqual([]);
  });

  test('is watched until the time is over, if anybody has ever watched', () => {
    expect(isWatched(FIRST, 0)).toBe(false);
    expect([999, 1000].map((now) => isWatched({ ...FIRST, watchedUntil: 1000 }, now))).toEqual([true, false]);
    expect(encodeSeriesHead(FIRST).document).not.toContain('watched');
  });

  test('holds the connection as long as there is one', () => {
    expect(FIRST.connection).toEqual({ id: 'c1', at: 900 });
    expect([isConnected(FIRST), isConnected(disconnectedHead(FIRST)), isConnected(BORN)]).toEqual([true, false, false]);
    expect(disconnectedHead(BORN)).toEqual(BORN);
    expect(isActive(BORN, 0)).toBe(false);
    expect(isActive(FIRST, 1000)).toBe(true);
    expect(isActive(FIRST, 3 * 3_600_000)).toBe(false);
    expect(isActive(disconnectedHead(FIRST), 1000)).toBe(false);
  });

  test('belongs to the first who says who they are, and to nobody else then', () => {
    const owned = connectedHead(FIRST, { ...CONNECTING, owner: 'ann' });
    expect([FIRST.owner, owned.owner, connectedHead(owned, { ...CONNECTING, owner: 'bob' }).owner]).toEqual([
      '',
      'ann',
      'ann',
    ]);
  });

  test('judges by another window from the next point on', () => {
    const grown = { ...FIRST, tail: [quietPoint(1)], chunksKeptUntil: 7 };
    expect(connectedHead(grown, CONNECTING)).toMatchObject({ since: 0, chunksKeptUntil: 7 });
    expect(connectedHead(grown, { ...CONNECTING, window: 6 })).toMatchObject({
      window: 6,
      since: 1,
      chunksKeptUntil: 0,
    });
    expect(connectedHead(grown, { ...CONNECTING, limits: 'calibrated' })).toMatchObject({ since: 1 });
  });
});

describe('the numbers of a connection', () => {
  test('begin with 1 and belong to it alone, unless it says otherwise', () => {
    expect(FIRST.numbering).toEqual({ source: sourceOf(undefined, 'c1'), scope: 1, next: 1 });
    const second = connectedHead(FIRST, { ...CONNECTING, connection: { id: 'c2', at: 950 }, first: 7 });
    expect(second.numbering).toEqual({ source: sourceOf(undefined, 'c2'), scope: 2, next: 7 });
  });

  test('go on with a source that it names again', () => {
    const named = connectedHead(FIRST, { ...CONNECTING, source: 's' });
    const counted = { ...named, numbering: { ...named.numbering, next: 30 } };
    expect(connectedHead(counted, { ...CONNECTING, source: 's' }).numbering).toEqual(counted.numbering);
    expect(connectedHead(counted, { ...CONNECTING, source: 's', first: 28 }).numbering.next).toBe(28);
    expect(connectedHead(counted, { ...CONNECTING, source: 'c1' }).numbering).toMatchObject({ scope: 3, next: 1 });
  });
});

test('a rounded score tells an anomaly still', () => {
  expect([roundScore(0.1234567, false), roundScore(0.5000001, false), roundScore(0.5000001, true)]).toEqual([
    0.123457, 0.5, 0.500001,
  ]);
  expect([roundScore(0.9999999, true), roundScore(0, false)]).toEqual([0.999999, 0]);
});
