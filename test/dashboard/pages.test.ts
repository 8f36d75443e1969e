import { describe, expect, test } from 'vitest';
import { NO_PAGES, withArrived, withFirst, withNext, type PagesHeld } from '../../lib/dashboard/data/pages.ts';
import { Completeness, joined } from '../../lib/dashboard/data/series-points.ts';
import { feedOf, inTurns, withNew, type Entry } from '../../lib/dashboard/pages/overview/feed.ts';
import { lastHour } from '../../lib/dashboard/pages/overview/last-hour.ts';
import { sortedBy } from '../../lib/dashboard/pages/transactions/sorted-by.ts';
import { countFilters } from '../../lib/dashboard/pages/transactions/filter-values.ts';

const idOf = (item: string): string => item;
const held = (...items: string[]): PagesHeld<string> => ({ state: 'ready', items, waiting: [], cursor: 'next' });

const at = (...positions: number[]) => positions.map((position) => ({ position }));

const entry = (id: string) => ({ kind: 'purchase', id }) as Entry;

const ids = (entries: readonly Entry[]) => entries.map(({ id }) => id);

describe('a list that is loaded page by page', () => {
  test('grows at its end, and shows no item twice that moved on to the next page', () => {
    const first = withFirst<string>(NO_PAGES, { items: ['d', 'c'], cursor: 'next' }, idOf);
    const more = withNext(first, { items: ['c', 'b', 'a'] }, idOf);
    expect(more).toMatchObject({ state: 'ready', items: ['d', 'c', 'b', 'a'], cursor: undefined });
  });

  test('asked for again, has what is new in front and keeps what was loaded further down', () => {
    const again = withFirst(held('c', 'b', 'a'), { items: ['e', 'd', 'c', 'b'], cursor: 'other' }, idOf);
    expect(again).toMatchObject({ items: ['e', 'd', 'c', 'b', 'a'], cursor: 'next' });
  });

  test('begins anew where so much is new that a gap would be left', () => {
    const again = withFirst(held('b', 'a'), { items: ['z', 'y'], cursor: 'other' }, idOf);
    expect(again).toMatchObject({ items: ['z', 'y'], cursor: 'other' });
  });

  test('is what the only page says', () => {
    expect(withFirst(held('b', 'a'), { items: ['b'] }, idOf)).toEqual({ state: 'ready', waiting: [], items: ['b'] });
  });

  test('has what arrives in front, once', () => {
    const arrived = withArrived(held('a'), { items: ['b', 'a'], wait: false }, idOf);
    expect(arrived.items).toEqual(['b', 'a']);
    expect(withArrived(arrived, { items: ['b'], wait: false }, idOf)).toBe(arrived);
  });

  test('keeps what arrives waiting while somebody reads, and then shows all of it', () => {
    const waiting = withArrived(
      withArrived(held('a'), { items: ['b'], wait: true }, idOf),
      { items: ['c'], wait: true },
      idOf,
    );
    expect(waiting).toMatchObject({ items: ['a'], waiting: ['c', 'b'] });
    expect(withArrived(waiting, { items: ['d'], wait: false }, idOf)).toMatchObject({
      items: ['d', 'c', 'b', 'a'],
      waiting: [],
    });
  });
});

describe('what is missing among points', () => {
  test('is behind the last that is whole, until it has come', () => {
    const completeness = new Completeness();
    expect(completeness.missingAfter([])).toBeUndefined();
    expect(completeness.missingAfter(at(7, 8, 9))).toBeUndefined();
    expect(completeness.missingAfter(at(7, 8, 9, 11, 12, 15))).toBe(9);
    expect(completeness.missingAfter(at(7, 8, 9, 10, 11, 12, 15))).toBe(12);
    expect(completeness.missingAfter(at(7, 8, 9, 10, 11, 12, 13, 14, 15))).toBeUndefined();
  });

  test('is asked for once if it is nowhere, and then not looked for any more', () => {
    const completeness = new Completeness();
    const points = at(1, 2, 5, 6, 9);
    expect(completeness.missingAfter(points)).toBe(2);
    completeness.giveUp(points);
    expect(completeness.missingAfter(points)).toBe(6);
    completeness.giveUp(points);
    expect(completeness.missingAfter(points)).toBeUndefined();
    completeness.giveUp(points);
    expect(completeness.missingAfter([...points, ...at(10)])).toBeUndefined();
  });

  test('is not what older points add in front, or what has been dropped there', () => {
    const completeness = new Completeness();
    expect(completeness.missingAfter(at(5, 6))).toBeUndefined();
    expect(completeness.missingAfter(at(1, 2, 5, 6, 7))).toBeUndefined();
    expect(completeness.missingAfter(at(9, 10))).toBeUndefined();
    expect(completeness.missingAfter(at(9, 10, 12))).toBe(10);
  });
});

describe('points that arrive', () => {
  test('come behind those known, each once and in order', () => {
    expect(joined(at(0, 1), at(3, 1, 2, 3), 10)).toEqual({ all: at(0, 1, 2, 3), added: at(2, 3) });
    expect(joined([], at(1, 0), 10).all).toEqual(at(0, 1));
  });

  test('find their place when others have overtaken them, unless they are older than all that is shown', () => {
    expect(joined(at(4, 5, 7), at(6, 3, 8), 10)).toEqual({ all: at(4, 5, 6, 7, 8), added: at(6, 8) });
  });

  test('push the oldest out', () => {
    expect(joined(at(0, 1, 2), at(3), 3).all).toEqual(at(1, 2, 3));
  });

  test('change nothing if all are known', () => {
    const known = at(0, 1);
    expect(joined(known, at(1), 3).all).toBe(known);
  });
});

describe('the live feed', () => {
  test('begins with both kinds by turns, also where there are more of one', () => {
    expect(ids(inTurns([entry('p1'), entry('p2'), entry('p3')], [entry('t1')]))).toEqual(['p1', 't1', 'p2', 'p3']);
  });

  test('has what is new in front and marks it', () => {
    const feed = withNew(feedOf([entry('a')], 2), [entry('c'), entry('b')], 2);
    expect(ids(feed.entries)).toEqual(['c', 'b']);
    expect(feed.arrived).toEqual(new Set(['c', 'b']));
  });

  test('does not take for new what it has shown before, or what was too old to show', () => {
    const feed = feedOf([entry('c'), entry('b'), entry('a')], 1);
    expect(withNew(feed, [entry('b'), entry('a')], 1)).toBe(feed);
  });
});

test('the last hour has a count for each minute, also for those without', () => {
  const now = Date.UTC(2026, 10, 21, 12, 30, 40);
  const quiet = { flagged: 0, transactions: 0, anomalies: 0 };
  const { times, values } = lastHour([{ minute: '2026-11-21T12:29:00.000Z', events: 7, ...quiet }], {
    now,
    count: ({ events }) => events,
  });
  expect(times).toHaveLength(60);
  expect(times.at(-1)).toBe(Date.UTC(2026, 10, 21, 12, 30) / 1000);
  expect(values.slice(-3)).toEqual([0, 7, 0]);
});

test('a list is sorted as a whole, though its pages were sorted each in itself', () => {
  const items = [9, 3, 10].map((amount) => ({ amount: amount.toFixed(2), anomaly_score: 1 / amount }));
  const amounts = (sort?: string) => sortedBy(items, sort).map(({ amount }) => Number(amount));
  expect(amounts('-amount')).toEqual([10, 9, 3]);
  expect(amounts('amount')).toEqual([3, 9, 10]);
  expect(amounts('-score')).toEqual([3, 9, 10]);
  expect(amounts()).toEqual([9, 3, 10]);
});

test('what a list is sorted by is no filter', () => {
  expect(countFilters({ sort: '-amount', user: 'u1', category: '' })).toBe(1);
});
